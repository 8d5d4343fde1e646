package io.tidemark.cli.release;

import picocli.CommandLine.Option;

/** Who gives a command: it is part of the audit. */
final class Actor {

    @Option(names = "--actor", paramLabel = "NAME", description = "Who does this, for the audit (default: the user).")
    private String name = System.getProperty("user.name", "unknown");

    String name() {
        return name;
    }
}
