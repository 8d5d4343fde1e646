package io.tidemark.cli.drift;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Drift: what moved, and what a person makes of it. */
@Command(
        name = "drift",
        description = {
            "Show what drifted, and close the loop: accept the drift as the new baseline, or ask for retraining.",
            "An alert of drift is triaged with './tidemark alerts ack'."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DriftReport.class, DriftAccept.class, DriftRetrain.class})
public final class DriftCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: report, accept or retrain");
    }
}
