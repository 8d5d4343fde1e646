/**
 * Columns in memory, in the layout of ClickHouse's Native format, so that a finished batch is written out as it is. Knows
 * nothing of Avro, Kafka or HTTP.
 */
package io.tidemark.sink.column;
