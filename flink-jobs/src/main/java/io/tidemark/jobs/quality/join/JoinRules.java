package io.tidemark.jobs.quality.join;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How outcomes are joined to inferences.
 *
 * @param labelAges days after an inference at which its labels are compared, ascending
 * @param bound how long an inference waits for outcomes, and an outcome for its inference
 * @param positiveClass class that scores and selection rates are about; empty for none
 */
public record JoinRules(List<Integer> labelAges, Duration bound, String positiveClass) implements Serializable {

    /** Milliseconds of a day. */
    public static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    public JoinRules {
        labelAges = List.copyOf(labelAges);
        if (labelAges.isEmpty()
                || !labelAges.equals(labelAges.stream().distinct().sorted().toList())) {
            throw new IllegalArgumentException(
                    "label ages %s must be ascending days; example value: 1,3,7".formatted(labelAges));
        }
        if (labelAges.get(0) < 1
                || Duration.ofDays(labelAges.get(labelAges.size() - 1)).compareTo(bound) > 0) {
            throw new IllegalArgumentException(
                    "label ages %s must lie between 1 day and the bound of the join, %s".formatted(labelAges, bound));
        }
    }

    /** Label ages of 1, 3 and 7 days, a bound of 8 days. */
    public static JoinRules standard() {
        return new JoinRules(List.of(1, 3, 7), Duration.ofDays(8), "");
    }

    /** Start of the day that a time belongs to. */
    public static long dayOf(long millis) {
        return Math.floorDiv(millis, DAY_MILLIS) * DAY_MILLIS;
    }

    /** When what was known at a time is forgotten: at the end of a day, so that whole days go at once. */
    public long expiryOf(long millis) {
        return dayOf(millis + bound.toMillis()) + DAY_MILLIS;
    }

    boolean isInTime(int age, long delayMicros) {
        return delayMicros <= labelAges.get(age) * DAY_MILLIS * 1_000;
    }
}
