package io.tidemark.cli.demo;

import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.replay.ReplayReport;
import io.tidemark.cli.replay.ReplayRequest;
import io.tidemark.cli.replay.ReplayRun;
import io.tidemark.cli.stack.ClickHouseAccess;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the pipeline at work on invented traffic. */
@Command(
        name = "demo",
        description = {
            "Run invented traffic with a planted bad prompt version through the whole pipeline,",
            "and find the regression in SQL."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    private static final Instant END = Instant.parse("2026-01-01T14:00:00Z");
    private static final Duration SPAN = Duration.ofHours(2);
    private static final long SEED = 1;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Option(
            names = "--keep",
            description = "Keep the data in the directory of --data; otherwise a temporary one is used and deleted.")
    private boolean keep;

    @Option(
            names = "--traces",
            paramLabel = "N",
            defaultValue = "40000",
            description = "Number of traces (default: ${DEFAULT-VALUE}).")
    private int traces;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Terminal.of(spec);
        if (keep) {
            run(terminal, stack.data());
            terminal.print("");
            terminal.print(
                    "ask more: ./tidemark query --data %s \"SELECT * FROM tidemark.version_health WHERE window_seconds = 1800\""
                            .formatted(stack.data().root()));
            return 0;
        }
        Path temporary = Files.createTempDirectory("tidemark-demo");
        DataDirectory data = new DataDirectory(temporary);
        try {
            run(terminal, data);
        } finally {
            data.delete();
        }
        return 0;
    }

    private void run(Terminal terminal, DataDirectory data) {
        DemoTraffic traffic = DemoTraffic.endingAt(END, SPAN, traces, SEED);
        terminal.note("starting Kafka, the schema registry, ClickHouse, the windows job and the sink ...");
        try (StackSupervisor supervisor =
                StackSupervisor.start(data, stack.external(), Ports.free(), stack.minimumFreeBytes(), terminal::note)) {
            ReplayRequest request = new ReplayRequest(
                    DemoTraces.contentHash(traffic), traces, () -> new DemoTraces(traffic), 0, TIMEOUT);
            ReplayReport report = new ReplayRun(supervisor, request, terminal, Clock.systemUTC()).execute();
            report.lines().forEach(terminal::note);
            show(terminal, supervisor.endpoints().clickHouse(), traffic);
        }
    }

    private static void show(Terminal terminal, ClickHouseAccess clickHouse, DemoTraffic traffic) {
        Regression regression = new Regression(traffic.faultTime());
        terminal.print("");
        terminal.print("Two versions that differ in the prompt only served three tenants. Before and after %s:"
                .formatted(traffic.faultTime()));
        terminal.print("");
        Regression.table(new SqlClient(clickHouse).rows(regression.sql())).forEach(terminal::print);
        terminal.print("");
        terminal.print("The prompt '%s' is bad since then, for every tenant; '%s' is as it was. This SQL found it:"
                .formatted(DemoTraffic.CANDIDATE.prompt(), DemoTraffic.CONTROL.prompt()));
        terminal.print("");
        terminal.print(regression.sql());
    }
}
