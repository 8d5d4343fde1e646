package io.tidemark.console.api;

/**
 * What the pages measure services by.
 *
 * @param errorRate highest share of failed calls that is still good
 * @param endToEndP95Ms highest 95th percentile of the whole latency that is still good, in milliseconds; null for none
 * @param accuracy lowest accuracy that is still good, from 0 to 1; null for none
 */
public record Targets(double errorRate, Double endToEndP95Ms, Double accuracy) {}
