/** What the platform runs, with the main classes, settings and topics of the code; and the manifests that follow from it. */
package io.tidemark.deploy.workload;
