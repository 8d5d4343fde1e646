/** What is known about the deployment in {@code deploy/k8s}, and how it is held against the code. */
package io.tidemark.deploy;
