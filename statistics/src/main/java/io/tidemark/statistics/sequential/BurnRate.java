package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.positive;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import io.tidemark.statistics.counts.BinomialCounts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How fast an error budget burns: share of bad units divided by the share that is allowed. At 1 the budget lasts exactly
 * its period.
 *
 * <p>A rule fires when the burn rate has reached its factor in a long window (enough was burnt to matter) and in a short
 * one (it still burns). It is a rule, not a test: pair it with {@link RateLimitEProcess} before paging. State: the counts
 * of each window. Unit: multiples of the allowed rate.
 *
 * <p>B. Beyer et al., "The Site Reliability Workbook", O'Reilly 2018, chapter 5, "Alerting on SLOs". Differs from the
 * book: a window under the minimum number of units is "insufficient", never "quiet".
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE for an allowed share outside (0, 1) or a
 * rule without meaning, INSUFFICIENT_DATA for the burn rate of an empty window.
 */
public final class BurnRate {

    private final double allowedBadShare;

    /** @param allowedBadShare one minus the objective, in (0, 1) */
    public BurnRate(double allowedBadShare) {
        this.allowedBadShare = strictlyBetween("allowedBadShare", allowedBadShare, 0, 1);
    }

    /** Burn rate of a window; successes are the bad units. */
    public double of(BinomialCounts window) {
        atLeast("units in the window", window.trials(), 1);
        return window.successes() / (double) window.trials() / allowedBadShare;
    }

    /** What a rule says about its two windows. */
    public Verdict judge(Rule rule, BinomialCounts longWindow, BinomialCounts shortWindow) {
        if (longWindow.trials() < rule.minimumUnits() || shortWindow.trials() == 0) {
            return Verdict.INSUFFICIENT;
        }
        boolean burns = of(longWindow) >= rule.factor() && of(shortWindow) >= rule.factor();
        return burns ? Verdict.FIRING : Verdict.QUIET;
    }

    /** Answer of a rule. */
    public enum Verdict {
        /** Both windows burn at the factor or faster. */
        FIRING,
        /** At least one window burns slower. */
        QUIET,
        /** Too few units to say. */
        INSUFFICIENT
    }

    /**
     * One pair of windows.
     *
     * @param factor burn rate at which it fires, above 0
     * @param longWindow length of the long window
     * @param shortWindow length of the short window, shorter than the long one
     * @param minimumUnits units that the long window must have, at least 1
     */
    public record Rule(double factor, Duration longWindow, Duration shortWindow, long minimumUnits) {

        /** The three rules of the workbook for a budget of 30 days. */
        public static List<Rule> workbook(long minimumUnits) {
            return List.of(
                    new Rule(14.4, Duration.ofHours(1), Duration.ofMinutes(5), minimumUnits),
                    new Rule(6, Duration.ofHours(6), Duration.ofMinutes(30), minimumUnits),
                    new Rule(1, Duration.ofDays(3), Duration.ofHours(6), minimumUnits));
        }

        public Rule {
            positive("factor", factor);
            Objects.requireNonNull(longWindow, "longWindow is null");
            Objects.requireNonNull(shortWindow, "shortWindow is null");
            strictlyBetween("seconds of the short window", shortWindow.toSeconds(), 0, longWindow.toSeconds());
            atLeast("minimumUnits", minimumUnits, 1);
        }
    }
}
