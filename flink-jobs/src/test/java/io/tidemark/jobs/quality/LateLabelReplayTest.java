package io.tidemark.jobs.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.jobs.quality.join.JoinRules;
import io.tidemark.jobs.quality.join.Learned;
import io.tidemark.jobs.quality.measure.CohortName;
import io.tidemark.jobs.quality.measure.QualitySlice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels that come one to seven days late, against a batch computation over the same rows of the Adult set. */
class LateLabelReplayTest {

    private static final long INTERVAL = Duration.ofHours(12).toMillis();
    private static final JoinRules RULES = new JoinRules(List.of(1, 3, 7), Duration.ofDays(8), LateLabels.RICH);
    private static final Set<String> CHECKED = Set.of("accuracy", "precision", "recall");
    private static final long END =
            LateLabels.START.plus(Duration.ofDays(LateLabels.DAYS + 12)).toEpochMilli();

    /** What happens, in the order in which it is read: up to five minutes out of order. */
    private record Happening(long readMillis, long millis, LateLabels row, Learned label) {}

    @ParameterizedTest
    @ValueSource(doubles = {1, 10})
    void everyRevisionEqualsABatchComputationOverWhatHadArrived(double weight) throws Exception {
        List<LateLabels> data = LateLabels.read(3_000, weight);
        BatchOracle oracle = new BatchOracle(data);
        List<CohortRow> rows = replay(data, false);

        Map<String, CohortRow> last = new HashMap<>();
        long checked = 0;
        for (CohortRow row : rows) {
            CohortName name = CohortName.parse(row.cohort());
            if (CHECKED.contains(row.measure())) {
                check(row, name, oracle, weight);
                last.put(row.slice() + row.cohort(), row);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(5_000);
        assertEveryFinalMeasureIsThere(last, oracle);
    }

    private static void check(CohortRow row, CohortName name, BatchOracle oracle, double weight) {
        BatchOracle.Answer expected = oracle.ask(
                members(row.slice()),
                name.dayMillis(),
                name.ageDays(),
                row.measure(),
                name.category(),
                row.asOfMillis());
        assertThat(row.n()).as("n of %s", row).isEqualTo(expected.n());
        assertThat((Double) row.estimate()).as("estimate of %s", row).isEqualTo((Double) expected.estimate());
        assertThat(row.population()).as("population of %s", row).isEqualTo(expected.population());
        assertThat(row.populationEstimate()).isEqualTo(expected.population() * weight);
        assertThat(row.coverage()).isEqualTo((double) expected.labelled() / expected.population());
    }

    private static void assertEveryFinalMeasureIsThere(Map<String, CohortRow> last, BatchOracle oracle) {
        Set<String> slices = last.values().stream().map(CohortRow::slice).collect(Collectors.toSet());
        // all, version, 2 tenants three times over, 2 tenants with 2 groups each
        assertThat(slices).hasSize(12);
        for (String slice : slices) {
            for (int day = 0; day < LateLabels.DAYS; day++) {
                long dayMillis = LateLabels.START.plus(Duration.ofDays(day)).toEpochMilli();
                for (int age : RULES.labelAges()) {
                    BatchOracle.Answer whole =
                            oracle.ask(members(slice), dayMillis, age, "accuracy", "", Long.MAX_VALUE / 1_000);
                    String name = new CohortName(dayMillis, age, "inference", "accuracy", "").text();
                    CohortRow row = last.get(slice + name);
                    assertThat(row != null).as("accuracy of %s", name).isEqualTo(whole.n() > 0);
                    if (row != null) {
                        assertThat(row.isFinal()).isTrue();
                        assertThat(row.n()).isEqualTo(whole.n());
                        assertThat(row.estimate()).isEqualTo(whole.estimate());
                    }
                }
            }
        }
    }

    @Test
    void aRestartFromACheckpointLosesAndRepeatsNothing() throws Exception {
        List<LateLabels> data = LateLabels.read(600, 1);

        List<CohortRow> undisturbed = replay(data, false);
        List<CohortRow> restarted = replay(data, true);

        assertThat(restarted).containsExactlyInAnyOrderElementsOf(undisturbed);
    }

    private static List<CohortRow> replay(List<LateLabels> data, boolean restarts) throws Exception {
        List<Happening> happenings = happenings(data);
        try (QualityPipeline pipeline = new QualityPipeline(RULES, INTERVAL, 0)) {
            long next = LateLabels.START.toEpochMilli();
            for (Happening each : happenings) {
                while (each.readMillis >= next) {
                    pipeline.watermark(next - Duration.ofMinutes(6).toMillis());
                    next += Duration.ofHours(2).toMillis();
                    if (restarts && next % Duration.ofHours(10).toMillis() == 0) {
                        pipeline.restart();
                    }
                }
                if (each.label == null) {
                    pipeline.prediction(each.row.tenant(), each.row.traceId(), each.row.prediction());
                } else {
                    pipeline.outcome(each.row.tenant(), each.row.traceId(), each.label);
                }
            }
            pipeline.watermark(END);
            assertThat(pipeline.ledgers()).as("ledgers after the bound").isZero();
            pipeline.watermark(END + Duration.ofDays(12).toMillis());
            assertThat(pipeline.cohortEntries()).as("cohorts after the bound").isZero();
            return new ArrayList<>(pipeline.rows());
        }
    }

    private static List<Happening> happenings(List<LateLabels> data) {
        Random random = new Random(3);
        List<Happening> all = new ArrayList<>();
        for (LateLabels row : data) {
            all.add(happening(row, row.prediction().eventMicros() / 1_000, null, random));
            row.labels().forEach(label -> all.add(happening(row, label.observedMicros() / 1_000, label, random)));
        }
        all.sort(Comparator.comparingLong(Happening::readMillis));
        return all;
    }

    private static Happening happening(LateLabels row, long millis, Learned label, Random random) {
        return new Happening(millis + random.nextInt(300_000), millis, row, label);
    }

    private static Predicate<LateLabels> members(String text) {
        QualitySlice slice = QualitySlice.parse(text);
        return each -> (slice.tenant() == null || slice.tenant().equals(each.tenant()))
                && (slice.groupValue() == null || slice.groupValue().equals(each.sex()));
    }
}
