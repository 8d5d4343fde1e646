/**
 * Pairs of a shadow: an answer of production and one of the shadow to the same request, brought together and counted. Mathematics
 * and records; of Flink only the type of a stream.
 */
package io.tidemark.jobs.canary.pair;
