package io.tidemark.jobs.embedding.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.jobs.drift.DriftTest;
import io.tidemark.jobs.drift.DriftWindows;
import io.tidemark.jobs.drift.TextScores;
import io.tidemark.jobs.embedding.drift.Scenario.Request;
import io.tidemark.jobs.windows.SliceLattice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The weak drift of scenario s2 with the vectors of the model: its first 900 s, and the windows around the change. */
class EmbeddingScenarioTest {

    private static final long FIRST_MILLIS = 1_500_000;
    private static final long CHANGE_MILLIS = 1_800_000;
    private static final long LAST_MILLIS = 2_100_000;
    private static final double LEVEL = 0.01;
    private static final double ROUNDING = 5e-6;
    private static final String TENANT = "tenant-a";

    private static List<Request> requests;
    private static Map<Integer, float[]> vectors;
    private static JsonNode expected;

    @BeforeAll
    static void read() throws Exception {
        requests = Scenario.requests("s2_partial_oos_mix").stream()
                .filter(request ->
                        request.isBetween(0, Scenario.BASELINE_MILLIS) || request.isBetween(FIRST_MILLIS, LAST_MILLIS))
                .toList();
        vectors = ScenarioVectors.of(requests);
        expected = Scenario.expected("s2_minilm_expected");
    }

    private static EmbeddingBook book() {
        return new EmbeddingBook(
                384,
                new DriftWindows(List.of(Scenario.WINDOW_SECONDS), 0),
                SliceLattice.parse("version=version;tenant=tenant;all="));
    }

    private static void add(EmbeddingBook book, Request request) {
        book.add(request.scored(vectors.get(request.textId()), "backend"), Scenario.baseline());
    }

    private static List<DriftTest> tests(List<Request> traffic) {
        EmbeddingBook book = book();
        traffic.stream()
                .filter(request -> request.offsetMillis() < Scenario.BASELINE_MILLIS)
                .forEach(request -> add(book, request));
        List<DriftTest> tests = new ArrayList<>(book.close(Scenario.BASELINE_MILLIS));
        traffic.stream()
                .filter(request -> request.offsetMillis() >= Scenario.BASELINE_MILLIS)
                .forEach(request -> add(book, request));
        tests.addAll(book.close(LAST_MILLIS));
        return tests;
    }

    private static boolean moved(DriftTest test) {
        return test.own().isMove(LEVEL, test.warnSize());
    }

