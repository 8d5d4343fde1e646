package io.tidemark.jobs.canary;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.registry.TrustedRecords;
import java.time.Instant;
import java.util.List;

/** Rollouts for tests: prompt p9 against p8. */
final class Releases {

    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    static final String RELEASE = "release-1";
    static final VersionTuple CONTROL = tuple("m1", "p8");
    static final VersionTuple CANDIDATE = tuple("m1", "p9");

    static {
        TrustedRecords.register();
    }

    private Releases() {}

    static VersionTuple tuple(String model, String prompt) {
        return new VersionTuple(model, "none", prompt, "t1", "none", "e1", "vllm");
    }

    static Guardrail guardrail(String measure, double tolerance, double weight) {
        return Guardrail.newBuilder()
                .setMeasure(measure)
                .setTolerance(tolerance)
                .setRelative(true)
                .setAlphaWeight(weight)
                .setMinimumCount(30)
                .build();
    }

    static Rollout.Builder rollout(RolloutState state, Guardrail... guardrails) {
        return Rollout.newBuilder()
                .setReleaseId(RELEASE)
                .setState(state)
                .setCandidate(CANDIDATE.toAvro())
                .setControl(CONTROL.toAvro())
                .setMode(TrafficRole.CANARY)
                .setLadderPercent(List.of(5.0, 50.0, 100.0))
                .setTargetAdapter("dry-run")
                .setTarget("chat")
                .setGuardrails(List.of(guardrails));
    }

    static Release event(Rollout rollout, Instant time) {
        return Release.newBuilder()
                .setEventId(rollout.getReleaseId() + rollout.getState() + time)
                .setEventTime(time)
                .setRollout(rollout)
                .build();
    }

    static RolloutPlan plan(Rollout rollout) {
        return RolloutPlan.of("*", rollout, START);
    }
}
