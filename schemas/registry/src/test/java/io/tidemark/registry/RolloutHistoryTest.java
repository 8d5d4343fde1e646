package io.tidemark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.avro.VersionTupleRecord;
import io.tidemark.contracts.release.ReleaseRefusedException;
import io.tidemark.contracts.release.RolloutHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutHistoryTest {

    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final Instant NOW = START.plusSeconds(3_600);

    private final List<Release> releases = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();

    RolloutHistoryTest() {
        TrustedRecords.register();
        Rollout rollout = Rollout.newBuilder()
                .setReleaseId("r-1")
                .setState(RolloutState.STARTED)
                .setCandidate(withPrompt("p9"))
                .setControl(withPrompt("p8"))
                .setLadderPercent(List.of(5.0, 100.0))
                .setTargetAdapter("dry-run")
                .build();
        releases.add(Release.newBuilder()
                .setEventId("e-1")
                .setTenant("acme")
                .setEventTime(START)
                .setRollout(rollout)
                .build());
    }

    @Test
    void withoutAVerdictThatSaysSoNothingIsPromoted() {
        assertThatThrownBy(() -> history().promoted(NOW, "me", null))
                .isInstanceOf(ReleaseRefusedException.class)
                .hasMessage("release 'r-1' is not promoted: there is no verdict yet; time alone never promotes. "
                        + "Give --override-reason to do it all the same");
        verdict(VerdictKind.HOLD, 0);
        assertThatThrownBy(() -> history().promoted(NOW, "me", null)).hasMessageContaining("the last verdict is HOLD");
        assertThat(history().promoted(NOW, "me", "tested by hand").getRollout().getOverrideReason())
                .isEqualTo("tested by hand");
    }

    @Test
    void aPromotionGoesStepByStepAndKeepsTheControlWarm() {
        verdict(VerdictKind.PROMOTE, 0);
        Release stepped = history().promoted(NOW, "me", null);
        assertThat(stepped.getRollout().getState()).isEqualTo(RolloutState.STEPPED);
        assertThat(stepped.getRollout().getStep()).isEqualTo(1);
        assertThat(stepped.getTenant()).isEqualTo("acme");
        releases.add(stepped);

        assertThatThrownBy(() -> history().promoted(NOW, "me", null))
                .as("the verdict was about the step before")
                .hasMessageContaining("the last verdict is PROMOTE at step 0");

        verdict(VerdictKind.PROMOTE, 1);
        Release promoted = history().promoted(NOW, "me", null);
        assertThat(promoted.getRollout().getState()).isEqualTo(RolloutState.PROMOTED);
        assertThat(promoted.getRollout().getWarmUntil()).isEqualTo(NOW.plus(Duration.ofDays(7)));
        releases.add(promoted);
        assertThatThrownBy(() -> history().promoted(NOW, "me", null))
                .hasMessageStartingWith("release 'r-1' is over: PROMOTED");
    }

    @Test
    void aRollbackNeedsAWarmControl() {
        verdict(VerdictKind.PROMOTE, 0);
        releases.add(history().promoted(NOW, "me", null));
        verdict(VerdictKind.PROMOTE, 1);
        releases.add(history().promoted(NOW, "me", null));

        assertThat(history()
                        .rolledBack(NOW.plus(Duration.ofDays(6)), "me", null)
                        .getRollout()
                        .getState())
                .isEqualTo(RolloutState.ROLLED_BACK);
        assertThatThrownBy(() -> history().rolledBack(NOW.plus(Duration.ofDays(8)), "me", null))
                .hasMessageContaining("was kept warm until 2026-01-12T01:00:00Z only");
        assertThat(history().rolledBack(NOW.plus(Duration.ofDays(8)), "me", "started by hand"))
                .isNotNull();
    }

    @Test
    void theCommandOfAPersonLooksLikeAVerdict() {
        Verdict command = history().command(NOW, "ada", "customers complain");
        assertThat(command.getVerdict()).isEqualTo(VerdictKind.ROLLBACK);
        assertThat(command.getReason()).isEqualTo("commanded by ada: customers complain");
        assertThat(command.getRollbackTarget()).isEqualTo(command.getControl());
        assertThat(command.getDecisionId()).hasSize(32);
        releases.add(history().rolledBack(NOW, "ada", null));
        assertThatThrownBy(() -> history().rolledBack(NOW, "ada", null)).hasMessageContaining("is over: ROLLED_BACK");
    }

    private static VersionTupleRecord withPrompt(String prompt) {
        return VersionTupleRecord.newBuilder(VersionTuple.unknown().toAvro())
                .setPrompt(prompt)
                .build();
    }

    private RolloutHistory history() {
        return RolloutHistory.find("r-1", releases, verdicts).orElseThrow();
    }

    private void verdict(VerdictKind kind, int step) {
        verdicts.add(Verdict.newBuilder()
                .setReleaseId("r-1")
                .setVerdict(kind)
                .setStep(step)
                .build());
    }
}
