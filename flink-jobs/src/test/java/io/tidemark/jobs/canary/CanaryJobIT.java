package io.tidemark.jobs.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.review.ReviewIds;
import io.tidemark.testing.KafkaExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.execution.JobClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CanaryJobIT {

    private static final int TRACES = 10_000;
    private static final int TRACES_A_MINUTE = 2_000;
    private static final double SHARE = 0.05;

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path directory;

    @Test
    void threeSeedsFromTraceToRollbackCommandThroughKafka() throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            CanaryRun run = new CanaryRun(KAFKA);
            run.release(release());
            run.send(traces(seed));
            run.sendEndMarkers();

            JobClient job = run.start(directory.resolve("seed-" + seed), 2);
            run.awaitEnd(2);
            job.cancel().get();

            Verdict rollback = rollback(run);
            Duration delay =
                    Duration.between(Releases.START, rollback.getEventTime()).plusSeconds(10);
            System.out.printf("[figure] +10 points through Kafka, seed %d: %d s%n", seed, delay.toSeconds());
            assertThat(delay).isLessThanOrEqualTo(Duration.ofSeconds(160));
            assertThat(rollback.getAttribution()).isEqualTo("prompt");
            assertThat(VersionTuple.from(rollback.getRollbackTarget())).isEqualTo(Releases.CONTROL);
            assertThat(rollback.getTargetAdapter()).isEqualTo("dry-run");
            assertThat(rollback.getExemplarTraceIds()).isNotEmpty();
            assertThat(rollback.getShare()).isBetween(0.02, 0.09);
        }
    }

    @Test
    void whateverIsStoppedOrFailsInBetweenTheDecisionIsTheSame() throws Exception {
        List<Trace> traces = traces(4);
        CanaryRun whole = sent(traces);
        whole.sendEndMarkers();
        JobClient undisturbed = whole.start(directory.resolve("whole"), 1);
        whole.awaitEnd(1);
        undisturbed.cancel().get();

        CanaryRun halved = sent(traces.subList(0, 700));
        JobClient first = halved.start(directory.resolve("halved"), 1);
        awaitVerdict(halved);
        first.cancel().get();
        finish(halved, traces.subList(700, TRACES), halved.start(directory.resolve("halved"), 2), 2);
        assertSameDecision(halved, whole);

        for (String backend : List.of("hashmap", "rocksdb")) {
            CanaryRun failed = sent(traces.subList(0, 700));
            JobClient failing = failed.startFailingOnce(directory.resolve(backend), 100, 2, backend);
            awaitVerdict(failed);
            finish(failed, traces.subList(700, TRACES), failing, 2);
            assertSameDecision(failed, whole);
        }
    }

    private static CanaryRun sent(List<Trace> traces) throws Exception {
        CanaryRun run = new CanaryRun(KAFKA);
        run.release(release());
        run.send(traces);
        return run;
    }

    private static void awaitVerdict(CanaryRun run) {
        Awaitility.await().atMost(CanaryRun.DEADLINE).until(() -> !run.verdicts()
                .isEmpty());
    }

    private static void finish(CanaryRun run, List<Trace> rest, JobClient job, int parallelism) throws Exception {
        run.send(rest);
        run.sendEndMarkers();
        run.awaitEnd(parallelism);
        job.cancel().get();
    }

    private static void assertSameDecision(CanaryRun run, CanaryRun undisturbed) {
        assertThat(rollback(run).getDecisionId())
                .isEqualTo(rollback(undisturbed).getDecisionId());
        assertThat(rollback(run).getGuardrails())
                .isEqualTo(rollback(undisturbed).getGuardrails());
    }

    @Test
    void aRolloutThatWasEndedIsJudgedNoMore() throws Exception {
        CanaryRun run = new CanaryRun(KAFKA);
        run.release(release());
        run.release(Releases.event(Releases.rollout(RolloutState.ABORTED).build(), Releases.START.plusSeconds(10)));
        run.send(traces(5));
        run.sendEndMarkers();

        JobClient job = run.start(directory, 1);
        run.awaitEnd(1);
        job.cancel().get();

        assertThat(run.verdicts()).noneMatch(verdict -> verdict.getVerdict() == VerdictKind.ROLLBACK);
    }

    @Test
    void whatJudgesSayAboutTracesDecidesToo() throws Exception {
        CanaryRun run = new CanaryRun(KAFKA);
        run.release(Releases.event(
                Releases.rollout(RolloutState.STARTED, Releases.guardrail("judge_score", 0.03, 1))
                        .build(),
                Releases.START));
        List<Trace> traces = traces(6);
        run.outcomes(judgements(traces));
        run.send(traces);
        run.sendEndMarkers();

        JobClient job = run.start(directory, 2);
        run.awaitEnd(2);
        job.cancel().get();

        Verdict rollback = rollback(run);
        GuardrailFinding scores = rollback.getGuardrails().get(0);
        assertThat(scores.getMeasure()).isEqualTo("judge_score");
        assertThat(scores.getEvidence().getObserved()).isBetween(0.5, 0.7);
        assertThat(scores.getEvidence().getExpected()).isBetween(0.7, 0.9);
    }

    /** One for each trace, five seconds after it; the candidate's answers are worse. */
    private static List<Outcome> judgements(List<Trace> traces) {
        Random random = new Random(7);
        return traces.stream()
                .map(trace -> Outcome.newBuilder()
                        .setOutcomeId("judge-" + trace.getTraceId())
                        .setTenant(trace.getTenant())
                        .setTraceId(trace.getTraceId())
                        .setName("helpfulness")
                        .setSource(OutcomeSource.JUDGE)
                        .setValue((trace.getRole() == TrafficRole.CANARY ? 0.5 : 0.7) + 0.2 * random.nextDouble())
                        .setEventTime(trace.getEventTime().plusSeconds(5))
                        .setObservedTime(trace.getEventTime().plusSeconds(5))
                        .build())
                .toList();
    }

    /** A request in five is shadowed, and the shadow answers one in four differently. */
    @Test
    void aShadowThatAnswersDifferentlyIsRejectedAndPeopleAreAskedToLook() throws Exception {
        Guardrail agreement = Releases.guardrail("agreement_exact", 0, 1);
        agreement.setLimit(0.9);
        CanaryRun run = new CanaryRun(KAFKA);
        run.release(Releases.event(
                Releases.rollout(RolloutState.STARTED, agreement)
                        .setMode(TrafficRole.SHADOW)
                        .build(),
                Releases.START));
        run.send(shadowed(8));
        run.sendEndMarkers();

        JobClient job = run.start(directory, 2);
        run.awaitEnd(2);
        job.cancel().get();

        Verdict reject = run.verdicts().stream()
                .filter(verdict -> verdict.getVerdict() == VerdictKind.REJECT)
                .findFirst()
                .orElseThrow();
        GuardrailFinding finding = reject.getGuardrails().get(0);
        System.out.printf("[figure] shadow at agreement 0.75: rejected after %d pairs%n", finding.getCandidateN());
        assertThat(finding.getMeasure()).isEqualTo("agreement_exact");
        assertThat(finding.getEvidence().getObserved()).isBetween(0.6, 0.85);
        assertThat(reject.getRollbackTarget()).isNull();
        List<Review> reviews = run.reviews();
        assertThat(reviews)
                .filteredOn(review -> review.getOverQuota() != null)
                .singleElement()
                .satisfies(tally -> {
                    assertThat(tally.getReason()).isEqualTo("shadow_disagreement");
                    assertThat(tally.getTraceId()).isEmpty();
                    assertThat(tally.getOverQuota()).isGreaterThan(100);
                });
        reviews.removeIf(review -> review.getOverQuota() != null);
        assertThat(reviews).as("of the first hour of a day").hasSize(7).allSatisfy(review -> {
            assertThat(review.getReason()).isEqualTo("shadow_disagreement");
            assertThat(review.getSource()).isEqualTo("shadow/" + Releases.RELEASE);
            assertThat(review.getReviewId())
                    .isEqualTo(ReviewIds.reviewId("acme", review.getTraceId(), review.getSource(), review.getReason()));
            assertThat(Integer.parseInt(review.getTraceId().substring("trace-".length())) % 20)
                    .as("one shadowed request in four is answered differently")
                    .isZero();
        });
    }

    private static List<Trace> shadowed(int seed) {
        List<Trace> traces = new ArrayList<>();
        for (Trace production : traces(seed)) {
            Trace answered = Trace.newBuilder(production)
                    .setVersion(Releases.CONTROL.toAvro())
                    .setRole(TrafficRole.PRODUCTION)
                    .setStatus(InferenceStatus.OK)
                    .setResponseText("Yes, you can.")
                    .build();
            traces.add(answered);
        }
        List<Trace> shadows = new ArrayList<>();
        for (int i = 0; i < traces.size(); i += 5) {
            Trace production = traces.get(i);
            shadows.add(Trace.newBuilder(production)
                    .setInferenceId(InferenceIds.inferenceId("acme", production.getTraceId(), "shadow"))
                    .setVersion(Releases.CANDIDATE.toAvro())
                    .setRole(TrafficRole.SHADOW)
                    .setEventTime(production.getEventTime().plusSeconds(1))
                    .setResponseText(i % 20 == 0 ? "No." : "yes, you  can.")
                    .build());
        }
        traces.addAll(shadows);
        traces.sort(Comparator.comparing(Trace::getEventTime));
        return traces;
    }

    private static Release release() {
        return Releases.event(
                Releases.rollout(
                                RolloutState.STARTED,
                                Releases.guardrail("errors", 0.1, 0.3),
                                Releases.guardrail("refusals", 0.1, 0.3),
                                Releases.guardrail("end_to_end_p95", 0.2, 0.4))
                        .build(),
                Releases.START);
    }

    private static Verdict rollback(CanaryRun run) {
        List<Verdict> rollbacks = run.verdicts().stream()
                .filter(verdict -> verdict.getVerdict() == VerdictKind.ROLLBACK)
                .toList();
        assertThat(rollbacks.stream().map(Verdict::getDecisionId).distinct()).hasSize(1);
        return rollbacks.get(0);
    }

    /** 5 minutes of traffic in which the candidate fails ten points more often from the first request on. */
    private static List<Trace> traces(int seed) {
        Random random = new Random(seed);
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < TRACES; i++) {
            boolean isCandidate = random.nextDouble() < SHARE;
            boolean fails = random.nextDouble() < (isCandidate ? 0.11 : 0.01);
            Instant time = Releases.START.plusMillis(i * 60_000L / TRACES_A_MINUTE);
            String id = "trace-" + i;
            Trace trace = Trace.newBuilder()
                    .setInferenceId(InferenceIds.inferenceId("acme", id, ""))
                    .setTenant("acme")
                    .setTraceId(id)
                    .setEventTime(time)
                    .setVersion((isCandidate ? Releases.CANDIDATE : Releases.CONTROL).toAvro())
                    .setRole(isCandidate ? TrafficRole.CANARY : TrafficRole.PRODUCTION)
                    .setStatus(fails ? InferenceStatus.ERROR : InferenceStatus.OK)
                    .setRefused(random.nextDouble() < 0.02)
                    .setEndToEndMicros(500_000L + random.nextInt(2_000_000))
                    .build();
            traces.add(trace);
        }
        return traces;
    }
}
