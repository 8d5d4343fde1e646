/**
 * Avro records on Kafka in Confluent's wire format. The registry client is Confluent's own, taken from the jar in which
 * Flink relocates it; only {@link io.tidemark.registry.ConfluentSchemaRegistry} may name it.
 */
package io.tidemark.registry;
