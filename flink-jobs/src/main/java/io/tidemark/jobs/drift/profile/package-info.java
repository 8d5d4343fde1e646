/**
 * Profiles: what a baseline knows about each measure, how it is made from data, and how values are counted in its bins.
 * Nothing here knows Flink or Kafka.
 */
package io.tidemark.jobs.drift.profile;
