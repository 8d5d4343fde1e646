package io.tidemark.statistics.counts;

import java.util.Objects;

/** Moments of a canary and of the baseline that ran beside it. */
public record TwoArmMoments(Moments canary, Moments baseline) {

    /** No value on either side: neutral in {@link #plus}. */
    public static final TwoArmMoments NONE = new TwoArmMoments(Moments.NONE, Moments.NONE);

    public TwoArmMoments {
        Objects.requireNonNull(canary, "canary is null");
        Objects.requireNonNull(baseline, "baseline is null");
    }

    /** Both sets of values together, side by side. */
    public TwoArmMoments plus(TwoArmMoments other) {
        return new TwoArmMoments(canary.plus(other.canary), baseline.plus(other.baseline));
    }
}
