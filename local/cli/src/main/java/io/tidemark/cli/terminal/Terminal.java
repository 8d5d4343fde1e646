package io.tidemark.cli.terminal;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command writes: results to standard output, notes and progress to standard error.
 *
 * @param outputIsTerminal whether a person looks at the results
 * @param errorIsTerminal whether a person looks at the notes, so that a line may be written again in place
 */
public record Terminal(PrintWriter output, PrintWriter error, boolean outputIsTerminal, boolean errorIsTerminal) {

    /** Set by the start script, which can ask for each stream; the JVM cannot. */
    private static final String OUTPUT_PROPERTY = "tidemark.terminal.output";

    private static final String ERROR_PROPERTY = "tidemark.terminal.error";

    /** The terminal of a command. */
    public static Terminal of(CommandSpec spec) {
        return new Terminal(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                Boolean.getBoolean(OUTPUT_PROPERTY),
                Boolean.getBoolean(ERROR_PROPERTY));
    }

    /** Writes a line of the result. */
    public void print(String line) {
        output.println(line);
        output.flush();
    }

    /** Writes a line that is not part of the result. */
    public void note(String line) {
        error.println(line);
        error.flush();
    }
}
