package io.tidemark.alerts;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.avro.VersionTupleRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Signals and verdicts as the jobs write them. */
public final class Signals {

    /** When the traffic of the tests begins. */
    public static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private Signals() {}

    /** A slice of one tenant. */
    public static SliceRef tenant(String tenant) {
        return SliceRef.newBuilder()
                .setSliceLevel("tenant")
                .setTenant(tenant)
                .setRole(TrafficRole.PRODUCTION)
                .setLabels(Map.of())
                .build();
    }

    /** All traffic. */
    public static SliceRef everything() {
        return SliceRef.newBuilder()
                .setSliceLevel("all")
                .setRole(TrafficRole.PRODUCTION)
                .setLabels(Map.of())
                .build();
    }

    /** A breach that began at a time and still lasts at another, in seconds from the start. */
    public static Signal breach(String rule, SliceRef slice, long onsetSecond, long second) {
        return signal(rule, slice, onsetSecond, second, true);
    }

    /** The end of a breach. */
    public static Signal clear(String rule, SliceRef slice, long onsetSecond, long second) {
        return signal(rule, slice, onsetSecond, second, false);
    }

    private static Signal signal(String rule, SliceRef slice, long onsetSecond, long second, boolean breached) {
        return Signal.newBuilder()
                .setRuleId(rule)
                .setSlice(slice)
                .setBreached(breached)
                .setSeverity(Severity.WARNING)
                .setKind("error")
                .setOnsetTime(START.plusSeconds(onsetSecond))
                .setEventTime(START.plusSeconds(second))
                .setSustainSeconds(120)
                .setResolveSeconds(300)
                .setEvidence(List.of(Evidence.newBuilder()
                        .setMeasure("errors")
                        .setObserved(0.02)
                        .setExpected(0.005)
                        .setN(5_000)
                        .setWindows(List.of(START.plusSeconds(onsetSecond)))
                        .build()))
                .setSummary("errors are up")
                .build();
    }

    /** A version that differs in its prompt. */
    public static VersionTupleRecord version(String prompt) {
        return new VersionTuple("model-1", "none", prompt, "tools-1", "none", "pass-1", "serve-1").toAvro();
    }

    /** The decision to take a release back. */
    public static Verdict rollback(String release, String decision, Instant time, String adapter, String target) {
        return Verdict.newBuilder()
                .setReleaseId(release)
                .setDecisionId(decision)
                .setTenant("tenant-a")
                .setVerdict(VerdictKind.ROLLBACK)
                .setReason("errors of the candidate are up")
                .setCandidate(version("p8"))
                .setControl(version("p7"))
                .setRollbackTarget(version("p7"))
                .setOnsetTime(time.minusSeconds(40))
                .setEventTime(time)
                .setExpiresTime(time.plusSeconds(900))
                .setTargetAdapter(adapter)
                .setTarget(target)
                .setAttribution("prompt")
                .setGuardrails(List.of(io.tidemark.contracts.avro.GuardrailFinding.newBuilder()
                        .setMeasure("errors")
                        .setFinding(io.tidemark.contracts.avro.FindingKind.REGRESSED)
                        .setCandidateN(180)
                        .setControlN(3_400)
                        .setEvidence(Evidence.newBuilder()
                                .setMeasure("errors")
                                .setObserved(0.12)
                                .setExpected(0.01)
                                .setEValue(900.0)
                                .setN(180)
                                .build())
                        .build()))
                .build();
    }
}
