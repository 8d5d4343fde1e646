package io.tidemark.jobs.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.jobs.drift.profile.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A thousand slices, an hour a window: how often is there an alarm without drift, and how many drifts are found. */
class FalseAlarmTest {

    private static final int SLICES = 1_000;
    private static final int HOURS = 24;
    private static final int HOUR_SECONDS = 3_600;
    private static final int BINS = 20;
    private static final int BASELINE = 5_000;

    private final SplittableRandom random = new SplittableRandom(11);
    private final MeasureLayout layout = MeasureLayout.ofNumbers(
            DriftKind.FEATURE,
            "age",
            IntStream.rangeClosed(0, BINS).mapToDouble(edge -> edge).toArray());
    private final List<SliceRef> cells =
            IntStream.range(0, SLICES).mapToObj(i -> Windows.cell("t" + i)).toList();

    @Test
    void withoutDriftAtMostOneDayInTwentyHasAnAlarm(TestReporter reporter) {
        int days = Integer.getInteger("drift.days", 20);
        int withAlarm = 0;
        for (int day = 0; day < days; day++) {
            Profile profile = profile();
            BaselineBook book = Windows.book(profile);
            boolean alarm = false;
            for (int hour = 0; hour < HOURS; hour++) {
                alarm |= !signals(book, profile, 0, 100 + random.nextInt(300)).isEmpty();
            }
            withAlarm += alarm ? 1 : 0;
        }
        reporter.publishEntry("days with an alarm", withAlarm + " of " + days);
        // 5 % of the days and three standard errors
        assertThat((double) withAlarm / days)
                .as("days with an alarm, of " + days)
                .isLessThanOrEqualTo(0.05 + 3 * Math.sqrt(0.05 * 0.95 / days));
    }

    @Test
    void ofTheSlicesThatMovedNearlyAllAreFoundAndHardlyAnyOther() {
        int moved = SLICES / 20;
        int found = 0;
        int wrong = 0;
        int windows = 5;
        for (int i = 0; i < windows; i++) {
            Profile profile = profile();
            List<String> tenants = signals(Windows.book(profile), profile, moved, 300);
            found += (int)
                    tenants.stream().filter(tenant -> number(tenant) < moved).count();
            wrong += (int)
                    tenants.stream().filter(tenant -> number(tenant) >= moved).count();
        }
        assertThat(found).isGreaterThanOrEqualTo((int) (0.95 * moved * windows));
        assertThat(wrong).isLessThanOrEqualTo(found / 50);
    }

    private static int number(String tenant) {
        return Integer.parseInt(tenant.substring(1));
    }

    private Profile profile() {
        Profile profile = new Profile(Windows.head("b1"), List.of(layout));
        cells.forEach(cell -> profile.put(new Profile.Cell(cell, BASELINE, new long[][] {draw(BASELINE, 0)})));
        return profile;
    }

    /** Tenants that signal when the first of them have moved. */
    private List<String> signals(BaselineBook book, Profile profile, int moved, int n) {
        Map<SliceRef, long[]> counts = new LinkedHashMap<>();
        for (int i = 0; i < SLICES; i++) {
            counts.put(cells.get(i), draw(n, i < moved ? 0.5 : 0));
        }
        return Windows.decide(Windows.tests(book, profile, layout.name(), counts, HOUR_SECONDS)).stream()
                .filter(DriftDecision::signal)
                .map(decision -> String.valueOf(decision.test().slice().getTenant()))
                .distinct()
                .toList();
    }

    /** Counts over equally likely bins; a shift takes that share of the lower half to the upper. */
    private long[] draw(int n, double shift) {
        long[] counts = new long[layout.size()];
        for (int i = 0; i < n; i++) {
            int bin = random.nextInt(BINS);
            if (bin < BINS / 2 && random.nextDouble() < shift) {
                bin += BINS / 2;
            }
            counts[1 + bin]++;
        }
        return counts;
    }
}
