/**
 * The lifecycle as a Kafka Streams topology, exactly once: signals and verdicts in, alert events and current states out. What an
 * alert does is decided in {@code lifecycle}; here is only where it comes from, where it is kept and where it goes.
 */
package io.tidemark.alerts.topology;
