/**
 * {@code tidemark stats check}: runs a file of reference vectors against the statistics. A metric of such a file is one
 * {@link io.tidemark.cli.stats.Metric}, listed in {@link io.tidemark.cli.stats.StatisticsMetrics}; nothing here computes
 * a statistic itself.
 */
package io.tidemark.cli.stats;
