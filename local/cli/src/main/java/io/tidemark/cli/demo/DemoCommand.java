package io.tidemark.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.VersionTuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole of Tidemark at work on invented traffic. */
@Command(
        name = "demo",
        description = {
            "Roll a candidate with a planted bad prompt out to 5 %% of invented traffic, on a real stack:",
            "the verdict, the alert, the dry run of the rollback, the recovery, and the SQL that shows the regression."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    private static final String RELEASE = "demo";
    private static final Duration PAST = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final int TRACES_PER_MINUTE = 3_000;
    private static final double CANDIDATE_SHARE = 0.05;
    private static final long SEED = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Option(
            names = "--keep",
            description = "Keep the data in the directory of --data; otherwise a temporary one is used and deleted.")
    private boolean keep;

    @Option(names = "--stay", description = "Leave the stack and its console running at the end, until Ctrl-C.")
    private boolean stay;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "15",
            description = "How much faster than the clock event time runs (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(speed >= 1)) {
            throw new CommandFailure("--speed = '%s' must be at least 1".formatted(speed));
        }
        Terminal terminal = Terminal.of(spec);
        if (keep) {
            run(terminal, stack.data());
            terminal.print("");
            terminal.print(
                    "ask more: ./tidemark query --data %s \"SELECT * FROM tidemark.version_health WHERE window_seconds = 60\""
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

    private void run(Terminal terminal, DataDirectory data) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        terminal.note("starting Kafka, the schema registry, ClickHouse, the jobs, the alerts and their consumers ...");
        try (StackSupervisor supervisor =
                StackSupervisor.start(data, stack.external(), Ports.free(), stack.minimumFreeBytes(), terminal::note)) {
            supervisor.startRun("");
            supervisor.startConsole(0, Optional.empty()).lines().forEach(terminal::note);
            // whole minutes, so that a window lies before or after the fault
            Instant start = clock.instant().minus(PAST).truncatedTo(ChronoUnit.MINUTES);
            DemoTraffic traffic = new DemoTraffic(
                    SEED,
                    start,
                    LONGEST,
                    (int) (TRACES_PER_MINUTE * LONGEST.toMinutes()),
                    CANDIDATE_SHARE,
                    start.plus(Story.HEALTHY));
            startRelease(terminal, data, start);
            StoryReport story = new Story(supervisor, traffic, speed, terminal, clock).run(RELEASE);
            terminal.print("");
            terminal.print("The rollout of '%s', at %.0f times the speed of the clock:".formatted(RELEASE, speed));
            terminal.print("");
            story.lines().forEach(terminal::print);
            StoredStory stored =
                    new StoredStory(new SqlClient(supervisor.endpoints().clickHouse()), clock);
            show(terminal, "What the audit says, in SQL:", StoredStory.auditSql(RELEASE), stored.audit(RELEASE));
            Regression regression = new Regression(traffic.faultTime());
            show(
                    terminal,
                    "The versions before and after %s: the prompt '%s' is bad, the index '%s' is not."
                            .formatted(
                                    traffic.faultTime(),
                                    DemoTraffic.CANDIDATE.prompt(),
                                    DemoTraffic.CANDIDATE.retrievalIndex()),
                    regression.sql(),
                    stored.rows(regression.sql()));
            if (stay) {
                terminal.note("the console shows the story; stop with Ctrl-C");
                supervisor.superviseUntilInterrupted();
            }
        }
    }

    /** What a person would type. */
    private void startRelease(Terminal terminal, DataDirectory data, Instant start) {
        List<String> arguments = new ArrayList<>(
                List.of("release", "start", "--release", RELEASE, "--control", text(DemoTraffic.CONTROL)));
        arguments.addAll(List.of("--candidate", text(DemoTraffic.CANDIDATE), "--ladder", "5,25,100"));
        arguments.addAll(List.of("--target-adapter", "dry-run", "--target", "chat", "--start", start.toString()));
        terminal.note("$ ./tidemark " + String.join(" ", arguments));
        arguments.addAll(List.of("--data", data.root().toString()));
        int exitCode = spec.root().commandLine().execute(arguments.toArray(new String[0]));
        if (exitCode != 0) {
            throw new CommandFailure("the release was not started");
        }
    }

    private static String text(VersionTuple tuple) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < VersionTuple.COMPONENT_NAMES.size(); i++) {
            parts.add(VersionTuple.COMPONENT_NAMES.get(i) + "="
                    + tuple.components().get(i));
        }
        return String.join(",", parts);
    }

    private static void show(Terminal terminal, String title, String sql, List<JsonNode> rows) {
        terminal.print("");
        terminal.print(title);
        terminal.print("");
        Regression.table(rows).forEach(terminal::print);
        terminal.print("");
        terminal.print(sql);
    }
}
