package io.tidemark.statistics.error;

/** Why a method refuses its input. The names are part of the reference vectors and of the metric that counts refusals. */
public enum ErrorCode {
    /** A value is NaN or infinite. */
    NON_FINITE_INPUT,
    /** A count is below zero. */
    NEGATIVE_COUNT,
    /** Two lists that belong together differ in length, or vectors differ in dimension. */
    LENGTH_MISMATCH,
    /** A side has no data, or fewer than two values where a variance is needed. */
    INSUFFICIENT_DATA,
    /** The median distance that should set a kernel bandwidth is zero. */
    DEGENERATE_BANDWIDTH,
    /** Every variance that the method divides by is zero. */
    DEGENERATE_VARIANCE,
    /** A probability lies outside its range, there are more bad events than events, or a setting has no meaning. */
    OUT_OF_RANGE,
    /** The data cannot separate the effects that were asked for. */
    NOT_IDENTIFIABLE
}
