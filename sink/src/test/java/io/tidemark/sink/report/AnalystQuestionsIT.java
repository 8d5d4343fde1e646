package io.tidemark.sink.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.trace.TraceAdmission;
import io.tidemark.sink.Rows;
import io.tidemark.sink.Samples;
import io.tidemark.sink.insert.NativePath;
import io.tidemark.sink.insert.Target;
import io.tidemark.sink.migration.MigrationSettings;
import io.tidemark.sink.migration.Migrations;
import io.tidemark.sink.table.StoredTopic;
import io.tidemark.sink.transcode.AvroBytes;
import io.tidemark.sink.transcode.RowWriter;
import io.tidemark.sink.transcode.VersionIds;
import io.tidemark.testing.ClickHouseExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs every query of docs/sql.md. */
class AnalystQuestionsIT {

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    private static final Pattern QUESTION =
            Pattern.compile("### (\\d+)\\. ([^\\n]+)\\n```sql\\n(.*?)```", Pattern.DOTALL);
    private static final int QUESTIONS = 12;

    private static Connection connection;

    @BeforeAll
    static void fill() throws Exception {
        String database = CLICKHOUSE.freshDatabase();
        Migrations.apply(
                CLICKHOUSE.jdbcUrl("default"),
                CLICKHOUSE.user(),
                CLICKHOUSE.password(),
                MigrationSettings.defaults().inDatabase(database));
        Target target =
                new Target(CLICKHOUSE.httpUrl(), CLICKHOUSE.user(), CLICKHOUSE.password(), database, true, Map.of());
        try (NativePath path = new NativePath(target)) {
            insert(
                    path,
                    StoredTopic.TRACES,
                    IntStream.range(0, 100).mapToObj(Samples::trace).toList());
            insert(path, StoredTopic.WINDOWS, Rows.all());
        }
        connection = CLICKHOUSE.connect(database);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    @TestFactory
    List<DynamicTest> everyQuestionHasAnAnswer() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Matcher questions = QUESTION.matcher(page());
        while (questions.find()) {
            String sql = questions.group(3);
            tests.add(DynamicTest.dynamicTest(questions.group(1) + " " + questions.group(2), () -> assertThat(ask(sql))
                    .isNotEmpty()));
        }
        assertThat(tests).hasSize(QUESTIONS);
        return tests;
    }

    @Test
    void theBadVersionIsFoundAndNoOther() throws Exception {
        String bad = Samples.version(1).versionId();
        assertThat(ask(question(2))).hasSize(2).allSatisfy(row -> assertThat(row)
                .contains("|" + bad + "|60|300|"));
    }

    @Test
    void percentilesOfMergedWindowsAreThoseOfAllValues() throws Exception {
        // 3 windows of the values 10, 20 .. 900 (acme), and of their triples (globex); within one percent
        List<String> rows = ask(question(3));
        assertThat(rows).hasSize(2);
        double acme = Double.parseDouble(rows.get(0).split("\\|", -1)[2]);
        double globex = Double.parseDouble(rows.get(1).split("\\|", -1)[2]);
        assertThat(acme).isBetween(450 * 0.99, 450 * 1.01);
        assertThat(globex).isBetween(1_350 * 0.99, 1_350 * 1.01);
    }

    @Test
    void costsKeepShadowApart() throws Exception {
        // 3 hours, 50 calls of known cost in each at 0.002 dollars
        assertThat(ask(question(6)))
                .containsExactlyInAnyOrder("2026-01-01|acme|300|0.3|0.3|0.5", "2026-01-01|globex|300|0.3|0.3|0.5");
    }

    @Test
    void utilizationCountsAgainstTheLimit() throws Exception {
        // 100 calls of 120 tokens in a minute, of 15,000
        assertThat(ask(question(7))).hasSize(6).allSatisfy(row -> assertThat(row)
                .contains("provider|key-1|0.8|0.1|1"));
    }

    private static <T extends SpecificRecord> void insert(NativePath path, StoredTopic topic, List<T> records) {
        RowWriter writer =
                new RowWriter(topic, new VersionIds(), new TraceAdmission(TraceAdmission.DEFAULT_MAXIMUM_SKEW));
        writer.learn(1, topic == StoredTopic.TRACES ? Trace.getClassSchema() : WindowRow.getClassSchema());
        long appended = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();
        for (T each : records) {
            assertThat(writer.append(1, AvroBytes.of(each), appended)).isEmpty();
        }
        path.insert(topic.table(), writer.block(), "questions-" + topic);
    }

    private static String question(int number) throws IOException {
        Matcher questions = QUESTION.matcher(page());
        while (questions.find()) {
            if (questions.group(1).equals(Integer.toString(number))) {
                return questions.group(3);
            }
        }
        throw new AssertionError("docs/sql.md has no question " + number);
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "sql.md"));
    }

    private static List<String> ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }
}
