/**
 * The sink: reads every stored topic from Kafka and writes it to ClickHouse, effectively once. Start reading at
 * {@link io.tidemark.sink.SinkProcess}. Only wiring and configuration live here.
 */
package io.tidemark.sink;
