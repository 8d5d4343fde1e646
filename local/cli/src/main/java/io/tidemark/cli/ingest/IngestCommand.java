package io.tidemark.cli.ingest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks into what the gateway takes in. */
@Command(
        name = "ingest",
        description = "Look into what the gateway takes in.",
        mixinStandardHelpOptions = true,
        subcommands = {DecodeCommand.class, KeyCommand.class})
public final class IngestCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
