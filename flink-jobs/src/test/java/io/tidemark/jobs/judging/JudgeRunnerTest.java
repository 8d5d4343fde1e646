package io.tidemark.jobs.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.jobs.embedding.backend.EmbeddingBackends;
import io.tidemark.jobs.embedding.backend.EmbeddingBackends.BackendSettings;
import io.tidemark.jobs.judging.judge.ChatServer;
import io.tidemark.jobs.judging.judge.JudgeSample;
import io.tidemark.jobs.judging.judge.JudgeSettings;
import io.tidemark.jobs.judging.judge.Judgement;
import io.tidemark.jobs.judging.judge.Judges;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JudgeRunnerTest {

    private static final JudgeSample SAMPLE = JudgeSample.of("How?", "So.");
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ManualClock clock = new ManualClock();
    private ChatServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ChatServer(user -> "{\"correctness\": 1, \"relevance\": 1, \"coherence\": 1}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everySampleIsJudged() {
        try (JudgeRunner runner = runner(Judges.OPENAI, LONG)) {
            List<CompletableFuture<Judgement>> results =
                    IntStream.range(0, 50).mapToObj(i -> runner.submit(SAMPLE)).toList();
            results.forEach(result -> assertThat(result.join().scores()).hasSize(3));
            assertThat(server.requests()).hasSize(50);
        }
    }

    @Test
    void aJudgeThatComesBackInTimeJudgesWhatWaited() {
        server.status(503);
        try (JudgeRunner runner = runner(Judges.OPENAI, LONG)) {
            CompletableFuture<Judgement> result = runner.submit(SAMPLE);
            await().until(() -> runner.retries() > 0);
            assertThat(result).isNotDone();
            server.status(200);
            assertThat(result.join().scores()).hasSize(3);
        }
    }

    @Test
    void aJudgeThatStaysAwayLeavesSamplesUnjudgedAndNobodyWaitsForItAgain() {
        server.status(503);
        try (JudgeRunner runner = runner(Judges.OPENAI, LONG)) {
            CompletableFuture<Judgement> first = runner.submit(SAMPLE);
            await().until(() -> runner.retries() > 0);
            assertThat(first).isNotDone();
            clock.advance(LONG.plusMillis(1));
            assertThat(first.join()).isEqualTo(Judgement.none(Judgement.JUDGE_DOWN));
            long retries = runner.retries();
            assertThat(runner.submit(SAMPLE).join()).isEqualTo(Judgement.none(Judgement.JUDGE_DOWN));
            assertThat(runner.retries()).isEqualTo(retries);
            server.status(200);
            assertThat(runner.submit(SAMPLE).join().scores()).hasSize(3);
        }
    }

    @Test
    void aJudgeThatRefusesIsNotAskedAgain() {
        server.status(401);
        try (JudgeRunner runner = runner(Judges.OPENAI, LONG)) {
            assertThat(runner.submit(SAMPLE).join()).isEqualTo(Judgement.none(Judgement.REFUSED_BY_JUDGE));
            assertThat(runner.retries()).isZero();
        }
    }

    @Test
    void aJudgeThatCannotBeOpenedYetIsOpenedLater() {
        BackendSettings nobody =
                new BackendSettings(EmbeddingBackends.TEI, true, "http://127.0.0.1:1", "", Duration.ofSeconds(1), 1);
        JudgeSettings settings = new JudgeSettings(nobody, server.settings("answer-quality@1"));
        try (JudgeRunner runner = new JudgeRunner(Judges.create(Judges.EMBEDDING, settings), LONG, clock)) {
            CompletableFuture<Judgement> result = runner.submit(SAMPLE);
            await().until(() -> runner.retries() > 0);
            clock.advance(LONG.plusMillis(1));
            assertThat(result.join()).isEqualTo(Judgement.none(Judgement.JUDGE_DOWN));
        }
    }

    private JudgeRunner runner(String judge, Duration patience) {
        JudgeSettings settings = new JudgeSettings(null, server.settings("answer-quality@1"));
        return new JudgeRunner(Judges.create(judge, settings), patience, clock);
    }

    /** Time that passes only when it is told to. */
    private static final class ManualClock extends Clock {

        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("only UTC");
        }
    }
}
