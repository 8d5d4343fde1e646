/** How many rows a second the sink brings from Kafka into ClickHouse, beside every way to insert them. */
package io.tidemark.benchmarks.sink;
