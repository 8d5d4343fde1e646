package io.tidemark.jobs.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.BaselineSource;
import io.tidemark.contracts.avro.BaselineState;
import io.tidemark.contracts.avro.Drift;
import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.drift.profile.Profile.ProfileHead;
import io.tidemark.jobs.drift.profile.ProfileBuilder;
import io.tidemark.jobs.runtime.FailsOnce;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.runtime.RunTopics;
import io.tidemark.jobs.source.RawTrace;
import io.tidemark.jobs.source.TraceSource;
import io.tidemark.platform.config.Configuration;
import io.tidemark.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The drift job with the model in it, on one TaskManager: three jobs of which one fails, one is stopped and one is left alone. */
class TextDriftJobIT {

    private static final Instant START = Instant.parse("2026-05-04T00:00:00Z");
    private static final Duration BASELINE = Duration.ofMinutes(15);
    private static final int BASELINE_TEXTS = 150;
    private static final int WINDOW_TEXTS = 120;
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final List<String> ACCOUNTS = List.of("savings", "checking", "joint", "business", "credit card");
    private static final List<String> ACTS = List.of("move money from", "show the balance of", "close", "freeze");
    private static final List<String> CITIES = List.of("Lima", "Oslo", "Quito", "Cairo", "Perth", "Osaka", "Turin");
    private static final List<String> SKIES = List.of("rain", "snow", "storm", "fog", "sunshine");

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    static Path directory;

    private static MiniCluster cluster;

