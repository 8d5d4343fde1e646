package io.tidemark.jobs.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReleaseBookTest {

    private static final Instant START = Releases.START;
    private final ReleaseBook book = new ReleaseBook();

    @Test
    void aRolloutIsActiveFromItsStartToItsEndAndKnowsItsSteps() {
        book.add(event(Releases.RELEASE, RolloutState.STARTED, 0, START));
        book.add(event(Releases.RELEASE, RolloutState.STEPPED, 1, START.plusSeconds(100)));
        book.add(event(Releases.RELEASE, RolloutState.ABORTED, 1, START.plusSeconds(200)));

        long start = START.toEpochMilli();
        assertThat(book.isActive(Releases.RELEASE, start - 1)).isFalse();
        assertThat(book.isActive(Releases.RELEASE, start)).isTrue();
        assertThat(book.isActive(Releases.RELEASE, start + 200_000)).isFalse();
        assertThat(book.step(Releases.RELEASE, start + 99_999).getValue()).isZero();
        assertThat(book.step(Releases.RELEASE, start + 100_000).getValue()).isEqualTo(1);
    }

    @Test
    void aRepeatedEventChangesNothingAndAStrayOneIsRefused() {
        Release started = event(Releases.RELEASE, RolloutState.STARTED, 0, START);
        assertThat(book.add(started)).isTrue();
        assertThat(book.add(started)).isFalse();
        assertThatThrownBy(() -> book.add(event("other", RolloutState.STEPPED, 1, START)))
                .hasMessage("STEPPED of release 'other', which was never started");
        Rollout same = Releases.rollout(RolloutState.STARTED).build();
        same.setReleaseId("same");
        same.setControl(same.getCandidate());
        assertThatThrownBy(() -> book.add(Releases.event(same, START)))
                .hasMessage("candidate and control of release 'same' are the same");
    }

    @Test
    void fallbacksFollowTheChainOfPromotionsAsLongAsTheyAreWarm() {
        VersionTuple p6 = Releases.tuple("m1", "p6");
        VersionTuple p7 = Releases.tuple("m1", "p7");
        promote("r-6", p6, p7, START.minusSeconds(2_000), START.minusSeconds(1_900));
        promote("r-7", p7, Releases.CONTROL, START.minusSeconds(1_000), START.minusSeconds(900));
        book.add(event(Releases.RELEASE, RolloutState.STARTED, 0, START));
        RolloutPlan plan = book.plan(Releases.RELEASE);

        assertThat(book.fallbacks(plan, START.toEpochMilli())).containsExactly(p7, p6);
        assertThat(book.fallbacks(plan, START.plus(Duration.ofDays(8)).toEpochMilli()))
                .as("a week later nothing is kept warm")
                .isEmpty();
    }

    private void promote(String id, VersionTuple control, VersionTuple candidate, Instant start, Instant end) {
        for (RolloutState state : new RolloutState[] {RolloutState.STARTED, RolloutState.PROMOTED}) {
            Rollout rollout = Releases.rollout(state).build();
            rollout.setReleaseId(id);
            rollout.setControl(control.toAvro());
            rollout.setCandidate(candidate.toAvro());
            boolean isEnd = state == RolloutState.PROMOTED;
            rollout.setWarmUntil(isEnd ? end.plus(Duration.ofDays(7)) : null);
            book.add(Releases.event(rollout, isEnd ? end : start));
        }
    }

    private static Release event(String id, RolloutState state, int step, Instant time) {
        Rollout rollout = Releases.rollout(state).build();
        rollout.setReleaseId(id);
        rollout.setStep(step);
        return Releases.event(rollout, time);
    }
}
