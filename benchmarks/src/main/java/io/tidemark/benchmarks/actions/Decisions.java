package io.tidemark.benchmarks.actions;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.FindingKind;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Verdicts and signals that lead to one action each, every one on a target of its own. */
final class Decisions {

    private static final long SAMPLES = 1_000;
    private static final long SECONDS_TO_EXPIRY = 3_600;

    private Decisions() {}

    static String target(String kind, int number) {
        return kind + "-" + number;
    }

    /** A verdict that asks for a rollback. */
    static Verdict rollback(String series, int number, Instant now) {
        Instant time = now.truncatedTo(ChronoUnit.MICROS);
        return Verdict.newBuilder()
                .setReleaseId("%s-%d".formatted(series, number))
                .setDecisionId("rollback-%s-%d".formatted(series, number))
                .setTenant("tenant-a")
                .setVerdict(VerdictKind.ROLLBACK)
                .setCandidate(version("p8", number).toAvro())
                .setControl(version("p7", number).toAvro())
                .setRollbackTarget(version("p7", number).toAvro())
                .setOnsetTime(time.minusSeconds(30))
                .setEventTime(time)
                .setExpiresTime(time.plusSeconds(SECONDS_TO_EXPIRY))
                .setTargetAdapter("webhook")
                .setTarget(target("rollback", number))
                .setGuardrails(List.of(GuardrailFinding.newBuilder()
                        .setMeasure("errors")
                        .setFinding(FindingKind.REGRESSED)
                        .setEvidence(Evidence.newBuilder()
                                .setMeasure("errors")
                                .setObserved(0.12)
                                .setExpected(0.01)
                                .setEValue((double) SAMPLES)
                                .setN(SAMPLES)
                                .build())
                        .build()))
                .build();
    }

    /** A signal that asks for a training. */
    static Signal retrain(String series, int number, Instant now) {
        Instant time = now.truncatedTo(ChronoUnit.MICROS);
        VersionTuple version = version("p7", number);
        return Signal.newBuilder()
                .setSignalId("retrain-%s-%d".formatted(series, number))
                .setRuleId("quality-" + series)
                .setDecisionId("retrain-%s-%d".formatted(series, number))
                .setSlice(SliceRef.newBuilder()
                        .setSliceLevel("tenant_version")
                        .setTenant("tenant-a")
                        .setVersionId(version.versionId())
                        .setVersion(version.toAvro())
                        .setRole(TrafficRole.PRODUCTION)
                        .setLabels(Map.of())
                        .build())
                .setBreached(true)
                .setSeverity(Severity.WARNING)
                .setKind("quality")
                .setOnsetTime(time)
                .setEventTime(time)
                .setAction("retrain")
                .setTargetAdapter("webhook")
                .setTarget(target("retrain", number))
                .setEvidence(List.of(Evidence.newBuilder()
                        .setMeasure("confidence")
                        .setEValue((double) SAMPLES)
                        .setN(SAMPLES)
                        .build()))
                .build();
    }

    private static VersionTuple version(String prompt, int number) {
        return new VersionTuple("model-1", "tune-" + number, prompt, "none", "none", "pass-1", "serve-1");
    }
}