    @BeforeAll
    static void startTheTaskManager() throws Exception {
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(4)
                .withRandomPorts()
                .build());
        cluster.start();
    }

    @AfterAll
    static void stopTheTaskManager() throws Exception {
        cluster.close();
    }

    @Test
    void aFailedTaskAStoppedJobAndAnotherJobBesideItChangeNoSum() throws Exception {
        List<Trace> traces = traces();
        int half = traces.size() / 2;
        RunTopics stopped = topics(traces);
        stopped.send(traces);
        RunTopics failing = topics(traces);
        failing.send(traces.subList(0, half));
        JobID failingJob = start(failing, new FailsOnce<>(1));
        JobID stoppedJob = start(stopped, trace -> trace);
        awaitCheckpoint(failing);
        failing.send(traces.subList(half, traces.size()));
        failing.sendEndMarkers();
        cluster.cancelJob(stoppedJob).get();
        RunTopics straight = topics(traces);
        straight.send(traces);
        straight.sendEndMarkers();
        JobID straightJob = start(straight, trace -> trace);

        Map<String, Drift> expected = awaitTests(straight);
        Map<String, Drift> found = awaitTests(failing);

        assertThat(attempts(failingJob)).isPositive();
        assertThat(found).isEqualTo(expected);
        assertThat(of(found, "a", 0).getN()).isEqualTo(WINDOW_TEXTS);
        assertThat(of(found, "a", 0).getNBaseline()).isEqualTo(BASELINE_TEXTS);
        assertThat(of(found, "a", 0).getMoved()).isFalse();
        assertThat(of(found, "a", 1).getSignal()).isTrue();
        assertThat(of(found, "b", 1).getMoved()).isFalse();
        List<String> candidates = goldenCandidates(straight);
        assertThat(candidates).doesNotHaveDuplicates();
        assertThat(candidates.stream().filter(each -> each.startsWith("a "))).hasSize(10);
        assertThat(candidates.stream().filter(each -> each.startsWith("b "))).hasSizeBetween(5, 10);
        assertThat(goldenCandidates(failing)).isEqualTo(candidates);
        cluster.cancelJob(failingJob).get();
        cluster.cancelJob(straightJob).get();
    }

    /** Tenant and trace of each, which are committed with the tests of the last window. */
    private static List<String> goldenCandidates(RunTopics topics) {
        return topics.read(TopicCatalogue.REVIEWS, Review.class).stream()
                .filter(review -> review.getReason().equals("golden_candidate"))
                .map(review -> review.getTenant() + " " + review.getTraceId())
                .sorted()
                .toList();
    }

    /** Tenant a asks about accounts until its second window, tenant b about the weather. */
    private static List<Trace> traces() {
        List<Trace> traces = new ArrayList<>();
        int number = 0;
        for (int i = 0; i < BASELINE_TEXTS + 2 * WINDOW_TEXTS; i++) {
            Instant time = i < BASELINE_TEXTS
                    ? START.plusSeconds(6L * i)
                    : START.plus(BASELINE).plusMillis(2_500L * (i - BASELINE_TEXTS));
            boolean moved = i >= BASELINE_TEXTS + WINDOW_TEXTS;
            traces.add(trace(number++, "a", time, moved ? weather(i) : banking(i)));
            traces.add(trace(number++, "b", time, weather(i)));
        }
        // the last window is whole when something came after it
        traces.add(trace(number, "b", START.plus(BASELINE).plus(Duration.ofMinutes(10)), weather(number)));
        return traces;
    }

    private static String banking(int number) {
        SplittableRandom random = new SplittableRandom(number);
        return "please %s my %s account number %d"
                .formatted(any(ACTS, random), any(ACCOUNTS, random), random.nextInt(999));
    }

    private static String weather(int number) {
        SplittableRandom random = new SplittableRandom(number);
        return "will there be %s in %s on day %d"
                .formatted(any(SKIES, random), any(CITIES, random), random.nextInt(999));
    }

    private static String any(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }

    private static Trace trace(int number, String tenant, Instant time, String prompt) {
        String id = "trace-" + number;
        return Trace.newBuilder()
                .setInferenceId(InferenceIds.inferenceId(tenant, id, ""))
                .setTenant(tenant)
                .setTraceId(id)
                .setEventTime(time)
                .setVersion(Windows.version("p1").toAvro())
                .setRole(TrafficRole.PRODUCTION)
                .setPromptText(prompt)
                .build();
    }

    private static RunTopics topics(List<Trace> traces) throws Exception {
        RunTopics topics = new RunTopics(
                KAFKA,
                Map.of(
                        TopicCatalogue.TRACES,
                        2,
                        TopicCatalogue.BASELINES,
                        1,
                        TopicCatalogue.DRIFT,
                        2,
                        TopicCatalogue.SIGNALS,
                        1,
                        TopicCatalogue.REVIEWS,
                        1,
                        TopicCatalogue.PROGRESS,
                        1));
        ProfileBuilder builder = new ProfileBuilder();
        traces.stream()
                .filter(trace -> trace.getEventTime().isBefore(START.plus(BASELINE)))
                .forEach(builder::add);
        ProfileHead head = new ProfileHead(
                "first",
                BaselineSource.REPLAY,
                "test",
                Optional.empty(),
                Optional.of(START),
                Optional.of(START.plus(BASELINE)),
                START,
                Optional.empty(),
                "test");
        topics.send(
                TopicCatalogue.BASELINES,
                BaselineRecords.of(builder.build(head), BaselineState.ACTIVE),
                record -> BaselineRecords.key(record).getBytes(StandardCharsets.UTF_8));
        return topics;
    }

    private static JobID start(RunTopics topics, MapFunction<RawTrace, RawTrace> disturbance) throws Exception {
        Path state = Files.createDirectories(directory.resolve(topics.run()));
        JobSettings settings = new JobSettings(state, Duration.ofMillis(200), 1, "hashmap");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings.toFlink());
        environment.setParallelism(1);
        List<String> flags = List.of(
                "--run=" + topics.run(),
                "--registry.url=" + KAFKA.registryUrl(),
                "--kafka.bootstrap-servers=" + KAFKA.bootstrapServers(),
                "--flink.state-directory=" + state,
                "--drift.windows=PT5M",
                "--drift.window-origin=" + START,
                "--embedding.enabled=true",
                "--embedding.sampling.rate=1",
                "--embedding.batch-window=32",
                "--embedding.batch-texts=8");
        DriftConfig config = DriftConfig.from(Configuration.load(DriftConfig.keys(), Map.of(), flags));
        DriftJob.build(
                TraceSource.raw(environment, config.source()).map(disturbance).returns(RawTrace.TYPE), config);
        return cluster.submitJob(environment.getStreamGraph().getJobGraph())
                .get()
                .getJobID();
    }

    /** Until a checkpoint lies there; the texts of the first half are then still being embedded. */
    private static void awaitCheckpoint(RunTopics topics) {
        Awaitility.await().atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).until(() -> {
            try (var files = Files.walk(directory.resolve(topics.run()))) {
                return files.anyMatch(file -> file.endsWith("_metadata"));
            }
        });
    }

    private static int attempts(JobID job) throws Exception {
        return StreamSupport.stream(
                        cluster.getExecutionGraph(job)
                                .get()
                                .getAllExecutionVertices()
                                .spliterator(),
                        false)
                .mapToInt(vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber())
                .max()
                .orElseThrow();
    }

    /** The tests of texts once the job has decided on its last window; none may come twice. */
    private static Map<String, Drift> awaitTests(RunTopics topics) {
        Awaitility.await().atMost(DEADLINE).until(() -> topics.committed(TopicCatalogue.PROGRESS).stream()
                .anyMatch(
                        record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"stage\":\"drift\"")));
        Map<String, Drift> tests = new TreeMap<>();
        for (Drift drift : topics.read(TopicCatalogue.DRIFT, Drift.class)) {
            if (drift.getKind() == DriftKind.EMBEDDING) {
                assertThat(tests.put(drift.getDriftId(), drift)).isNull();
            }
        }
        return tests;
    }

    private static Drift of(Map<String, Drift> tests, String tenant, int window) {
        return tests.values().stream()
                .filter(test -> test.getSlice().getSliceLevel().equals("tenant"))
                .filter(test -> tenant.equals(test.getSlice().getTenant()))
                .filter(test ->
                        test.getWindowStart().equals(START.plus(BASELINE).plus(Duration.ofMinutes(5L * window))))
                .findFirst()
                .orElseThrow();
    }
}
