package io.tidemark.cli.stats;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks on the statistics behind alerts. */
@Command(
        name = "stats",
        description = "Check the statistics behind alerts.",
        mixinStandardHelpOptions = true,
        subcommands = StatsCheckCommand.class)
public final class StatsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
