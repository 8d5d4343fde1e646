package io.tidemark.sink.migration;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one runner work at a time. A runner writes a claim and then reads all live claims; it owns the lock only when its own is
 * the only one. Two can never both see themselves alone: of two claims one is written last, and the read that follows it
 * sees the other. When several see each other, those with the larger id withdraw and try again. A claim that was not
 * renewed for a minute, by the clock of the server, belongs to a dead runner.
 */
final class MigrationLock implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(MigrationLock.class);
    private static final int LEASE_SECONDS = 60;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int ATTEMPTS = 3_000;

    private final Database database;
    private final String table;
    private final String owner = UUID.randomUUID().toString();

    private MigrationLock(Database database, String table) {
        this.database = database;
        this.table = table;
    }

    /** Waits until this runner is alone; gives up after ten minutes. */
    static MigrationLock acquire(Database database, String table) throws SQLException {
        MigrationLock lock = new MigrationLock(database, table);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (lock.tryAcquire()) {
                return lock;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new MigrationException(
                "another migration has held the lock %s for ten minutes; wait for it, or stop it".formatted(table));
    }

    /** Says that the owner is alive. */
    void renew() throws SQLException {
        claim(false);
    }

    @Override
    public void close() throws SQLException {
        claim(true);
    }

    private boolean tryAcquire() throws SQLException {
        claim(false);
        List<String> live = liveOwners();
        if (live.equals(List.of(owner))) {
            return true;
        }
        LOGGER.info("another migration is running; waiting for it");
        if (!live.isEmpty() && !live.get(0).equals(owner)) {
            claim(true);
        }
        return false;
    }

    private void claim(boolean released) throws SQLException {
        database.execute("INSERT INTO %s (owner, released) SETTINGS async_insert = 0 VALUES ('%s', %d)"
                .formatted(table, owner, released ? 1 : 0));
    }

    private List<String> liveOwners() throws SQLException {
        return database
                .rows("SELECT owner FROM (SELECT owner, argMax(released, (written_at, released)) AS gone, "
                        + "max(written_at) AS renewed FROM %s GROUP BY owner) ".formatted(table)
                        + "WHERE gone = 0 AND renewed > now64(6) - INTERVAL %d SECOND ORDER BY owner"
                                .formatted(LEASE_SECONDS))
                .stream()
                .map(row -> row.get(0))
                .toList();
    }
}