    private static DriftTest of(List<DriftTest> tests, String level, String tenant, long startMillis) {
        return tests.stream()
                .filter(test -> test.slice().getSliceLevel().equals(level)
                        && java.util.Objects.equals(test.slice().getTenant(), tenant)
                        && test.windowStartMillis() == startMillis)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void exactlyTheTenantThatMovedMovesFromTheChangeOn() {
        List<DriftTest> tests = tests(requests);

        assertThat(tests.stream()
                        .filter(test -> test.slice().getSliceLevel().equals("tenant"))
                        .filter(EmbeddingScenarioTest::moved)
                        .map(test -> test.slice().getTenant() + "@" + test.windowStartMillis()))
                .containsExactly(TENANT + "@" + CHANGE_MILLIS);
    }

    @Test
    void discrepanciesLieInTheRangeOfTheReference() {
        for (DriftTest test : tests(requests)) {
            if (test.slice().getSliceLevel().equals("tenant")) {
                for (JsonNode row : expected.at("/tenants/" + test.slice().getTenant() + "/windows")) {
                    if (row.get(0).asLong() * 1_000 == test.windowStartMillis()) {
                        assertThat(test.n()).isEqualTo(row.get(1).asLong());
                        assertThat(test.own().effect())
                                .isBetween(
                                        row.get(6).asDouble() - ROUNDING,
                                        row.get(7).asDouble() + ROUNDING);
                    }
                }
            }
        }
    }

    @Test
    void theTopicThatMovedIsNamedAndExemplarsShowIt() {
        DriftTest test = of(tests(requests), "tenant", TENANT, CHANGE_MILLIS);
        Set<String> outOfScope = new HashSet<>();
        requests.stream()
                .filter(request -> request.intent().equals("oos"))
                .forEach(request -> outOfScope.add("t" + request.sequence()));

        assertThat(test.topics().get(0)).isEqualTo(TopicModel.OUTSIDE);
        assertThat(test.exemplars()).hasSize(10);
        assertThat(test.exemplars().stream().filter(outOfScope::contains)).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void copiesAndRetriesAreNoDrift() {
        Random random = new Random(3);
        Map<String, Request> before = new HashMap<>();
        List<Request> copied = new ArrayList<>();
        for (Request request : requests) {
            Request last = before.get(request.tenant());
            boolean isCopy = last != null && random.nextDouble() < 0.5 && request.offsetMillis() >= FIRST_MILLIS;
            Request sent = isCopy
                    ? new Request(
                            request.sequence(),
                            request.offsetMillis(),
                            request.tenant(),
                            request.model(),
                            request.prompt(),
                            last.textId(),
                            request.intent())
                    : request;
            before.put(request.tenant(), sent);
            copied.add(sent);
        }
        List<DriftTest> tests = tests(copied);

        assertThat(moved(of(tests, "tenant", TENANT, FIRST_MILLIS))).isFalse();
        assertThat(moved(of(tests, "tenant", "tenant-b", FIRST_MILLIS))).isFalse();
        assertThat(moved(of(tests, "tenant", TENANT, CHANGE_MILLIS))).isTrue();
    }

    @Test
    void theOrderOfTextsAndARestoreInTheMiddleChangeNothing() {
        EmbeddingBook straight = book();
        requests.forEach(request -> add(straight, request));
        EmbeddingBook restored = book();
        List<Request> shuffled = new ArrayList<>(requests);
        shuffled.sort(Comparator.comparingLong(request -> Long.reverse(request.sequence())));
        shuffled.subList(0, shuffled.size() / 2).forEach(request -> add(restored, request));
        EmbeddingBook second = book();
        second.restore(restored.toBytes());
        shuffled.subList(shuffled.size() / 2, shuffled.size()).forEach(request -> add(second, request));

        assertThat(second.close(LAST_MILLIS)).containsExactlyElementsOf(straight.close(LAST_MILLIS));
    }

    @Test
    void textsOfNewTopicsLieFartherFromTheBaselineAndWithoutResponsesTheirCosineIsUnknown() {
        List<DriftTest> tests = tests(requests);
        TextScores before = of(tests, "tenant", TENANT, FIRST_MILLIS).scores();
        TextScores after = of(tests, "tenant", TENANT, CHANGE_MILLIS).scores();

        assertThat(before.centroidDistance()).isBetween(0.0, 1.0);
        assertThat(after.centroidDistance()).isGreaterThan(before.centroidDistance());
        assertThat(after.topicDistance()).isGreaterThan(1.1 * before.topicDistance());
        assertThat(after.topicMargin()).isPositive().isLessThan(before.topicMargin());
        assertThat(after.responseCosine()).isNaN();
    }

    @Test
    void atTheEndOfTimeAWindowThatIsNotFullIsLeftOut() {
        EmbeddingBook book = book();
        requests.forEach(request -> add(book, request));

        assertThat(book.close(Long.MAX_VALUE))
                .extracting(DriftTest::windowStartMillis)
                .containsOnly(FIRST_MILLIS);
    }

    @Test
    void vectorsOfAnotherBackendAreRefused() {
        EmbeddingBook book = book();
        Request first = requests.get(0);
        add(book, first);
        book.add(first.scored(vectors.get(first.textId()), "another backend"), Scenario.baseline());

        assertThat(book.ofAnotherBackend()).isEqualTo(1);
        assertThat(book.scored()).isEqualTo(1);
    }

    @Test
    void textsWithoutVectorsAreCountedAndSayWhyNothingWasTested() {
        EmbeddingBook book = book();
        Request late = requests.get(requests.size() - 1);
        book.close(Scenario.BASELINE_MILLIS);
        add(book, requests.get(0));
        book.close(Scenario.BASELINE_MILLIS);
        book.add(late.scored(null, "backend"), Scenario.baseline());

        assertThat(book.close(LAST_MILLIS)).isNotEmpty().allSatisfy(test -> assertThat(test.insufficient())
                .isEqualTo("0 texts, and 1 texts without vectors, at least 100 are needed"));
    }
}
