/**
 * The embedded stack: a Kafka broker, a schema registry and a ClickHouse engine, each a child JVM on this process's own class path,
 * bound to the loopback interface and gone when this process is gone. What a child runs inside itself has a room of its own
 * ({@code kafka}, {@code registry}, {@code clickhouse}); here are the handles that the command line and the tests hold.
 */
package io.tidemark.stack;
