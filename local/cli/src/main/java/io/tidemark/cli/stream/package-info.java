/** What several commands ask of Kafka: offsets of groups and partitions. */
package io.tidemark.cli.stream;
