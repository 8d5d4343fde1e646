/** Settings that every Kafka client of the platform shares, security included. */
package io.tidemark.platform.kafka;
