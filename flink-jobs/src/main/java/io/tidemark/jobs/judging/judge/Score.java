package io.tidemark.jobs.judging.judge;

/**
 * One thing that a judge says of an answer.
 *
 * @param name name of the outcome, one of the outcome catalogue
 * @param value in the range of that outcome
 * @param explanation why, one line; empty without one
 */
public record Score(String name, double value, String explanation) {}
