/** The gateway under load: throughput, latency, cost against parsing alone, and what a noisy tenant does to others. */
package io.tidemark.benchmarks.gateway;
