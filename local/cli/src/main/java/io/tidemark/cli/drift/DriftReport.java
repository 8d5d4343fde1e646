package io.tidemark.cli.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.query.ClickHouseSession;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.cli.terminal.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What drifted from a baseline. */
@Command(
        name = "report",
        description = "Show what moved against a baseline, as a table and as an HTML file with pictures.",
        mixinStandardHelpOptions = true)
final class DriftReport implements Callable<Integer> {

    private static final int MOST_LINES = 60;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Option(names = "--baseline", required = true, paramLabel = "ID", description = "Name of the baseline.")
    private String baseline;

    @Option(names = "--window", paramLabel = "PT1H", description = "Length of the windows (default: all).")
    private Duration window;

    @Option(names = "--slice", paramLabel = "TENANT", description = "Only slices of this tenant (default: all).")
    private String tenant;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            defaultValue = "drift-report.html",
            description = "File for the pictures (default: drift-report.html).")
    private Path html;

    @Override
    public Integer call() {
        List<JsonNode> tests;
        try (ClickHouseSession session = ClickHouseSession.open(stack)) {
            OptionalLong seconds = window == null ? OptionalLong.empty() : OptionalLong.of(window.toSeconds());
            tests = new StoredDrift(new SqlClient(session.access()))
                    .against(baseline, seconds, Optional.ofNullable(tenant));
        }
        if (tests.isEmpty()) {
            throw new CommandFailure("nothing was compared with baseline '%s' in such windows".formatted(baseline));
        }
        Terminal terminal = Terminal.of(spec);
        List<JsonNode> moved =
                tests.stream().filter(test -> test.path("moved").asBoolean()).toList();
        TextTable table = new TextTable(
                "window", "measure", "slice", "n", "effect", "limit", "q", "scope", "signal", "explained by", "id");
        moved.stream().skip(Math.max(0, moved.size() - MOST_LINES)).forEach(test -> table.add(row(test)));
        (table.isEmpty() ? List.of("nothing moved in %,d tests".formatted(tests.size())) : table.lines())
                .forEach(terminal::print);
        write(new DriftPage(baseline, tests).html());
        terminal.print("pictures: " + html);
        return 0;
    }

    private static List<String> row(JsonNode test) {
        return List.of(
                test.path("started").asText().substring(0, 19),
                test.path("measure").asText(),
                StoredDrift.slice(test),
                "%,d".formatted(test.path("n").asLong()),
                String.format(Locale.ROOT, "%.3f", test.path("effect").asDouble()),
                String.format(Locale.ROOT, "%.3g", test.path("effect_limit").asDouble()),
                String.format(Locale.ROOT, "%.2g", test.path("q_value").asDouble()),
                test.path("scope").asText(),
                test.path("signal").asBoolean() ? "yes" : "no",
                test.path("explained_by").isNull()
                        ? "-"
                        : test.path("explained_by").asText(),
                test.path("drift_id").asText());
    }

    private void write(String page) {
        try {
            Files.writeString(html, page);
        } catch (IOException e) {
            throw new CommandFailure("the report '%s' cannot be written: %s".formatted(html, e.getMessage()), e);
        }
    }

    /** The texts of an array. */
    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
