package io.tidemark.benchmarks.canary;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.registry.TrustedRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rollout that is simulated: errors hold 0.3 of an error budget of 1 %. */
final class Rollouts {

    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    static final VersionTuple CONTROL = new VersionTuple("m1", "none", "p8", "t1", "none", "e1", "vllm");
    static final VersionTuple CANDIDATE = new VersionTuple("m1", "none", "p9", "t1", "none", "e2", "vllm");

    static final String RELEASE = "simulated";

    private static final double ALPHA = 0.01;

    /** Relative: the candidate may have up to this much more than the control. */
    static final double TOLERANCE = 0.1;

    static {
        TrustedRecords.register();
    }

    private Rollouts() {}

    /** The start of a rollout and the steps of its ladder, at equal distances. */
    static List<Release> of(List<Double> ladder, long stepSeconds) {
        List<Release> releases = new ArrayList<>();
        releases.add(event(RolloutState.STARTED, 0, ladder, START));
        for (int step = 1; step < ladder.size(); step++) {
            releases.add(event(RolloutState.STEPPED, step, ladder, START.plusSeconds(step * stepSeconds)));
        }
        return releases;
    }

    private static Release event(RolloutState state, int step, List<Double> ladder, Instant time) {
        Rollout rollout = Rollout.newBuilder()
                .setReleaseId(RELEASE)
                .setState(state)
                .setStep(step)
                .setCandidate(CANDIDATE.toAvro())
                .setControl(CONTROL.toAvro())
                .setMode(TrafficRole.CANARY)
                .setLadderPercent(ladder)
                .setAlpha(ALPHA)
                .setGuardrails(
                        List.of(guardrail("errors", 0.3), guardrail("refusals", 0.3), guardrail("ttft_p95", 0.4)))
                .build();
        return Release.newBuilder()
                .setEventId(state + "-" + step)
                .setEventTime(time)
                .setActor("simulation")
                .setRollout(rollout)
                .build();
    }

    private static Guardrail guardrail(String measure, double weight) {
        return Guardrail.newBuilder()
                .setMeasure(measure)
                .setTolerance(TOLERANCE)
                .setRelative(true)
                .setAlphaWeight(weight)
                .setMinimumCount(30)
                .build();
    }
}
