/** Personal data is taken out of texts here, before anything goes to Kafka: patterns, and detectors of others plugged in. */
package io.tidemark.ingest.redaction;
