package io.tidemark.cli.drift;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Baselines of drift. */
@Command(
        name = "baseline",
        description = "Make baselines of drift, list and show them, and put one in force.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BaselineCreate.class, BaselineList.class, BaselineShow.class, BaselineActivate.class})
public final class BaselineCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: create, list, show or activate");
    }
}
