package io.tidemark.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.query.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What an analyst sees of the story. The sink is a second or two behind the topics. */
final class StoredStory {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final SqlClient sql;
    private final Clock clock;

    StoredStory(SqlClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    static String auditSql(String release) {
        return """
                SELECT phase, adapter, dry_run, decision_id, reason,
                       detect_millis / 1000 AS detected_after_s, recover_millis / 1000 AS recovered_after_s
                FROM tidemark.actions WHERE release_id = '%s' ORDER BY recorded_time"""
                .formatted(release);
    }

    /** The audit of a release whose recovery has been verified. */
    List<JsonNode> audit(String release) {
        Instant deadline = clock.instant().plus(PATIENCE);
        while (clock.instant().isBefore(deadline)) {
            List<JsonNode> rows = sql.rows(auditSql(release));
            if (rows.stream().anyMatch(row -> row.path("phase").asText().equals("verified"))) {
                return rows;
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        throw new CommandFailure("ClickHouse did not get the audit within %d s".formatted(PATIENCE.toSeconds()));
    }

    List<JsonNode> rows(String statement) {
        return sql.rows(statement);
    }
}
