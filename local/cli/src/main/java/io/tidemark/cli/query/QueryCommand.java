package io.tidemark.cli.query;

import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks SQL. */
@Command(
        name = "query",
        description = {
            "Ask SQL: of the running stack, or of a data directory.",
            "Views: tidemark.traces, spans, windows, versions, version_health, ...; docs/sql.md has examples."
        },
        mixinStandardHelpOptions = true)
public final class QueryCommand implements Callable<Integer> {

    private static final String FOR_PEOPLE = "PrettyCompactMonoBlock";
    private static final String FOR_PROGRAMS = "TabSeparated";
    private static final String JSON = "JSON";

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Parameters(paramLabel = "SQL", description = "One statement.")
    private String sql;

    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "Any ClickHouse format (default: " + FOR_PEOPLE + " on a terminal, else " + FOR_PROGRAMS + ").")
    private String format;

    @Option(names = "--json", description = "The same as --format JSON.")
    private boolean json;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the answer to a file as it is; for binary formats such as Parquet.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Terminal.of(spec);
        try (ClickHouseSession session = ClickHouseSession.open(stack);
                InputStream answer = new SqlClient(session.access()).ask(sql, format(terminal))) {
            if (file != null) {
                Files.copy(answer, file, StandardCopyOption.REPLACE_EXISTING);
            } else {
                new InputStreamReader(answer, StandardCharsets.UTF_8).transferTo(terminal.output());
                terminal.output().flush();
            }
        }
        return 0;
    }

    private String format(Terminal terminal) {
        if (format != null) {
            return format;
        }
        if (json) {
            return JSON;
        }
        return terminal.outputIsTerminal() ? FOR_PEOPLE : FOR_PROGRAMS;
    }
}
