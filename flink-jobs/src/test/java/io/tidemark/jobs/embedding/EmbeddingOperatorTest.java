package io.tidemark.jobs.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.jobs.embedding.backend.EmbeddingBackend;
import io.tidemark.jobs.embedding.backend.EmbeddingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Order and failures of the operator, on a backend that counts. */
class EmbeddingOperatorTest {

    private static final BatchSettings SETTINGS =
            new BatchSettings(8, 4, 1_000, Duration.ofMillis(10), 2, Duration.ofMinutes(1), 3);

    /** Gives each text its first token as its vector, and fails as often as it is told to. */
    private static final class Counting implements EmbeddingBackend {

        private static final AtomicInteger FAILURES = new AtomicInteger();
        private static volatile CountDownLatch gate = new CountDownLatch(0);
        private static final AtomicInteger ROWS = new AtomicInteger();

        @Override
        public void open() {}

        @Override
        public float[][] embed(int[][] tokens) throws EmbeddingException {
            if (FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw EmbeddingException.passing("busy", null);
            }
            pass();
            ROWS.addAndGet(tokens.length);
            float[][] vectors = new float[tokens.length][];
            for (int i = 0; i < tokens.length; i++) {
                vectors[i] = new float[] {tokens[i][0]};
            }
            return vectors;
        }

        private static void pass() throws EmbeddingException {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw EmbeddingException.lasting("interrupted", e);
            }
        }

        @Override
        public String id() {
            return "counting/test";
        }

        @Override
        public int dimensions() {
            return 1;
        }

        @Override
        public int maximumTokens() {
            return 8;
        }

        @Override
        public int concurrency() {
            return 2;
        }

        @Override
        public void close() {}
    }

    private static OneInputStreamOperatorTestHarness<TokenisedText, ScoredText> harness() throws Exception {
        return harness(SETTINGS);
    }

    private static OneInputStreamOperatorTestHarness<TokenisedText, ScoredText> harness(BatchSettings settings)
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new EmbeddingOperatorFactory(Counting::new, settings), new TokenisedTextSerializer());
    }

    private static TokenisedText text(int number) {
        String[] version = {"m", "none", "p", "none", "none", "none", "none"};
        TextOrigin origin = new TextOrigin("tenant", version, 1, "intent", "t" + number, number, number, 1);
        int[] tokens = new int[1 + number % 5];
        tokens[0] = number;
        return new TokenisedText(origin, number, tokens, null);
    }

    private static List<String> trail(OneInputStreamOperatorTestHarness<TokenisedText, ScoredText> harness) {
        List<String> trail = new ArrayList<>();
        for (Object each : harness.getOutput()) {
            if (each instanceof Watermark mark) {
                trail.add("mark " + mark.getTimestamp());
            } else if (each instanceof StreamRecord<?> record && record.getValue() instanceof ScoredText text) {
                trail.add(text.origin().traceId() + "@" + record.getTimestamp() + "=" + (int) text.vector()[0]);
            }
        }
        return trail;
    }

    @Test
    void textsAndWatermarksLeaveInTheOrderInWhichTheyCame() throws Exception {
        List<String> expected = new ArrayList<>();
        try (var harness = harness()) {
            harness.open();
            for (int i = 0; i < 50; i++) {
                harness.processElement(new StreamRecord<>(text(i), i));
                expected.add("t%d@%d=%d".formatted(i, i, i));
                if (i % 7 == 0) {
                    harness.processWatermark(i);
                    expected.add("mark " + i);
                }
            }
            harness.endInput();

            assertThat(trail(harness)).isEqualTo(expected);
        }
    }

    @Test
    void theResponseIsEmbeddedBesideItsPromptAndTheirCosineGoesAlong() throws Exception {
        try (var harness = harness()) {
            harness.open();
            TokenisedText alone = text(3);
            harness.processElement(new StreamRecord<>(alone, 3));
            harness.processElement(
                    new StreamRecord<>(new TokenisedText(alone.origin(), 3, new int[] {3, 0}, new int[] {5}), 4));
            harness.endInput();

            assertThat(harness.extractOutputValues())
                    .extracting(ScoredText::responseCosine)
                    .containsExactly(Double.NaN, 15.0);
        }
    }

    @Test
    void aBackendThatFailsPassinglyIsAskedAgain() throws Exception {
        try (var harness = harness()) {
            harness.open();
            Counting.FAILURES.set(2);
            harness.processElement(new StreamRecord<>(text(3), 3));
            harness.endInput();

            assertThat(trail(harness)).containsExactly("t3@3=3");
        }
    }

    @Test
    void aBackendThatFailsForGoodLeavesTheTextUnscoredAndHoldsNothingUp() throws Exception {
        try (var harness = harness()) {
            harness.open();
            Counting.FAILURES.set(3);
            harness.processElement(new StreamRecord<>(text(3), 3));
            harness.processWatermark(5);
            harness.endInput();

            assertThat(harness.extractOutputValues()).singleElement().matches(text -> !text.isScored());
            assertThat(harness.getOutput()).last().isEqualTo(new Watermark(5));
        }
    }

    @Test
    void whatWaitsAtACheckpointIsEmbeddedAfterAFailureAndNothingElseIs() throws Exception {
        Counting.gate = new CountDownLatch(1);
        // a task that fails is not finished: the first operator is left as it is
        var failing = harness();
        failing.open();
        for (int i = 0; i < 12; i++) {
            failing.processElement(new StreamRecord<>(text(i), i));
        }
        OperatorSubtaskState checkpoint = failing.snapshot(1, 1);
        failing.processElement(new StreamRecord<>(text(99), 99));
        assertThat(trail(failing)).isEmpty();
        Counting.gate.countDown();
        List<String> expected = new ArrayList<>();
        try (var restored = harness()) {
            restored.setup(new ScoredTextSerializer());
            restored.initializeState(checkpoint);
            restored.open();
            for (int i = 0; i < 12; i++) {
                expected.add("t%d@%d=%d".formatted(i, i, i));
            }
            restored.endInput();

            assertThat(trail(restored)).isEqualTo(expected);
        }
    }

    @Test
    void aBackendThatDoesNotAnswerInTimeLeavesTheTextUnscoredAndTheWindowGoesOn() throws Exception {
        Counting.gate = new CountDownLatch(1);
        try (var harness =
                harness(new BatchSettings(8, 4, 1_000, Duration.ofMillis(10), 2, Duration.ofSeconds(5), 3))) {
            harness.open();
            harness.processElement(new StreamRecord<>(text(3), 3));
            harness.processWatermark(5);
            harness.setProcessingTime(11);
            assertThat(harness.getOutput()).isEmpty();
            harness.setProcessingTime(5_011);

            assertThat(harness.extractOutputValues()).singleElement().matches(text -> !text.isScored());
            assertThat(harness.getOutput()).last().isEqualTo(new Watermark(5));
            Counting.gate.countDown();
        }
    }
}
