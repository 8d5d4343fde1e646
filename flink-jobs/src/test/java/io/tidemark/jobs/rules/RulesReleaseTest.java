package io.tidemark.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.VersionTupleRecord;
import io.tidemark.registry.TrustedRecords;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a rule's signal says about a version that is being rolled out. */
class RulesReleaseTest {

    static {
        TrustedRecords.register();
    }

    @Test
    void theSignalOfACandidateNamesWhatIsNewAboutIt() throws Exception {
        VersionTupleRecord candidate =
                VersionTupleRecord.newBuilder().setPrompt("p9").build();

        assertThat(signals(release(candidate))).isNotEmpty().allSatisfy(signal -> {
            assertThat(signal.getAttribution()).isEqualTo("prompt");
            assertThat(signal.getSummary()).endsWith("release r-9 rolls it out");
        });
    }

    @Test
    void severalChangesAreNotToldApartAndOtherVersionsAreNoRollouts() throws Exception {
        VersionTupleRecord both =
                VersionTupleRecord.newBuilder().setPrompt("p9").build();
        Release two = release(both);
        two.getRollout().getControl().setBaseModel("m0");
        assertThat(signals(two)).isNotEmpty().allSatisfy(signal -> assertThat(signal.getAttribution())
                .isEqualTo("NOT_IDENTIFIABLE"));

        VersionTupleRecord other =
                VersionTupleRecord.newBuilder().setPrompt("p7").build();
        assertThat(signals(release(other))).isNotEmpty().allSatisfy(signal -> assertThat(signal.getAttribution())
                .isNull());
    }

    private static Release release(VersionTupleRecord candidate) {
        Rollout rollout = Rollout.newBuilder()
                .setReleaseId("r-9")
                .setState(RolloutState.STARTED)
                .setCandidate(candidate)
                .setControl(VersionTupleRecord.newBuilder().setPrompt("p8").build())
                .setLadderPercent(List.of(5.0))
                .build();
        return Release.newBuilder()
                .setEventId("e-1")
                .setEventTime(Instant.EPOCH)
                .setRollout(rollout)
                .build();
    }

    /** Signals about version p9, of which a tenth of the calls fails. */
    private static List<Signal> signals(Release release) throws Exception {
        try (RulesRun run = RulesRun.shipped("error-rate")) {
            run.release(release);
            for (long time = 0; time < 10 * Traffic.MINUTE; time += Panes.PANE_MILLIS) {
                run.send(Panes.count(Panes.row("version", null, "p9", null, time), "errors", 10, 100));
                run.timeIs(time + Panes.PANE_MILLIS - 1);
            }
            return run.signals();
        }
    }
}
