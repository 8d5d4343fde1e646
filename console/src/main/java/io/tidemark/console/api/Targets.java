package io.tidemark.console.api;

/**
 * What the pages measure services by.
 *
 * @param errorRate highest share of failed calls that is still good
 * @param endToEndP95Ms highest 95th percentile of the whole latency that is still good, in milliseconds; null for none
 */
public record Targets(double errorRate, Double endToEndP95Ms) {}
