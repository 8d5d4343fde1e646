package io.tidemark.jobs.canary;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.RandomisationUnit;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.canary.pair.AgreementRule;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What a rollout is, as it was started.
 *
 * @param releaseId id of the release
 * @param tenant tenant that it is for, or {@link #EVERY_TENANT}
 * @param candidate tuple under test
 * @param control tuple that it is compared with, and the first to go back to
 * @param mode canary, shadow, or production for an A/B test
 * @param ladderPercent planned shares in percent
 * @param dwellMillis shortest stay at a step
 * @param guards what the candidate is held against
 * @param unit what is randomised
 * @param targetAdapter adapter that serves a rollback; null for none
 * @param target name of the target in the adapter; null for none
 * @param startMillis when it began, milliseconds since the epoch
 */
record RolloutPlan(
        String releaseId,
        String tenant,
        VersionTuple candidate,
        VersionTuple control,
        TrafficRole mode,
        List<Double> ladderPercent,
        long dwellMillis,
        List<Guard> guards,
        RandomisationUnit unit,
        String targetAdapter,
        String target,
        long startMillis) {

    /** Stands for all tenants. */
    static final String EVERY_TENANT = "*";

    private static final long MILLIS_PER_SECOND = 1_000;

    /**
     * The plan in a release.
     *
     * @throws IllegalArgumentException when it cannot be watched; the message says why
     */
    static RolloutPlan of(String tenant, Rollout rollout, Instant start) {
        if (rollout.getReleaseId().isEmpty()) {
            throw new IllegalArgumentException("a rollout without release_id");
        }
        VersionTuple candidate = VersionTuple.from(rollout.getCandidate());
        VersionTuple control = VersionTuple.from(rollout.getControl());
        if (candidate.equals(control)) {
            throw new IllegalArgumentException(
                    "candidate and control of release '%s' are the same".formatted(rollout.getReleaseId()));
        }
        Long dwell = rollout.getMinimumDwellSeconds();
        return new RolloutPlan(
                rollout.getReleaseId(),
                tenant,
                candidate,
                control,
                rollout.getMode(),
                List.copyOf(rollout.getLadderPercent()),
                dwell == null ? 0 : dwell * MILLIS_PER_SECOND,
                Guard.of(rollout.getGuardrails(), rollout.getAlpha()),
                rollout.getUnit(),
                rollout.getTargetAdapter(),
                rollout.getTarget(),
                start.toEpochMilli());
    }

    /** Whether traffic of a tenant takes part. */
    boolean covers(String other) {
        return tenant.equals(EVERY_TENANT) || tenant.equals(other);
    }

    boolean isShadow() {
        return mode == TrafficRole.SHADOW;
    }

    /** Whether it asks which of two is better, and not whether the candidate does harm. */
    boolean isComparison() {
        return mode == TrafficRole.PRODUCTION;
    }

    /** Whether some guardrail waits for outcomes. */
    boolean needsOutcomes() {
        return guards.stream().anyMatch(guard -> guard.measure().outcomes().isPresent());
    }

    /** Rules of which a judge's word on pairs is waited for, as bits. */
    int awaitedRules() {
        return Arrays.stream(AgreementRule.values())
                .filter(AgreementRule::isJudged)
                .filter(rule -> isShadow() && guards.stream().anyMatch(guard -> rule.isOf(guard.measure())))
                .mapToInt(AgreementRule::bit)
                .sum();
    }

    /** Bits of the components in which the candidate differs from the control. */
    int changedComponents() {
        return differences(candidate, control);
    }

    /**
     * Which components of a tuple have the candidate's value and not the control's, as bits; -1 when some component has
     * neither, so that the tuple says nothing about this rollout.
     */
    int changedIn(VersionTuple tuple) {
        int changed = 0;
        List<String> values = tuple.components();
        for (int i = 0; i < values.size(); i++) {
            boolean isControl = values.get(i).equals(control.components().get(i));
            boolean isCandidate = values.get(i).equals(candidate.components().get(i));
            if (!isControl && !isCandidate) {
                return -1;
            }
            changed |= isControl ? 0 : 1 << i;
        }
        return changed;
    }

    private static int differences(VersionTuple left, VersionTuple right) {
        int bits = 0;
        for (int i = 0; i < left.components().size(); i++) {
            bits |= left.components().get(i).equals(right.components().get(i)) ? 0 : 1 << i;
        }
        return bits;
    }
}
