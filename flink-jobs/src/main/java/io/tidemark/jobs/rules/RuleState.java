package io.tidemark.jobs.rules;

import io.tidemark.jobs.rules.evaluation.Assessment;
import io.tidemark.jobs.rules.evaluation.Assessment.State;
import io.tidemark.jobs.rules.evaluation.SliceTest;

/** Where one slice stands under one rule. */
final class RuleState {

    static final long NOT_BREACHED = Long.MIN_VALUE;

    private static final long PANE_MILLIS = 10_000;

    final RuleBook.Published rule;
    final SliceTest test;
    long breachedSinceMillis;
    Assessment latest = Assessment.NONE;

    RuleState(RuleBook.Published rule, SliceTest test, long breachedSinceMillis) {
        this.rule = rule;
        this.test = test;
        this.breachedSinceMillis = breachedSinceMillis;
    }

    boolean isBreached() {
        return breachedSinceMillis != NOT_BREACHED;
    }

    /** Whether a breach would begin now if the evidence, where there must be some, sufficed. */
    boolean isCandidate() {
        return !isBreached() && latest.state() == State.BEYOND;
    }

    /** Whether the evidence counts among those that share the error budget. */
    boolean isHypothesis() {
        return latest.needsEvidence() && latest.state() != State.INSUFFICIENT;
    }

    /** Whether the slice must be looked at even when it sends nothing. */
    boolean isHot() {
        return isBreached() || latest.state() == State.BEYOND;
    }

    void begin(long tickMillis) {
        boolean isKnown = latest.onsetMillis() != Assessment.UNKNOWN_ONSET;
        breachedSinceMillis = isKnown ? latest.onsetMillis() : tickMillis - PANE_MILLIS;
    }

    /** Ends a breach that is over, or whose slice is gone. */
    boolean endIfOver(long tickMillis, long lastRowMillis) {
        boolean isGone =
                tickMillis - lastRowMillis > rule.rule().test().patience().toMillis();
        if (!isBreached() || latest.state() != State.WITHIN && !isGone) {
            return false;
        }
        breachedSinceMillis = NOT_BREACHED;
        test.restart(tickMillis);
        return true;
    }
}
