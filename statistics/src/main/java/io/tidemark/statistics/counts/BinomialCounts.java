package io.tidemark.statistics.counts;

import static io.tidemark.statistics.error.InputChecks.count;
import static io.tidemark.statistics.error.InputChecks.partOf;

/**
 * How many trials had an outcome and how many had not.
 *
 * @param successes trials with the outcome that is counted, at least 0 (for an error rate: the errors)
 * @param failures trials without it, at least 0
 * @throws io.tidemark.statistics.error.StatisticsException NEGATIVE_COUNT if a count is below 0
 */
public record BinomialCounts(long successes, long failures) {

    /** No trial yet: neutral in {@link #plus}. */
    public static final BinomialCounts NONE = new BinomialCounts(0, 0);

    public BinomialCounts {
        count("successes", successes);
        count("failures", failures);
    }

    /** Counts of {@code successes} among {@code trials}; OUT_OF_RANGE if there are more successes than trials. */
    public static BinomialCounts of(long successes, long trials) {
        count("trials", trials);
        partOf("successes", count("successes", successes), "trials", trials);
        return new BinomialCounts(successes, trials - successes);
    }

    /** Number of trials. */
    public long trials() {
        return successes + failures;
    }

    /** Both sets of trials together. */
    public BinomialCounts plus(BinomialCounts other) {
        return new BinomialCounts(successes + other.successes, failures + other.failures);
    }

    /** The same trials with the other outcome counted. */
    public BinomialCounts swapped() {
        return new BinomialCounts(failures, successes);
    }
}
