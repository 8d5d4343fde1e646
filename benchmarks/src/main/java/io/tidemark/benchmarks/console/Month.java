package io.tidemark.benchmarks.console;

import io.tidemark.cli.query.SqlClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Days of windows of 1,000 slices in every length of a minute and more, and of everything else that the pages ask about. ClickHouse makes the
 * rows itself, some windows at a time.
 */
final class Month {

    static final int SLICES = 1_000;

    private static final List<Integer> LENGTHS_SECONDS = List.of(60, 300, 1_800, 3_600, 86_400);
    private static final int DAY_SECONDS = 86_400;
    /** Windows of a statement: one makes all its rows in memory, of which the engine gives 1 GiB. */
    private static final int AT_ONCE = 24;

    private static final int MERGED_AFTER = 10 * AT_ONCE;

    private static final DateTimeFormatter SQL_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final SqlClient sql;
    private final Instant start;
    private final int days;

    /**
     * A month.
     *
     * @param end end of its last window
     */
    Month(SqlClient sql, Instant end, int days) {
        this.sql = sql;
        this.start = end.minus(Duration.ofDays(days));
        this.days = days;
    }

    /** Fills the tables and waits until ClickHouse has merged them. */
    void fill(Consumer<String> notes) {
        sql.rows(text("slices", Map.of()));
        for (int length : LENGTHS_SECONDS) {
            int all = days * (DAY_SECONDS / length);
            for (int first = 0; first < all; first += AT_ONCE) {
                windows(length, first, Math.min(AT_ONCE, all - first));
                if (first % MERGED_AFTER == 0) {
                    awaitMerges();
                }
            }
            notes.accept("windows of %d s are written".formatted(length));
        }
        for (String statement : text("events", Map.of()).split(";\n", -1)) {
            if (!statement.isBlank()) {
                sql.rows(statement);
            }
        }
        awaitMerges();
    }

    /** Merges that fall behind the inserts would take the memory that the engine has for both. */
    private void awaitMerges() {
        while (number("SELECT count() AS n FROM system.merges") > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    /** Rows that the view of windows shows of one length. */
    long minuteWindows() {
        return number("SELECT count() AS n FROM windows WHERE window_seconds = 60");
    }

    /** Bytes of the table of windows on disk. */
    long bytesOnDisk() {
        return number("SELECT sum(bytes_on_disk) AS n FROM system.parts WHERE active AND table = 'windows_store'");
    }

    long expectedMinuteWindows() {
        return (long) SLICES * days * DAY_SECONDS / 60;
    }

    private void windows(int length, long first, int count) {
        sql.rows(text(
                "windows",
                Map.of(
                        "SECONDS", Integer.toString(length),
                        "FIRST", Long.toString(first),
                        "COUNT", Integer.toString(count))));
    }

    private long number(String question) {
        return sql.rows(question).get(0).get("n").asLong();
    }

    private String text(String name, Map<String, String> values) {
        Map<String, String> all = new TreeMap<>(values);
        all.put("START", SQL_TIME.format(start));
        try (InputStream input = Month.class.getResourceAsStream(name + ".sql")) {
            String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : all.entrySet()) {
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            }
            return text.replaceAll("(?m)^--.*\\R", "");
        } catch (IOException e) {
            throw new UncheckedIOException("the statement '%s' cannot be read".formatted(name), e);
        }
    }
}
