package io.tidemark.cli.release;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.contracts.release.RolloutHistory;
import io.tidemark.registry.ReleaseLog;
import io.tidemark.registry.TrustedRecords;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Names a release that is to be changed, and who changes it. */
final class ReleaseChoice {

    @Mixin
    private StackOptions stack;

    @Mixin
    private Actor actor;

    @Parameters(paramLabel = "ID", description = "Id of the release.")
    private String release;

    private ReleaseLog log;

    String id() {
        return release;
    }

    String actor() {
        return actor.name();
    }

    /** The topics of the stack. */
    ReleaseLog log() {
        if (log == null) {
            TrustedRecords.register();
            log = RunningStack.require(stack).releaseLog("");
        }
        return log;
    }

    /**
     * The release as it stands now.
     *
     * @throws CommandFailure when there is none of that id
     */
    RolloutHistory history() {
        return RolloutHistory.find(release, log().releases(), log().verdicts(release))
                .orElseThrow(() -> new CommandFailure(
                        "there is no release '%s'; ./tidemark release status lists them".formatted(release)));
    }
}
