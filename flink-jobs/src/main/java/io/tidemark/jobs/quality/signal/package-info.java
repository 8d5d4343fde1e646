/**
 * When quality has fallen: the last days of one measure of one slice at one label age, and the tests on them. Pure: no Flink,
 * no Kafka.
 */
package io.tidemark.jobs.quality.signal;
