/**
 * From Avro bytes to columns without an object for each row. A writer schema is walked once and becomes a flat list of
 * readers; each knows the column it fills. Nothing here knows Kafka or ClickHouse's HTTP interface.
 */
package io.tidemark.sink.transcode;
