package io.tidemark.sink.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.distance.HistogramDistances;
import io.tidemark.statistics.histogram.LogGrid;
import io.tidemark.statistics.histogram.LogHistogram;
import io.tidemark.testing.ClickHouseExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The SQL functions and the Java classes are two spellings of the same mathematics. */
class FunctionsIT {

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    private static final Offset<Double> EXACT = within(1e-9);
    private static final int HISTOGRAMS = 60;

    private static Connection connection;

    @BeforeAll
    static void migrate() throws SQLException {
        String database = CLICKHOUSE.freshDatabase();
        Migrations.apply(
                CLICKHOUSE.jdbcUrl("default"),
                CLICKHOUSE.user(),
                CLICKHOUSE.password(),
                MigrationSettings.defaults().inDatabase(database));
        connection = CLICKHOUSE.connect(database);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void bucketValuesAreThoseOfTheGrid() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT number - 1047 AS b, tidemark_bucket_value(toInt16(b)) FROM numbers(2792) ORDER BY b")) {
            int index = LogGrid.FIRST_REGULAR;
            while (result.next()) {
                double expected = LogGrid.value(index++);
                assertThat(result.getDouble(2)).isCloseTo(expected, within(expected * 1e-12));
            }
            assertThat(index).isEqualTo(LogGrid.LAST_REGULAR + 1);
        }
        assertThat(one("tidemark_bucket_value(toInt16(-32768))")).hasValue(Double.NEGATIVE_INFINITY);
        assertThat(one("tidemark_bucket_value(toInt16(-32767))")).hasValue(0);
        assertThat(one("tidemark_bucket_value(toInt16(32767))")).hasValue(Double.POSITIVE_INFINITY);
    }

    @Test
    void quantilesEqualJava() throws SQLException {
        for (LogHistogram histogram : histograms()) {
            for (double q : new double[] {0, 0.01, 0.5, 0.9, 0.95, 0.99, 1}) {
                OptionalDouble sql = one("tidemark_quantile(%s, %s)".formatted(literal(histogram), q));
                OptionalDouble java = histogram.quantile(q);
                assertThat(sql.isPresent()).isEqualTo(java.isPresent());
                if (java.isPresent() && Double.isFinite(java.getAsDouble())) {
                    assertThat(sql.getAsDouble()).isCloseTo(java.getAsDouble(), within(java.getAsDouble() * 1e-9));
                } else {
                    assertThat(sql).isEqualTo(java);
                }
            }
        }
    }

    @Test
    void distancesEqualJava() throws SQLException {
        List<LogHistogram> histograms = histograms();
        for (int i = 0; i + 1 < histograms.size(); i++) {
            LogHistogram baseline = histograms.get(i);
            LogHistogram current = histograms.get(i + 1);
            same(
                    one("tidemark_psi(%s, %s)".formatted(literal(baseline), literal(current))),
                    HistogramDistances.populationStabilityIndex(baseline, current));
            same(
                    one("tidemark_js(%s, %s)".formatted(literal(baseline), literal(current))),
                    HistogramDistances.jensenShannon(baseline, current));
        }
    }

    @Test
    void mergedHistogramsAreTheHistogramOfAll() throws SQLException {
        LogHistogram first = LogHistogram.of(1, 2, 3, 500);
        LogHistogram second = LogHistogram.of(0, 2, 1e20);
        String merged = "(SELECT sumMap(h) FROM (SELECT %s AS h UNION ALL SELECT %s))"
                .formatted(literal(first), literal(second));
        assertThat(one("%s = %s".formatted(merged, literal(first.merge(second)))))
                .hasValue(1);
    }

    @Test
    void wilsonIntervalByHand() throws SQLException {
        // 1 of 10: Newcombe (1998), method 3, gives 0.0179 to 0.4042
        assertThat(one("tidemark_rate_low(1, 10)").getAsDouble()).isCloseTo(0.01788, within(1e-4));
        assertThat(one("tidemark_rate_high(1, 10)").getAsDouble()).isCloseTo(0.40415, within(1e-4));
        assertThat(one("tidemark_rate(0, 0)")).isEmpty();
        assertThat(one("tidemark_rate_low(0, 0)")).isEmpty();
    }

    private static void same(OptionalDouble sql, OptionalDouble java) {
        assertThat(sql.isPresent()).isEqualTo(java.isPresent());
        if (java.isPresent()) {
            assertThat(sql.getAsDouble()).isCloseTo(java.getAsDouble(), EXACT);
        }
    }

    private static List<LogHistogram> histograms() {
        Random random = new Random(2026);
        List<LogHistogram> histograms = new ArrayList<>();
        histograms.add(LogHistogram.empty());
        histograms.add(LogHistogram.of(5));
        histograms.add(LogHistogram.of(0, 0, 0));
        histograms.add(new LogHistogram(
                new int[] {LogGrid.NEGATIVE, LogGrid.ZERO, 10, LogGrid.OVERFLOW}, new long[] {3, 5, 1, 2}));
        for (int i = 0; i < HISTOGRAMS; i++) {
            TreeMap<Integer, Long> buckets = new TreeMap<>();
            int size = 1 + random.nextInt(80);
            for (int j = 0; j < size; j++) {
                buckets.merge(specialOrRegular(random), 1 + (long) random.nextInt(1_000), Long::sum);
            }
            histograms.add(LogHistogram.of(buckets));
        }
        return histograms;
    }

    private static int specialOrRegular(Random random) {
        int kind = random.nextInt(30);
        return switch (kind) {
            case 0 -> LogGrid.ZERO;
            case 1 -> LogGrid.NEGATIVE;
            case 2 -> LogGrid.OVERFLOW;
            default -> 200 + random.nextInt(60);
        };
    }

    private static String literal(LogHistogram histogram) {
        StringJoiner entries = new StringJoiner(", ", "map(", ")");
        for (int i = 0; i < histogram.indexes().length; i++) {
            entries.add(histogram.indexes()[i] + ", " + histogram.counts()[i]);
        }
        return "CAST(%s AS Map(Int16, UInt64))".formatted(entries);
    }

    private static OptionalDouble one(String expression) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT toFloat64(" + expression + ")")) {
            result.next();
            double value = result.getDouble(1);
            return result.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }
}
