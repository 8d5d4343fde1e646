package io.tidemark.cli;

import io.tidemark.cli.alert.ActionsCommand;
import io.tidemark.cli.alert.AlertsCommand;
import io.tidemark.cli.alert.SilenceCommand;
import io.tidemark.cli.deadletter.DeadLetterCommand;
import io.tidemark.cli.demo.DemoCommand;
import io.tidemark.cli.doctor.DoctorCommand;
import io.tidemark.cli.drift.BaselineCommand;
import io.tidemark.cli.drift.DriftCommand;
import io.tidemark.cli.ingest.IngestCommand;
import io.tidemark.cli.query.QueryCommand;
import io.tidemark.cli.release.ReleaseCommand;
import io.tidemark.cli.replay.ReplayCommand;
import io.tidemark.cli.rules.RulesCommand;
import io.tidemark.cli.stack.UpCommand;
import io.tidemark.cli.stats.StatsCommand;
import io.tidemark.cli.tail.TailCommand;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Entry point of the command line. */
@Command(
        name = "tidemark",
        description = "Telemetry and drift analysis for LLM and ML inference.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ReplayCommand.class,
            QueryCommand.class,
            TailCommand.class,
            AlertsCommand.class,
            SilenceCommand.class,
            ActionsCommand.class,
            DeadLetterCommand.class,
            RulesCommand.class,
            IngestCommand.class,
            ReleaseCommand.class,
            BaselineCommand.class,
            DriftCommand.class,
            DoctorCommand.class,
            StatsCommand.class
        })
public final class Tidemark implements Runnable {

    private static final String DEBUG = "--debug";

    @Spec
    private CommandSpec spec;

    @Option(
            names = DEBUG,
            scope = ScopeType.INHERIT,
            description = "Show stack traces, and the warnings of libraries, on standard error.")
    private boolean debug;

    boolean debug() {
        return debug;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /** The command line with all its commands; its output may be redirected before it is executed. */
    public static CommandLine commandLine() {
        FailureReport failures = new FailureReport();
        return new CommandLine(new Tidemark())
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Runs one command; the exit code is 0 only for success. */
    public static void main(String[] arguments) {
        if (List.of(arguments).contains(DEBUG)) {
            System.setProperty("tidemark.log.level", "warn");
        }
        System.exit(
                commandLine().setOut(utf8(System.out)).setErr(utf8(System.err)).execute(arguments));
    }

    /** Whatever the locale is: tables and tenants hold more than ASCII. */
    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
