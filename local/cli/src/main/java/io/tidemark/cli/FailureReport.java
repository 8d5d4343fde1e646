package io.tidemark.cli;

import io.tidemark.contracts.release.ReleaseRefusedException;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.registry.ReleaseLogException;
import io.tidemark.sink.migration.MigrationException;
import io.tidemark.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns a failure into one sentence on standard error and an exit code; the stack trace is shown on demand only. */
final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final String NO_SPACE = "No space left on device";

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter error = command.getErr();
        error.println("tidemark: " + sentence(failure));
        if (command.getCommandSpec().root().userObject() instanceof Tidemark root && root.debug()) {
            failure.printStackTrace(error);
        }
        error.flush();
        return FAILED;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter error = command.getErr();
        error.println("tidemark: %s; see `%s --help`"
                .formatted(
                        firstLine(failure.getMessage()),
                        command.getCommandSpec().qualifiedName()));
        error.flush();
        return WRONG_USAGE;
    }

    static String sentence(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (isDiskFull(failure)) {
            return "the disk is full; free some space and run the command again (%s)".formatted(cause.getMessage());
        }
        if (isPlain(cause)) {
            return cause.getMessage();
        }
        return "unexpected failure, %s: %s; `tidemark --debug ...` shows where it comes from"
                .formatted(cause.getClass().getSimpleName(), firstLine(cause.getMessage()));
    }

    /** Failures whose message was written for people. */
    private static boolean isPlain(Throwable failure) {
        return failure instanceof CommandFailure
                || failure instanceof ReleaseRefusedException
                || failure instanceof ReleaseLogException
                || failure instanceof StackException
                || failure instanceof MigrationException
                || failure instanceof ConfigurationException;
    }

    private static boolean isDiskFull(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof IOException && String.valueOf(each.getMessage()).contains(NO_SPACE)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable current = failure;
        while (isWrapper(current) && current.getCause() != null) {
            current = current.getCause();
        }
        return current;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof ExecutionException
                || failure instanceof CompletionException
                || failure instanceof UncheckedIOException;
    }

    private static String firstLine(String message) {
        return message == null
                ? "no further message"
                : message.lines().findFirst().orElse("");
    }
}
