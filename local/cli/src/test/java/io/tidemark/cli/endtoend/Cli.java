package io.tidemark.cli.endtoend;

import io.tidemark.cli.Tidemark;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Result of a command that ran in this process.
 *
 * @param exitCode exit code
 * @param output standard output
 * @param error standard error
 */
record Cli(int exitCode, String output, String error) {

    static Cli run(Object... arguments) {
        StringWriter output = new StringWriter();
        StringWriter error = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int exitCode = Tidemark.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(error, true))
                .execute(texts);
        return new Cli(exitCode, output.toString(), error.toString());
    }
}
