/** What a release promises to those that follow it. */
package io.tidemark.deploy.release;
