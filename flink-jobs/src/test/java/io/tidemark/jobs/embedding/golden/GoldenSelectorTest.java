package io.tidemark.jobs.embedding.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Review;
import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.embedding.TextOrigin;
import io.tidemark.registry.TrustedRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GoldenSelectorTest {

    private static final long MONDAY = Instant.parse("2026-05-04T00:00:00Z").toEpochMilli();
    private static final long WEEK = Duration.ofDays(7).toMillis();
    private static final int MOST = 5;
    private static final int DIMENSIONS = 32;

    private KeyedOneInputStreamOperatorTestHarness<String, ScoredText, GoldenChoice> harness;

    @BeforeAll
    static void trust() {
        TrustedRecords.register();
    }

    @Test
    void aWeekOfASliceBringsAFewThatAreUnlikeEachOther() throws Exception {
        try (var opened = open()) {
            for (int i = 0; i < 300; i++) {
                text("refund", i % 100, i, MONDAY + i);
                text("greeting", 1_000, 1_000 + i, MONDAY + i);
            }
            opened.processWatermark(MONDAY + WEEK - 1);
            List<GoldenChoice> choices = opened.extractOutputValues();
            assertThat(choices.stream().filter(each -> each.intent().equals("refund")))
                    .hasSize(MOST)
                    .extracting(GoldenChoice::textHash)
                    .doesNotHaveDuplicates();
            assertThat(choices.stream().filter(each -> each.intent().equals("greeting")))
                    .as("all prompts are equal: of copies the smallest trace id")
                    .singleElement()
                    .satisfies(choice -> assertThat(choice.traceId()).isEqualTo("trace-01000"));
            assertThat(choices).extracting(GoldenChoice::weekEndMillis).containsOnly(MONDAY + WEEK);
        }
    }

    @Test
    void theOrderInWhichTheyComeDoesNotMatter() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 3 * GoldenSelector.CANDIDATES; i++) {
            numbers.add(i);
        }
        List<List<String>> runs = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++) {
            Collections.shuffle(numbers, new Random(seed));
            try (var opened = open()) {
                for (int number : numbers) {
                    text("refund", number, number, MONDAY + number);
                }
                assertThat(opened.numKeyedStateEntries()).isLessThanOrEqualTo(GoldenSelector.CANDIDATES + 1);
                opened.processWatermark(MONDAY + WEEK);
                runs.add(opened.extractOutputValues().stream()
                        .map(GoldenChoice::traceId)
                        .toList());
            }
        }
        assertThat(runs.get(0)).hasSize(MOST).isEqualTo(runs.get(1));
    }

    @Test
    void whatWasChosenIsRememberedAcrossWeeksAndARestart() throws Exception {
        OperatorSubtaskState state;
        List<Long> first;
        try (var opened = open()) {
            for (int i = 0; i < 20; i++) {
                text("refund", i, i, MONDAY);
            }
            opened.processWatermark(MONDAY + WEEK);
            first = hashes();
            text("refund", 3, 50, MONDAY + WEEK);
            state = opened.snapshot(1, 1);
        }
        try (var restored = create()) {
            restored.initializeState(state);
            restored.open();
            for (int i = 0; i < 20; i++) {
                text("refund", i, 100 + i, MONDAY + WEEK + 1);
            }
            restored.processWatermark(MONDAY + 2 * WEEK);
            assertThat(first).hasSize(MOST);
            assertThat(hashes()).hasSize(MOST).doesNotContainAnyElementsOf(first);
        }
    }

    @Test
    void aTextOfTheNextWeekWaitsForItAndOneWithoutVectorIsNone() throws Exception {
        try (var opened = open()) {
            text("refund", 1, 1, MONDAY);
            text("refund", 2, 2, MONDAY + WEEK + 1);
            opened.processElement(new ScoredText(origin("refund", 3, MONDAY), 3, null, Double.NaN, "model"), MONDAY);
            opened.processWatermark(MONDAY + WEEK);
            assertThat(opened.extractOutputValues())
                    .extracting(GoldenChoice::traceId)
                    .containsExactly("trace-00001");
            opened.processWatermark(MONDAY + 2 * WEEK);
            assertThat(opened.extractOutputValues())
                    .extracting(GoldenChoice::traceId)
                    .contains("trace-00002");
        }
    }

    @Test
    void aChoiceIsARequestToLookAtItsTrace() {
        Review review = GoldenReviews.review(
                new GoldenChoice("acme", "refund", "trace-1", 255, MONDAY, MONDAY + WEEK, 2, 0.4, 80));
        assertThat(review.getReason()).isEqualTo("golden_candidate");
        assertThat(review.getSlice().getSliceLevel()).isEqualTo("tenant_intent");
        assertThat(review.getDoubt()).isEqualTo(0.4);
        assertThat(review.getObservedTime()).isEqualTo(Instant.ofEpochMilli(MONDAY + WEEK));
        assertThat(review.getAttributes()).containsEntry("rank", "2").containsEntry("text_hash", "ff");
    }

    private KeyedOneInputStreamOperatorTestHarness<String, ScoredText, GoldenChoice> open() throws Exception {
        create().open();
        return harness;
    }

    private KeyedOneInputStreamOperatorTestHarness<String, ScoredText, GoldenChoice> create() throws Exception {
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new GoldenSelector(MOST, MONDAY)), GoldenSelector::key, Types.STRING);
        return harness;
    }

    /** A text with a vector of its own. */
    private void text(String intent, int text, int trace, long millis) throws Exception {
        Random random = new Random(text);
        float[] vector = new float[DIMENSIONS];
        double square = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        harness.processElement(
                new ScoredText(origin(intent, trace, millis), random.nextLong(), vector, 0.5, "model"), millis);
    }

    private static TextOrigin origin(String intent, int trace, long millis) {
        String[] version = {"model", "none", "p1", "none", "none", "eval", "engine"};
        return new TextOrigin("acme", version, 1, intent, "trace-%05d".formatted(trace), trace, millis, 1);
    }

    private List<Long> hashes() {
        return harness.extractOutputValues().stream()
                .map(GoldenChoice::textHash)
                .toList();
    }
}
