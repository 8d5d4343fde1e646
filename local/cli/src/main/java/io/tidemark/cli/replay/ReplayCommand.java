package io.tidemark.cli.replay;

import io.tidemark.cli.format.ReplayFile;
import io.tidemark.cli.format.ReplayFormat;
import io.tidemark.cli.format.ReplayFormats;
import io.tidemark.cli.format.ReplayOptions;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays a file of recorded traffic. */
@Command(
        name = "replay",
        description = {
            "Replay recorded traffic through the whole pipeline, with its own event times.",
            "A second replay of the same content changes no answer: ids are derived from content and row."
        },
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    private static final String TEXT_FOLDER = "text";

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Parameters(paramLabel = "FILE", description = "The file, plain or gzip.")
    private Path file;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "F",
            description = "azure-llm, mooncake, scenario or tidemark.")
    private String format;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Multiple of real time; 0, the default, as fast as it goes.")
    private double speed;

    @Option(
            names = "--embedded",
            description = "Start an embedded stack for this replay when none has the data directory open.")
    private boolean embedded;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "Event time of offset 0 for formats with offsets only (default: 2026-01-01T00:00:00Z).")
    private Instant start = ReplayOptions.FIXED_EPOCH;

    @Option(
            names = "--texts",
            paramLabel = "DIR",
            description = "Folder with the texts of a scenario (default: the folder 'text' beside that of FILE).")
    private Path texts;

    @Option(
            names = "--tenant",
            paramLabel = "T",
            description = "Tenant for formats without one (default: the format's name).")
    private String tenant;

    @Option(
            names = "--baseline-seconds",
            paramLabel = "N",
            description =
                    "Take the first N seconds as the frozen baseline of drift (default: the baselines of live traffic).")
    private long baselineSeconds;

    @Option(
            names = "--drift-window",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Length of the windows in which drift is looked for, from the first event on (default: 300).")
    private int driftWindowSeconds;

    @Option(names = "--report", paramLabel = "FILE.json", description = "Write the figures of the replay there.")
    private Path report;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Give up when no stage has moved for so long (default: 300).")
    private long timeoutSeconds;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Terminal.of(spec);
        requireSensibleNumbers();
        ReplayFormat read = ReplayFormats.named(format);
        ReplayFile opened = ReplayFile.open(file);
        ReplayRequest request = new ReplayRequest(
                opened.contentHash(),
                opened.lines(),
                () -> read.open(opened, options()),
                speed,
                Duration.ofSeconds(timeoutSeconds),
                Duration.ofSeconds(baselineSeconds),
                Duration.ofSeconds(driftWindowSeconds));
        ReplayReport outcome;
        try (StackSupervisor supervisor = supervisor(terminal)) {
            outcome = new ReplayRun(supervisor, request, terminal, Clock.systemUTC()).execute();
        }
        if (report != null) {
            outcome.write(report);
        }
        if (json) {
            terminal.print(outcome.json());
        } else {
            outcome.lines().forEach(terminal::print);
        }
        return 0;
    }

    private StackSupervisor supervisor(Terminal terminal) {
        Optional<StackEndpoints> running = RunningStack.find(stack);
        if (running.isPresent()) {
            return StackSupervisor.beside(running.get(), stack.data(), stack.minimumFreeBytes(), terminal::note);
        }
        if (!embedded) {
            RunningStack.require(stack);
        }
        terminal.note("starting the stack with its data in %s ..."
                .formatted(stack.data().root()));
        return StackSupervisor.start(
                stack.data(), stack.external(), Ports.free(), stack.minimumFreeBytes(), terminal::note);
    }

    private ReplayOptions options() {
        ReplayOptions options = ReplayOptions.DEFAULT.withStart(start);
        options = tenant == null ? options : options.withTenant(tenant);
        return textFolder().map(options::withTexts).orElse(options);
    }

    /** Without a folder of texts traces carry none. */
    private Optional<Path> textFolder() {
        Path folder = file.toAbsolutePath().getParent();
        return texts != null
                ? Optional.of(texts)
                : Optional.of(folder.resolveSibling(TEXT_FOLDER)).filter(Files::isDirectory);
    }

    private void requireSensibleNumbers() {
        if (!(speed >= 0) || Double.isInfinite(speed)) {
            throw new ParameterException(
                    spec.commandLine(), "--speed = '%s' must be 0 or a positive number".formatted(speed));
        }
        if (timeoutSeconds <= 0) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout = '%d' must be positive".formatted(timeoutSeconds));
        }
        if (driftWindowSeconds <= 0) {
            throw new ParameterException(
                    spec.commandLine(), "--drift-window = '%d' must be positive".formatted(driftWindowSeconds));
        }
        if (baselineSeconds < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--baseline-seconds = '%d' must not be negative".formatted(baselineSeconds));
        }
    }
}
