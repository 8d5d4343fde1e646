/** The mathematics of Tidemark: pure Java, free of Flink, Kafka and JDBC. */
package io.tidemark.statistics;
