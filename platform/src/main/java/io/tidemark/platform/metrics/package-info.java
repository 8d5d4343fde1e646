/** The metrics endpoint of a process. */
package io.tidemark.platform.metrics;
