/**
 * The one source of traces that every job shares: records from Kafka, projection, admission, lateness, duplicates, price.
 * A job asks {@link io.tidemark.jobs.source.TraceSource} for a stream and plugs its own operators behind it; nothing
 * that belongs to one job only may enter here.
 */
package io.tidemark.jobs.source;
