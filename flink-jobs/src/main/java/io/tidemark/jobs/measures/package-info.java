/**
 * Accumulated measures of a slice: exact, mergeable in any order, kept as compact bytes. Everything here iterates over the
 * measure catalogue and knows no Flink.
 */
package io.tidemark.jobs.measures;
