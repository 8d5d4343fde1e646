package io.tidemark.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Change;
import io.tidemark.contracts.avro.ChangeKind;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.FindingKind;
import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.LooseSpan;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.avro.QualityRow;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.Silence;
import io.tidemark.contracts.avro.SilenceKind;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.testing.ClickHouseExtension;
import io.tidemark.testing.KafkaExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One record of each topic, all the way. */
class RoundTripIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private SinkStage stage;

    @BeforeEach
    void openStage() {
        stage = new SinkStage(KAFKA, CLICKHOUSE.httpUrl(), CLICKHOUSE.user(), CLICKHOUSE.password());
    }

    @AfterEach
    void closeStage() throws Exception {
        stage.close();
    }

    @Test
    void trace() throws Exception {
        store(TopicCatalogue.TRACES, List.of(Samples.trace(1), Samples.trace(2)));
        assertThat(
                        stage.ask(
                                "SELECT tenant, version_id, prompt, role, status, ttft_micros, cached_tokens, cohort, "
                                        + "queue_depth, cpu_utilization, gpu_utilization, refused, numeric_features['length'], "
                                        + "attributes['app'], toString(event_time), ingested_at > event_time FROM traces WHERE trace_id = 'trace-1'"))
                .isEqualTo(
                        "tenant-1|" + Samples.version(1).versionId()
                                + "|prompt-1|production|ok|2000|null|null|3|0.25|null|true|12.5|chat|2026-01-01 00:00:01.000000|1");
        assertThat(stage.ask("SELECT span_id, parent_span_id, kind, duration_micros, ok, attributes['k'] FROM spans "
                        + "WHERE trace_id = 'trace-2' ORDER BY span_id"))
                .isEqualTo("s.DECODE|s|decode|500|null|v\ns.PREFILL|s|prefill|500|null|v\ns.QUEUE|s|queue|500|null|v");
        assertThat(stage.ask(
                        "SELECT base_model, prompt, serving, toString(first_seen) FROM versions WHERE version_id = '"
                                + Samples.version(1).versionId() + "'"))
                .isEqualTo("model-a|prompt-1|engine-1|2026-01-01 00:00:01.000000");
    }

    @Test
    void looseSpanIsOneRowHoweverOftenItCameAndAmongTheSpans() throws Exception {
        LooseSpan loose = new LooseSpan(
                "acme",
                "trace-9",
                Samples.version(1).toAvro(),
                TrafficRole.PRODUCTION,
                "refund",
                null,
                true,
                new Span("s1", "s0", SpanKind.TOOL, "lookup", Samples.START, 500L, false, Map.of("k", "v")));
        store(TopicCatalogue.LOOSE_SPANS, List.of(loose, loose));
        assertThat(
                        stage.ask(
                                "SELECT inference_id, prompt, s.kind, s.name, ok, attributes['k'], late, session_id "
                                        + "FROM spans AS s JOIN loose_spans AS l ON s.span_id = l.span_id WHERE s.trace_id = 'trace-9'"))
                .isEqualTo("|prompt-1|tool|lookup|false|v|true|null");
    }

    @Test
    void lateTrace() throws Exception {
        try (AvroSerializer<io.tidemark.contracts.avro.Trace> serializer =
                new AvroSerializer<>(stage.registry(), TopicCatalogue.TRACES)) {
            stage.sendBytes(TopicCatalogue.LATE, "key", serializer.serialize("", Samples.trace(7)));
        }
        run(TopicCatalogue.LATE);
        assertThat(stage.ask("SELECT tenant, trace_id, prompt FROM late_traces"))
                .isEqualTo("tenant-1|trace-7|prompt-1");
    }

    @Test
    void windowShowsItsLatestRevisionAndUnknownIsNotZero() throws Exception {
        WindowRow provisional = Rows.row("all", 60, 0, TrafficRole.PRODUCTION, false);
        provisional.setFinal$(false);
        WindowRow last = Rows.row("all", 60, 0, TrafficRole.PRODUCTION, true);
        store(TopicCatalogue.WINDOWS, List.of(last, provisional));
        assertThat(
                        stage.ask(
                                "SELECT count(), any(`final`), any(errors), any(errors_known), any(jailbreaks), "
                                        + "any(jailbreaks_known), any(fallbacks), any(timeouts), any(tool_calls_sum), any(cached_tokens_sum) FROM windows"))
                .isEqualTo("1|true|20|100|null|0|0|null|null|800");
        assertThat(
                        stage.ask(
                                "SELECT end_to_end_known, end_to_end_sum, end_to_end_min, end_to_end_max, "
                                        + "tidemark_hist_count(end_to_end_hist), input_tokens_max, queue_sum, queue_max, length(queue_hist) FROM windows"))
                .isEqualTo("90|122850.0|30.0|2700.0|90|100|null|null|0");
    }

    @Test
    void outcome() throws Exception {
        store(
                TopicCatalogue.OUTCOMES,
                List.of(Outcome.newBuilder()
                        .setOutcomeId("o-1")
                        .setTenant("acme")
                        .setTraceId("t-1")
                        .setName("thumbs")
                        .setValue(1.0)
                        .setSource(OutcomeSource.GROUND_TRUTH)
                        .setEventTime(Samples.START)
                        .build()));
        assertThat(stage.ask("SELECT tenant, name, value, label, source FROM outcomes"))
                .isEqualTo("acme|thumbs|1.0|null|ground_truth");
    }

    @Test
    void feedbackThatBringsItsSliceAndWhatWasKnownOfIt() throws Exception {
        Outcome outcome = Outcome.newBuilder()
                .setOutcomeId("o-2")
                .setTenant("acme")
                .setName("csat")
                .setValue(4.0)
                .setVersion(Samples.version(1).toAvro())
                .setRole(TrafficRole.PRODUCTION)
                .setIntent("billing")
                .setEventTime(Samples.START)
                .setObservedTime(Samples.START.plusSeconds(60))
                .build();
        store(TopicCatalogue.OUTCOMES, List.of(outcome));
        assertThat(stage.ask("SELECT prompt, version_id, role, intent, inference_time FROM outcomes"))
                .isEqualTo("prompt-1|" + Samples.version(1).versionId() + "|production|billing|null");
        assertThat(stage.ask("SELECT count() FROM outcomes_as_of(as_of = '2026-01-01 00:00:30')"))
                .isEqualTo("0");
        assertThat(stage.ask("SELECT count() FROM outcomes_as_of(as_of = '2026-01-01 00:02:00')"))
                .isEqualTo("1");
    }

    @Test
    void everyRestatementOfQualityCanBeAskedForAndARepeatedOneIsThereOnce() throws Exception {
        QualityRow first = quality(3_600, 0.9, 10L).build();
        QualityRow second = quality(7_200, 0.8, 20L).setFinal$(true).build();
        QualityRow group = quality(7_200, 0.8, 20L)
                .setSliceLevel("group")
                .setGroupName("sex")
                .setGroupValue("Male")
                .setMeasure("recall")
                .setCategory("rich")
                .build();
        QualityRow other = QualityRow.newBuilder(group)
                .setGroupValue("Female")
                .setEstimate(0.6)
                .build();
        store(TopicCatalogue.QUALITY, List.of(second, first, first, group, other));

        assertThat(stage.ask("SELECT count() FROM quality_store FINAL WHERE slice_level = 'tenant'"))
                .isEqualTo("2");
        assertThat(stage.ask("SELECT tenant, version_id, measure, n, estimate, lower, coverage, `final`, estimated "
                        + "FROM quality WHERE slice_level = 'tenant'"))
                .isEqualTo("acme||accuracy|20|0.8|null|0.5|true|false");
        assertThat(stage.ask("SELECT n, estimate, toString(as_of) FROM quality_as_of(as_of = '2026-01-01 01:30:00') "
                        + "WHERE slice_level = 'tenant'"))
                .isEqualTo("10|0.9|2026-01-01 01:00:00.000000");
        assertThat(stage.ask("SELECT group_value, round(equal_opportunity_difference, 3), disparate_impact_ratio "
                        + "FROM fairness ORDER BY group_value"))
                .isEqualTo("Female|-0.2|null\nMale|0.0|null");
    }

    private static QualityRow.Builder quality(long afterSeconds, double estimate, long n) {
        return QualityRow.newBuilder()
                .setSliceLevel("tenant")
                .setTenant("acme")
                .setRole(TrafficRole.PRODUCTION)
                .setCohortDay(Samples.START)
                .setLabelAgeDays(1)
                .setMeasure("accuracy")
                .setRevision(Samples.START.plusSeconds(afterSeconds).getEpochSecond())
                .setAsOf(Samples.START.plusSeconds(afterSeconds))
                .setN(n)
                .setPopulation(40L)
                .setCoverage(0.5)
                .setEstimate(estimate);
    }

    @Test
    void reviewIsOneRowHoweverOftenItCame() throws Exception {
        Review review = Review.newBuilder()
                .setReviewId("review-1")
                .setTenant("acme")
                .setTraceId("trace-5")
                .setInferenceIds(List.of("i-shadow", "i-production"))
                .setSlice(SliceRef.newBuilder()
                        .setSliceLevel("tenant_version_intent")
                        .setTenant("acme")
                        .setVersionId(Samples.version(1).versionId())
                        .setVersion(Samples.version(1).toAvro())
                        .setRole(TrafficRole.SHADOW)
                        .build())
                .setReason("shadow_disagreement")
                .setSource("shadow/r-1")
                .setEventTime(Samples.START)
                .setObservedTime(Samples.START)
                .setDoubt(0.75)
                .setAttributes(Map.of("rule", "exact"))
                .build();
        Review tally = Review.newBuilder(review)
                .setReviewId("tally-1")
                .setTraceId("")
                .setOverQuota(7L)
                .build();
        Review golden = Review.newBuilder(review)
                .setReviewId("golden-1")
                .setReason("golden_candidate")
                .setSlice(SliceRef.newBuilder()
                        .setSliceLevel("tenant_intent")
                        .setTenant("acme")
                        .setIntent("refund")
                        .build())
                .build();
        store(TopicCatalogue.REVIEWS, List.of(review, review, tally, tally, golden));
        assertThat(stage.ask(
                        "SELECT tenant, trace_id, inference_ids, prompt, version_id, role, intent, reason, source, doubt, "
                                + "release_id, attributes['rule'], toString(event_time) FROM reviews "
                                + "WHERE reason = 'shadow_disagreement'"))
                .isEqualTo("acme|trace-5|['i-shadow', 'i-production']|prompt-1|"
                        + Samples.version(1).versionId()
                        + "|shadow||shadow_disagreement|shadow/r-1|0.75|null|exact|2026-01-01 00:00:00.000000");
        assertThat(stage.ask("SELECT reason, version_id, intent, role, toString(day), queued, over_quota "
                        + "FROM review_quota ORDER BY reason"))
                .isEqualTo("golden_candidate||refund|unknown|2026-01-01|1|0\nshadow_disagreement|"
                        + Samples.version(1).versionId() + "||shadow|2026-01-01|1|7");
    }

    @Test
    void ofASilenceWhatWasSaidLastCounts() throws Exception {
        store(TopicCatalogue.SILENCES, List.of(silence(false), silence(true)));
        assertThat(stage.ask(
                        "SELECT silence_id, kind, rule_id, alert_id, tenant, actor, reason, revoked FROM silences"))
                .isEqualTo("silence-1|maintenance|error-*|null||anna|a move|true");
    }

    private static Silence silence(boolean revoked) {
        return Silence.newBuilder()
                .setSilenceId("silence-1")
                .setKind(SilenceKind.MAINTENANCE)
                .setRuleId("error-*")
                .setStartsTime(Samples.START)
                .setEndsTime(Samples.START.plusSeconds(60))
                .setActor("anna")
                .setReason("a move")
                .setRevoked(revoked)
                .build();
    }

    @Test
    void release() throws Exception {
        Rollout rollout = Rollout.newBuilder()
                .setReleaseId("r-1")
                .setState(RolloutState.STARTED)
                .setCandidate(Samples.version(1).toAvro())
                .setControl(Samples.version(0).toAvro())
                .setLadderPercent(List.of(1.0, 5.0))
                .setGuardrails(List.of(new Guardrail("errors", 0.1, true, 0.5, 100L, null)))
                .build();
        Change change = Change.newBuilder()
                .setKind(ChangeKind.INDEX_REBUILD)
                .setSubject("index")
                .build();
        store(
                TopicCatalogue.RELEASES,
                List.of(
                        Release.newBuilder()
                                .setEventId("e-1")
                                .setEventTime(Samples.START)
                                .setRollout(rollout)
                                .build(),
                        Release.newBuilder()
                                .setEventId("e-2")
                                .setEventTime(Samples.START)
                                .setChange(change)
                                .build()));
        assertThat(
                        stage.ask(
                                "SELECT tenant, release_id, state, candidate_prompt, candidate_version_id, control_version_id, mode, "
                                        + "ladder_percent[2], guardrails.measure[1], change_kind FROM releases ORDER BY event_id"))
                .isEqualTo(
                        "*|r-1|started|prompt-1|%s|%s|canary|5.0|errors|null\n*|null|null|null|||null|0.0||index_rebuild"
                                .formatted(
                                        Samples.version(1).versionId(),
                                        Samples.version(0).versionId()));
    }

    @Test
    void verdict() throws Exception {
        GuardrailFinding finding = GuardrailFinding.newBuilder()
                .setMeasure("errors")
                .setFinding(FindingKind.REGRESSED)
                .setCandidateN(120)
                .setControlN(2_280)
                .setEvidence(
                        Evidence.newBuilder().setObserved(0.11).setEValue(400.0).build())
                .build();
        store(
                TopicCatalogue.VERDICTS,
                List.of(Verdict.newBuilder()
                        .setDecisionId("d-1")
                        .setReleaseId("r-1")
                        .setCandidate(Samples.version(1).toAvro())
                        .setControl(Samples.version(0).toAvro())
                        .setVerdict(VerdictKind.ROLLBACK)
                        .setEventTime(Samples.START)
                        .setGuardrails(List.of(finding))
                        .setRollbackTarget(Samples.version(0).toAvro())
                        .setRollbackTargetHealthy(true)
                        .setAttribution("prompt")
                        .build()));
        assertThat(
                        stage.ask(
                                "SELECT release_id, tenant, verdict, mode, candidate_prompt, rollback_target_version_id = control_version_id, "
                                        + "guardrails.finding[1], guardrails.observed[1], guardrails.e_value[1], guardrails.mix_effect[1], attribution, share FROM verdicts"))
                .isEqualTo("r-1|*|rollback|canary|prompt-1|1|regressed|0.11|400.0|null|prompt|null");
    }

    @Test
    void alert() throws Exception {
        Evidence evidence = Evidence.newBuilder()
                .setMeasure("errors")
                .setObserved(0.2)
                .setN(100)
                .setWindows(List.of(Samples.START))
                .setExemplarTraceIds(List.of("t-1", "t-2"))
                .build();
        store(
                TopicCatalogue.ALERTS,
                List.of(Alert.newBuilder()
                        .setAlertId("a-1")
                        .setRuleId("error-rate")
                        .setSlice(SliceRef.newBuilder()
                                .setSliceLevel("version")
                                .setVersionId("v")
                                .build())
                        .setState(AlertState.FIRING)
                        .setSeverity(Severity.CRITICAL)
                        .setOnsetTime(Samples.START)
                        .setEventTime(Samples.START)
                        .setEvidence(List.of(evidence))
                        .setCandidate(Samples.version(1).toAvro())
                        .build()));
        assertThat(
                        stage.ask(
                                "SELECT rule_id, slice_level, tenant, version_id, state, severity, evidence.observed[1], "
                                        + "evidence.expected[1], evidence.exemplar_trace_ids[1][2], candidate_prompt, resolved_time FROM alerts"))
                .isEqualTo("error-rate|version||v|firing|critical|0.2|null|t-2|prompt-1|null");
    }

    @Test
    void anAlertShowsTracesByTheWayInWhichTheyFailed() throws Exception {
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Trace trace = Samples.trace(3 * i);
            trace.setStatus(i % 3 == 0 ? InferenceStatus.ERROR : InferenceStatus.OK);
            trace.setErrorClass(i % 3 == 0 ? "overloaded" : null);
            trace.setRefused(i == 4);
            trace.setFinishReason(i == 1 ? "length" : i == 2 ? "content_filter" : "stop");
            trace.setVersion(Samples.version(1).toAvro());
            trace.setRole(TrafficRole.PRODUCTION);
            traces.add(trace);
        }
        traces.get(9).setEventTime(Samples.START.plusSeconds(7_200));
        store(TopicCatalogue.TRACES, traces);
        store(TopicCatalogue.ALERTS, List.of(alert("a-errors", "error"), alert("a-slow", "latency")));

        String ask =
                "SELECT failure_mode, traces, arrayStringConcat(exemplar_trace_ids, ' ') FROM alert_exemplars(alert_id = '%s')";
        assertThat(stage.ask(ask.formatted("a-errors")))
                .as("the last error is of another hour")
                .isEqualTo("error overloaded|3|trace-0 trace-18 trace-9\ncontent filter|1|trace-6\ncut off|1|trace-3\n"
                        + "refusal|1|trace-12");
        assertThat(stage.ask(ask.formatted("a-slow")))
                .isEqualTo("slowest|6|trace-33 trace-30 trace-24 trace-21 trace-15\n"
                        + "error overloaded|3|trace-0 trace-18 trace-9\ncontent filter|1|trace-6\nrefusal|1|trace-12");
        assertThat(stage.ask(ask.formatted("a-unknown"))).isEmpty();
    }

    private static Alert alert(String id, String kind) {
        return Alert.newBuilder()
                .setAlertId(id)
                .setRuleId(kind)
                .setKind(kind)
                .setSlice(SliceRef.newBuilder()
                        .setSliceLevel("tenant_version")
                        .setTenant("tenant-0")
                        .setVersionId(Samples.version(1).versionId())
                        .setRole(TrafficRole.PRODUCTION)
                        .build())
                .setState(AlertState.FIRING)
                .setOnsetTime(Samples.START.plusSeconds(20))
                .setEventTime(Samples.START.plusSeconds(60))
                .build();
    }

    @Test
    void action() throws Exception {
        store(
                TopicCatalogue.ACTIONS,
                List.of(Action.newBuilder()
                        .setActionId("x-1")
                        .setKind("rollback")
                        .setPhase(ActionPhase.VERIFIED)
                        .setEventTime(Samples.START)
                        .build()));
        assertThat(stage.ask("SELECT action_id, kind, phase, dry_run, alert_id FROM actions"))
                .isEqualTo("x-1|rollback|verified|true|null");
    }

    private <T extends SpecificRecord> void store(Topic topic, List<T> records) throws Exception {
        stage.send(topic, records);
        run(topic);
    }

    private void run(Topic topic) throws Exception {
        try (var sink = stage.start("--sink.batch-age=PT0.05S", "--sink.maximum-future=P3650D")) {
            await().atMost(PATIENCE).until(() -> stage.hasCommittedAll(topic) || sink.hasFailed());
            assertThat(sink.hasFailed()).isFalse();
        }
        assertThat(stage.meters().find("tidemark.sink.dead.letters").counters()).isEmpty();
    }
}
