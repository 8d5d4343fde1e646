package io.tidemark.console.api;

import io.tidemark.console.query.ClickHouse;
import io.tidemark.console.query.Rows;
import io.tidemark.console.query.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets boards that ask the same at about the same time share one answer of ClickHouse. The values of a statement include its tenant, so that
 * nobody is handed what another token opened.
 */
final class AnswerCache {

    private static final Duration LIFE = Duration.ofSeconds(4);
    private static final int MOST_ANSWERS = 500;

    private final ClickHouse clickHouse;
    private final Clock clock;
    private final Map<Statement.Filled, Entry> entries = new ConcurrentHashMap<>();

    AnswerCache(ClickHouse clickHouse, Clock clock) {
        this.clickHouse = clickHouse;
        this.clock = clock;
    }

    private record Entry(CompletableFuture<Rows> rows, long bornMillis) {}

    /** The answer, from ClickHouse or from a moment ago. */
    Rows ask(Statement.Filled filled) {
        long now = clock.millis();
        CompletableFuture<Rows> mine = new CompletableFuture<>();
        Entry entry = entries.compute(
                filled, (key, known) -> known != null && isFresh(known, now) ? known : new Entry(mine, now));
        if (entry.rows() == mine) {
            fetch(filled, mine);
            forget(now);
        }
        try {
            return entry.rows().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void fetch(Statement.Filled filled, CompletableFuture<Rows> answer) {
        try {
            answer.complete(clickHouse.ask(filled));
        } catch (RuntimeException e) { // whatever it is, those who wait for the same answer must hear of it
            entries.remove(filled);
            answer.completeExceptionally(e);
        }
    }

    private void forget(long now) {
        if (entries.size() > MOST_ANSWERS) {
            entries.values().removeIf(entry -> !isFresh(entry, now));
        }
    }

    private static boolean isFresh(Entry entry, long now) {
        return now - entry.bornMillis() < LIFE.toMillis();
    }
}
