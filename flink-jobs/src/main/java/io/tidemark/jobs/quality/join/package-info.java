/**
 * Outcomes brought together with the inferences that they are about: what the two look like, and what one key remembers of
 * them. Pure: no Flink, no Kafka.
 */
package io.tidemark.jobs.quality.join;
