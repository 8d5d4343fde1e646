/** A Flink cluster of separate processes, set up as an overlay says, and traffic for it. */
package io.tidemark.deploy.cluster;
