/**
 * Files of recorded traffic, read as traces: one {@link io.tidemark.cli.format.ReplayFormat} a class, all listed in
 * {@link io.tidemark.cli.format.ReplayFormats}. Nothing here knows Kafka.
 */
package io.tidemark.cli.format;
