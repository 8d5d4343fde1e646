/**
 * The sufficient statistics that the methods keep: counts and moments, immutable, mergeable in any order, public records
 * that Flink serialises field by field. A record enters here when more than one family of methods uses it.
 */
package io.tidemark.statistics.counts;
