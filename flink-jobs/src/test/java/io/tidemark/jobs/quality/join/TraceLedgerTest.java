package io.tidemark.jobs.quality.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.quality.measure.QualitySlice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceLedgerTest {

    private static final long START = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final JoinRules RULES = JoinRules.standard();
    private static final String SLICE = QualitySlice.finest(
                    TrafficRole.PRODUCTION, "acme", VersionTuple.unknown(), "billing")
            .text();

    private final List<Increment> increments = new ArrayList<>();
    private TraceLedger ledger = new TraceLedger();

    @Test
    void ofTwoLabelsTheLastObservedCountsWhicheverCameFirst() {
        ledger.add(prediction("a", "s1", START), at(START, false));
        ledger.add(label(2, "no", START + 3 * HOUR), at(START + 4 * HOUR, false));
        ledger.add(label(1, "yes", START + 2 * HOUR), at(START + 4 * HOUR, false));
        restore();

        assertThat(sum("accuracy", 7)).isEqualTo("n 1, right 0");
        assertThat(count("unused_outcomes", "contradicted")).isEqualTo(1);

        ledger.add(label(3, "yes", START + 2 * DAY), at(START + 2 * DAY, false));
        assertThat(sum("accuracy", 1)).as("it was wrong after a day").isEqualTo("n 1, right 0");
        assertThat(sum("accuracy", 3)).isEqualTo("n 1, right 1");
    }

    @Test
    void repeatsCountOnce() {
        ledger.add(prediction("a", "s1", START), at(START, false));
        ledger.add(prediction("a", "s1", START), at(START, false));
        ledger.add(label(1, "yes", START + HOUR), at(START + HOUR, false));
        ledger.add(label(1, "yes", START + HOUR), at(START + HOUR, false));

        assertThat(sum("population", 0)).isEqualTo("n 1, right 1");
        assertThat(sum("accuracy", 7)).isEqualTo("n 1, right 1");
        assertThat(count("unused_outcomes", "contradicted")).isZero();
    }

    @Test
    void anOutcomeWaitsForItsTimeAndForItsInference() {
        ledger.add(label(1, "yes", START + HOUR), at(START, false));
        ledger.add(prediction("a", "s1", START), at(START, false));
        assertThat(sum("accuracy", 7)).isEqualTo("n 0, right 0");
        restore();
        ledger.advance(at(START + HOUR, false));
        assertThat(sum("accuracy", 7)).isEqualTo("n 1, right 1");
    }

    @Test
    void anOutcomeOfAnUnknownTraceIsKeptUntilItsBoundAndThenCounted() {
        ledger.add(label(1, "yes", START), at(START, false));
        ledger.expire(at(START + 8 * DAY, false));
        assertThat(ledger.isEmpty()).isFalse();

        ledger.expire(at(RULES.expiryOf(START), false));
        assertThat(ledger.isEmpty()).isTrue();
        assertThat(count("unused_outcomes", "unknown_trace")).isEqualTo(1);
    }

    @Test
    void aLabelAfterTheLastAgeIsTooLateAndASpanNamesItsInference() {
        ledger.add(prediction("a", "s1", START), at(START, false));
        ledger.add(prediction("b", "s2", START + 1), at(START, false));
        Learned ofSecond = new Learned(1, "s2", "thumbs", "", 1, "", micros(START + HOUR), Double.NaN, "", 0);
        Learned ofTrace = new Learned(2, "", "thumbs", "", 1, "", micros(START + HOUR), Double.NaN, "", 0);
        ledger.add(ofSecond, at(START + HOUR, false));
        ledger.add(ofTrace, at(START + HOUR, false));
        ledger.add(label(3, "yes", START + 7 * DAY + HOUR), at(START + 8 * DAY, false));

        assertThat(sum("thumbs", 1)).isEqualTo("n 2, right 2");
        assertThat(count("unused_outcomes", "too_late")).isEqualTo(1);
        assertThat(sum("accuracy", 7)).isEqualTo("n 0, right 0");
    }

    @Test
    void feedbackWithItsOwnSliceCountsForItselfAndOnce() {
        Learned own = new Learned(1, "", "thumbs", "", 1, "", micros(START), Double.NaN, SLICE, micros(START - HOUR));
        ledger.add(own, at(START, false));
        ledger.add(own, at(START, false));

        assertThat(sum("thumbs", 1)).isEqualTo("n 1, right 1");
        assertThat(increments)
                .allMatch(each -> each.weight() == 1 && each.slice().equals(SLICE));
        ledger.expire(at(RULES.expiryOf(START), false));
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void aSessionCountsOnceWithItsFirstInference() {
        ledger.add(prediction("late", "s2", START + HOUR), at(START - 1, true));
        ledger.add(prediction("first", "s1", START), at(START - 1, true));
        ledger.advance(at(START + HOUR, true));
        restore();
        Learned stars = new Learned(1, "", "csat", "", 4, "", micros(START + 2 * HOUR), Double.NaN, "", 0);
        ledger.add(stars, at(START + 2 * HOUR, true));

        assertThat(sum("population", 0)).isEqualTo("n 1, right 1");
        assertThat(increments.stream().filter(each -> each.measure().equals("csat") && each.ageDays() == 1))
                .singleElement()
                .matches(each -> each.unit().equals("session") && each.part() * 8 == 4);
    }

    /** State is written and read between any two calls. */
    private void restore() {
        ledger = LedgerCodec.ledger(LedgerCodec.bytes(ledger));
    }

    private String sum(String measure, int age) {
        long n = 0;
        long right = 0;
        for (Increment each : increments) {
            if (each.measure().equals(measure) && each.ageDays() == age) {
                n += each.sign();
                right += each.part() == 1 ? each.sign() : 0;
            }
        }
        return "n %d, right %d".formatted(n, right);
    }

    private long count(String measure, String category) {
        return increments.stream()
                .filter(each ->
                        each.measure().equals(measure) && each.category().equals(category))
                .count();
    }

    private TraceLedger.Context at(long millis, boolean isSession) {
        return new TraceLedger.Context(RULES, "acme", isSession, millis, increments::add);
    }

    private static Prediction prediction(String id, String span, long millis) {
        return new Prediction(id, span, micros(millis), SLICE, "", 10, "yes", 0.75, -1);
    }

    private static Learned label(long id, String label, long millis) {
        return new Learned(id, "", "label", "", Double.NaN, label, micros(millis), Double.NaN, "", 0);
    }

    private static long micros(long millis) {
        return millis * 1_000;
    }
}
