package io.tidemark.jobs.sampling;

import java.io.Serializable;

/**
 * How much of a stratum is sampled.
 *
 * @param rate share of the inferences, in [0, 1]
 * @param floor inferences of a period that are all taken before the share falls to {@code rate}, at least 0
 */
public record SampleRate(double rate, long floor) implements Serializable {

    /** Takes everything. */
    public static final SampleRate ALL = new SampleRate(1, 0);

    public SampleRate {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("the rate of a sample must lie in [0, 1], got %s".formatted(rate));
        }
        if (floor < 0) {
            throw new IllegalArgumentException("the floor of a sample must be at least 0, got %d".formatted(floor));
        }
    }

    /**
     * Probability with which the next inference of a stratum is taken. It depends on how many came before, never on the
     * inference itself, so that a weight of one over it leaves sums unbiased.
     *
     * @param before inferences of the stratum in this period so far, taken or not
     */
    public double probability(long before) {
        return Math.min(1, Math.max(rate, floor / (before + 1.0)));
    }

    /** Reads {@code rate:floor}, for example {@code 0.05:500}; null when the text is none. */
    static SampleRate parse(String text) {
        String[] parts = text.split(":", -1);
        try {
            return parts.length == 2 ? new SampleRate(Double.parseDouble(parts[0]), Long.parseLong(parts[1])) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
