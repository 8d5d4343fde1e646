package io.tidemark.jobs.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.SliceRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Drift and its absence in public tables. */
class PublicDataDriftTest {

    private static final SliceRef CELL = Windows.cell("public");
    private static final int DAY_SECONDS = 86_400;
    private static final int NOAA_DRIFT_FROM = 12_000;
    private static final Set<String> SCHOOLED = Set.of("Some-college", "HS-grad", "Bachelors");

    @Test
    void adultSplitByEducationRaisesTheFeaturesThatMovedAndNoOther() {
        List<Map<String, Object>> rows = PublicData.rows("data/drift/adult.csv.gz");
        List<DriftDecision> decisions = split(rows, row -> !SCHOOLED.contains(row.get("education")), 1);
        assertThat(Windows.signalled(decisions))
                .containsExactly("education", "education-num", "education: new category", "occupation");
    }

    /** Three times the people: what was a small difference is now significant beyond any doubt, and as small as before. */
    @Test
    void aTinyDifferenceOfMillionsOfEventsRaisesNothing() {
        List<Map<String, Object>> rows = PublicData.rows("data/drift/adult.csv.gz");
        rows.forEach(row -> row.keySet().retainAll(Set.of("education", "race")));
        List<DriftDecision> decisions = split(rows, row -> !SCHOOLED.contains(row.get("education")), 3);
        DriftDecision race = decision(decisions, "race");
        assertThat(race.test().own().pValue()).isLessThan(1e-17);
        assertThat(race.test().own().effect()).isBetween(0.001, 0.004);
        assertThat(race.signal()).isFalse();
        assertThat(race.moved()).isFalse();
    }

    @Test
    void noaaWeatherDriftsFromTheDocumentedIndexOn() {
        List<Map<String, Object>> rows = PublicData.rows("data/drift/noaa_rainfall.csv.gz");
        List<DriftDecision> drifted = split(rows, row -> (Double) row.get("index") < NOAA_DRIFT_FROM, 1);
        assertThat(Windows.signalled(drifted))
                .contains("average_wind_speed", "dew_point", "sea_level_pressure", "visibility");
        rows.forEach(row -> row.remove("index"));
        Random random = new Random(3);
        assertThat(Windows.signalled(split(rows, row -> random.nextInt(rows.size()) < NOAA_DRIFT_FROM, 1)))
                .isEmpty();
    }

    private static DriftDecision decision(List<DriftDecision> decisions, String measure) {
        return decisions.stream()
                .filter(each -> each.test().measure().equals(measure)
                        && each.test().slice().getSliceLevel().equals("tenant"))
                .findFirst()
                .orElseThrow();
    }

    private static List<DriftDecision> split(
            List<Map<String, Object>> rows, Predicate<Map<String, Object>> isBaseline, int copies) {
        List<Map<String, Object>> baseline = new ArrayList<>();
        List<Map<String, Object>> current = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            rows.forEach(row -> (isBaseline.test(row) ? baseline : current).add(row));
        }
        return Windows.decide(Windows.profile(Map.of(CELL, baseline)), Map.of(CELL, current), DAY_SECONDS);
    }
}
