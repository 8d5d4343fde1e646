package io.tidemark.contracts.release;

import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One rollout so far, and what may be done with it next.
 *
 * @param started event that started it
 * @param last latest event
 * @param verdicts what the canary job found, in order; may be empty where nobody asks to promote
 */
public record RolloutHistory(Release started, Release last, List<Verdict> verdicts) {

    /** How long the replaced tuple is kept warm after a promotion, so that a rollback has somewhere to go. */
    public static final Duration KEPT_WARM = Duration.ofDays(7);

    public RolloutHistory {
        verdicts = List.copyOf(verdicts);
    }

    /** The rollout of an id; empty when none of that id was started. */
    public static Optional<RolloutHistory> find(String releaseId, List<Release> releases, List<Verdict> verdicts) {
        List<Release> own = releases.stream()
                .filter(release -> release.getRollout() != null
                        && release.getRollout().getReleaseId().equals(releaseId))
                .toList();
        Optional<Release> started = own.stream()
                .filter(release -> release.getRollout().getState() == RolloutState.STARTED)
                .findFirst();
        return started.map(first -> new RolloutHistory(first, own.get(own.size() - 1), verdicts));
    }

    /** The plan, as it was started. */
    public Rollout plan() {
        return started.getRollout();
    }

    /** Where it stands. */
    public RolloutState state() {
        return last.getRollout().getState();
    }

    /** The step of its ladder that it stands at, from 0. */
    public int step() {
        return last.getRollout().getStep();
    }

    private boolean isRunning() {
        return state() == RolloutState.STARTED || state() == RolloutState.STEPPED;
    }

    /** What the canary job found last. */
    public Optional<Verdict> lastVerdict() {
        return verdicts.isEmpty() ? Optional.empty() : Optional.of(verdicts.get(verdicts.size() - 1));
    }

    /** Whether the last verdict says promote, and is about the present step. */
    public boolean isPromotable() {
        return lastVerdict()
                .filter(verdict -> verdict.getVerdict() == VerdictKind.PROMOTE && verdict.getStep() == step())
                .isPresent();
    }

    /**
     * Checks that a promotion may still come.
     *
     * @throws ReleaseRefusedException when the rollout is over, or the verdict says rollback or reject
     */
    public void requireHopeful() {
        requireRunning();
        lastVerdict()
                .filter(verdict ->
                        verdict.getVerdict() == VerdictKind.ROLLBACK || verdict.getVerdict() == VerdictKind.REJECT)
                .ifPresent(verdict -> {
                    throw new ReleaseRefusedException(
                            "release '%s' is not promoted: %s".formatted(plan().getReleaseId(), standing()));
                });
    }

    /**
     * The event that moves the rollout on: to the next step, or from the last one to everybody.
     *
     * @throws ReleaseRefusedException when it is over, or the job has not said promote and no reason is given
     */
    public Release promoted(Instant now, String actor, String overrideReason) {
        requireRunning();
        if (!isPromotable() && overrideReason == null) {
            throw new ReleaseRefusedException(
                    "release '%s' is not promoted: %s; time alone never promotes. Give --override-reason to do it all the same"
                            .formatted(plan().getReleaseId(), standing()));
        }
        boolean isLast = step() + 1 >= plan().getLadderPercent().size();
        Rollout next = Rollout.newBuilder(plan())
                .setState(isLast ? RolloutState.PROMOTED : RolloutState.STEPPED)
                .setStep(isLast ? step() : step() + 1)
                .setOverrideReason(overrideReason)
                .setWarmUntil(isLast ? now.plus(KEPT_WARM) : null)
                .build();
        return event(next, now, actor);
    }

    /**
     * The event that ends the rollout with a rollback.
     *
     * @throws ReleaseRefusedException when it was rolled back before, or the control is no longer warm and no reason is given
     */
    public Release rolledBack(Instant now, String actor, String overrideReason) {
        if (state() == RolloutState.ROLLED_BACK || state() == RolloutState.ABORTED) {
            throw new ReleaseRefusedException(
                    "release '%s' is over: %s at %s".formatted(plan().getReleaseId(), state(), last.getEventTime()));
        }
        Instant warmUntil = last.getRollout().getWarmUntil();
        if (warmUntil != null && now.isAfter(warmUntil) && overrideReason == null) {
            throw new ReleaseRefusedException(
                    "the control of release '%s' was kept warm until %s only; start it again first, or give --override-reason"
                            .formatted(plan().getReleaseId(), warmUntil));
        }
        Rollout ended = Rollout.newBuilder(plan())
                .setState(RolloutState.ROLLED_BACK)
                .setStep(step())
                .setOverrideReason(overrideReason)
                .build();
        return event(ended, now, actor);
    }

    /** The command of a person, in the form in which the canary job gives its own. */
    public Verdict command(Instant now, String actor, String reason) {
        return Verdict.newBuilder()
                .setDecisionId(DecisionIds.decisionId(plan().getReleaseId(), VerdictKind.ROLLBACK, now.toEpochMilli()))
                .setReleaseId(plan().getReleaseId())
                .setTenant(started.getTenant())
                .setCandidate(plan().getCandidate())
                .setControl(plan().getControl())
                .setMode(plan().getMode())
                .setStep(step())
                .setVerdict(VerdictKind.ROLLBACK)
                .setReason("commanded by %s: %s".formatted(actor, reason))
                .setEventTime(now)
                .setRollbackTarget(plan().getControl())
                .setTargetAdapter(plan().getTargetAdapter())
                .setTarget(plan().getTarget())
                .setExpiresTime(now.plus(Duration.ofMinutes(15)))
                .build();
    }

    private void requireRunning() {
        if (!isRunning()) {
            throw new ReleaseRefusedException(
                    "release '%s' is over: %s at %s".formatted(plan().getReleaseId(), state(), last.getEventTime()));
        }
    }

    private String standing() {
        return lastVerdict()
                .map(verdict -> "the last verdict is %s at step %d (%s)"
                        .formatted(verdict.getVerdict(), verdict.getStep(), verdict.getReason()))
                .orElse("there is no verdict yet");
    }

    private Release event(Rollout rollout, Instant now, String actor) {
        return Release.newBuilder()
                .setEventId(DecisionIds.eventId(
                        rollout.getReleaseId(), rollout.getState() + "-" + rollout.getStep(), now.toEpochMilli()))
                .setTenant(started.getTenant())
                .setEventTime(now)
                .setActor(actor)
                .setRollout(rollout)
                .build();
    }
}
