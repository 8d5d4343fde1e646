package io.tidemark.cli.release;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rollouts. */
@Command(
        name = "release",
        description = "Start a rollout, show where it stands, promote it or roll it back; record other changes.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ReleaseStart.class,
            ReleaseStatus.class,
            ReleasePromote.class,
            ReleaseRollback.class,
            ReleaseChange.class
        })
public final class ReleaseCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: start, status, promote, rollback or change");
    }
}
