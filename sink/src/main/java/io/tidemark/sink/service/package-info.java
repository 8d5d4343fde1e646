/**
 * From Kafka to ClickHouse, effectively once. Each partition is written in ranges of offsets; the end of a range is stored
 * in Kafka before its insert, so that after a crash exactly the same range is inserted again with the same token. One
 * thread owns the consumer and builds rows; others insert.
 */
package io.tidemark.sink.service;
