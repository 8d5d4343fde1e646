package io.tidemark.jobs.judging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.outcome.OutcomeIds;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.judging.judge.ChatServer;
import io.tidemark.jobs.judging.judge.JudgeSettings;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.runtime.RunTopics;
import io.tidemark.platform.config.Configuration;
import io.tidemark.testing.KafkaExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class JudgingJobIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int WITH_TEXT = 20;
    private static final int WITHOUT_TEXT = 4;
    private static final int NONSENSE = 3;
    private static final int SHADOWS = 1;

    @TempDir
    Path directory;

    @Test
    void whatWaitsForAJudgeThatIsDownIsJudgedAfterARestart() throws Exception {
        RunTopics topics = new RunTopics(
                KAFKA, Map.of(TopicCatalogue.TRACES, 1, TopicCatalogue.OUTCOMES, 1, TopicCatalogue.REVIEWS, 1));
        topics.send(IntStream.range(0, WITH_TEXT + WITHOUT_TEXT)
                .mapToObj(JudgingJobIT::trace)
                .toList());
        topics.send(List.of(shadow()));
        topics.send(TopicCatalogue.OUTCOMES, List.of(thumbsDown("trace-2")), outcome -> new byte[] {1});
        try (ChatServer server = new ChatServer(JudgingJobIT::answer)) {
            server.status(503);
            JobClient first = start(topics, server);
            Awaitility.await()
                    .atMost(DEADLINE)
                    .until(() -> judged(topics, "rules").size() == WITH_TEXT + WITHOUT_TEXT + SHADOWS);
            long checkpoint = newestCheckpoint();
            Awaitility.await().atMost(DEADLINE).until(() -> newestCheckpoint() > checkpoint);
            assertThat(scores(topics)).isEmpty();
            first.cancel().get();
            server.status(200);

            JobClient second = start(topics, server);
            Awaitility.await()
                    .atMost(DEADLINE)
                    .until(() -> judged(topics, "openai-compatible").size() == WITH_TEXT + WITHOUT_TEXT + SHADOWS
                            && similarities(topics).size() == SHADOWS);
            topics.sendEndMarkers();
            Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                            topics.read(TopicCatalogue.REVIEWS, Review.class))
                    .as("what a judge could not judge, and what a user did not like")
                    .filteredOn(review -> review.getSource().equals("judge/openai-compatible"))
                    .extracting(review -> review.getReason() + " " + review.getTraceId())
                    .containsExactlyInAnyOrder(
                            "unjudged trace-1", "unjudged trace-8", "unjudged trace-15", "judge_disagreement trace-2"));
            second.cancel().get();
            List<Outcome> outcomes = topics.read(TopicCatalogue.OUTCOMES, Outcome.class);
            assertThat(outcomes).extracting(Outcome::getOutcomeId).doesNotHaveDuplicates();
            assertThat(scores(topics)).hasSize(WITH_TEXT + SHADOWS - NONSENSE).allMatch(each -> each.getValue() == 0.8);
            assertThat(reasons(topics))
                    .containsEntry("no_text", (long) WITHOUT_TEXT)
                    .containsEntry("nonsense", (long) NONSENSE)
                    .hasSize(2);
            // rules judged each once, before the restart
            assertThat(judged(topics, "rules")).hasSize(WITH_TEXT + WITHOUT_TEXT + SHADOWS);
            assertThat(similarities(topics))
                    .as("the shadow says the same in other words")
                    .singleElement()
                    .satisfies(similarity -> {
                        assertThat(similarity.getTraceId()).isEqualTo("trace-0");
                        assertThat(similarity.getRole()).isEqualTo(TrafficRole.SHADOW);
                        assertThat(similarity.getJudgeName()).isEqualTo("embedding-pairs");
                        assertThat(similarity.getValue()).isBetween(0.7, 0.999);
                    });
            assertThat(outcomes.stream().filter(each -> each.getName().equals("judge_cost")))
                    .hasSize(WITH_TEXT + SHADOWS)
                    .allMatch(each -> each.getValue() > 0);
        }
    }

    private static String answer(String user) {
        return user.contains("number-1\\n")
                ? "9/10"
                : "{\"correctness\": 0.8, \"relevance\": 1, \"coherence\": 1, \"explanation\": \"fine\"}";
    }

    private static List<Outcome> judged(RunTopics topics, String judge) {
        return topics.read(TopicCatalogue.OUTCOMES, Outcome.class).stream()
                .filter(each -> each.getName().equals("judged") && judge.equals(each.getJudgeName()))
                .toList();
    }

    private static List<Outcome> scores(RunTopics topics) {
        return named(topics, "correctness");
    }

    private static List<Outcome> similarities(RunTopics topics) {
        return named(topics, "similarity");
    }

    private static List<Outcome> named(RunTopics topics, String name) {
        return topics.read(TopicCatalogue.OUTCOMES, Outcome.class).stream()
                .filter(each -> each.getName().equals(name))
                .toList();
    }

    private static Map<String, Long> reasons(RunTopics topics) {
        return judged(topics, "openai-compatible").stream()
                .filter(each -> each.getValue() == 0)
                .collect(Collectors.groupingBy(each -> each.getAttributes().get("unjudged"), Collectors.counting()));
    }

    /** Each seventh question is one that the server answers with nonsense. */
    private static Trace trace(int number) {
        String id = "trace-" + number;
        Trace.Builder trace = Trace.newBuilder()
                .setInferenceId(InferenceIds.inferenceId("acme", id, ""))
                .setTenant("acme")
                .setTraceId(id)
                .setEventTime(START.plusSeconds(number))
                .setVersion(new VersionTuple("model", "none", "prompt-1", "none", "none", "eval", "engine").toAvro())
                .setRole(TrafficRole.PRODUCTION)
                .setIntent("refund");
        if (number < WITH_TEXT) {
            trace.setPromptText("What is number-" + number % 7 + "\n?").setResponseText("It is a number.");
        }
        return trace.build();
    }

    /** What a shadow answered to the first question. */
    private static Trace shadow() {
        return Trace.newBuilder(trace(0))
                .setInferenceId(InferenceIds.inferenceId("acme", "trace-0", "shadow"))
                .setSpanId("shadow")
                .setRole(TrafficRole.SHADOW)
                .setResponseText("That is a number.")
                .build();
    }

    private static Outcome thumbsDown(String traceId) {
        Outcome outcome = Outcome.newBuilder()
                .setTenant("acme")
                .setTraceId(traceId)
                .setName("thumbs")
                .setLabel("down")
                .setSource(OutcomeSource.USER)
                .setEventTime(START)
                .setObservedTime(START)
                .build();
        outcome.setOutcomeId(OutcomeIds.outcomeId(outcome));
        return outcome;
    }

    private long newestCheckpoint() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            Set<String> names = files.filter(file -> file.endsWith("_metadata"))
                    .map(file -> file.getParent().getFileName().toString())
                    .collect(Collectors.toSet());
            return names.stream()
                    .mapToLong(name -> Long.parseLong(name.substring("chk-".length())))
                    .max()
                    .orElse(0);
        }
    }

    private JobClient start(RunTopics topics, ChatServer server) throws Exception {
        JobSettings settings = new JobSettings(directory, Duration.ofMillis(300), 1, "hashmap");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings.toFlink());
        environment.setParallelism(1);
        JudgeSettings.OpenAi judge = server.settings("answer-quality@1");
        List<String> flags = new ArrayList<>(topics.flags());
        flags.addAll(List.of(
                "--flink.state-directory=" + directory,
                "--judging.judges=rules,openai-compatible",
                "--judging.sampling.rate=1",
                "--judging.pairs.rate=1",
                "--judging.patience=PT10M",
                "--reviews.daily=240",
                "--judging.openai.url=" + judge.url(),
                "--judging.openai.model=" + judge.model(),
                "--judging.openai.api-key=" + judge.apiKey(),
                "--judging.openai.input-usd-per-million=0.15",
                "--judging.openai.output-usd-per-million=0.6"));
        Configuration configuration = Configuration.load(JudgingConfig.keys(), Map.of(), flags);
        JudgingJob.build(environment, JudgingConfig.from(configuration, Clock.systemUTC()));
        return environment.executeAsync("judging." + topics.run());
    }
}
