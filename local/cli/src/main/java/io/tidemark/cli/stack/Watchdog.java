package io.tidemark.cli.stack;

import io.tidemark.cli.CommandFailure;
import io.tidemark.stack.StackException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Restarts a part that died. A part that dies again and again is given up, and with it the stack. */
final class Watchdog implements AutoCloseable {

    private static final long PERIOD_MILLIS = 200;
    private static final int MOST_RESTARTS = 8;

    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> restarts = new HashMap<>();
    private final AtomicReference<CommandFailure> failure = new AtomicReference<>();
    private final Consumer<String> notes;
    private final Runnable changed;
    private final Runnable examination;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "watchdog");
        created.setDaemon(true);
        return created;
    });

    /**
     * Starts watching.
     *
     * @param notes told of each restart, one sentence
     * @param changed run after the processes have changed
     * @param examination run at each round; what it throws ends the stack
     */
    Watchdog(Consumer<String> notes, Runnable changed, Runnable examination) {
        this.notes = notes;
        this.changed = changed;
        this.examination = examination;
        thread.scheduleWithFixedDelay(this::round, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized void watch(Part part) {
        parts.add(part);
    }

    /** Stops watching a part; when this returns, it is not being restarted. */
    synchronized void release(Part part) {
        parts.remove(part);
        restarts.remove(part.name());
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Why the stack cannot go on; empty while it can. */
    Optional<CommandFailure> failure() {
        return Optional.ofNullable(failure.get());
    }

    private synchronized void round() {
        if (failure.get() != null) {
            return;
        }
        try {
            examination.run();
            for (Part part : parts) {
                if (!part.isAlive() && !thread.isShutdown()) {
                    restart(part);
                }
            }
        } catch (CommandFailure e) {
            failure.set(e);
        }
    }

    private void restart(Part part) {
        int count = restarts.merge(part.name(), 1, Integer::sum);
        if (count > MOST_RESTARTS) {
            throw new CommandFailure("the %s died %d times and is given up; its log in the data directory says why"
                    .formatted(part.name(), count));
        }
        notes.accept("the %s died and is started again".formatted(part.name()));
        try {
            part.restart().run();
            notes.accept("the %s is back".formatted(part.name()));
        } catch (StackException e) {
            notes.accept("the %s did not start: %s".formatted(part.name(), e.getMessage()));
        }
        changed.run();
    }

    @Override
    public void close() {
        thread.shutdown();
        synchronized (this) {
            parts.clear();
        }
    }
}
