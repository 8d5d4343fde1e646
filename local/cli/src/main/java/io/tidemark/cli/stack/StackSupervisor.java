package io.tidemark.cli.stack;

import io.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps a stack running: starts the parts that no URL names, prepares topics and tables, watches every process and restarts one that dies,
 * and stops all in an order in which nothing is lost. Closing is also done when this process is asked to end; when it is killed, the
 * children end by themselves.
 */
public final class StackSupervisor implements AutoCloseable {

    private static final long HEALTH_PERIOD_MILLIS = 500;

    private final DataDirectory data;
    private final Optional<FileLock> lock;
    private final Optional<EmbeddedParts> embedded;
    private final StackEndpoints endpoints;
    private final Consumer<String> notes;
    private final Watchdog watchdog;
    private final Map<String, RunProcesses> runs = new TreeMap<>();
    private Optional<IngestProcesses> ingest = Optional.empty();
    private Optional<ConsolePart> console = Optional.empty();
    private final List<Part> extras = new ArrayList<>();
    private final Thread hook = new Thread(this::stopAll, "stack-stop");
    private boolean closed;

    private StackSupervisor(
            DataDirectory data,
            Optional<FileLock> lock,
            Optional<EmbeddedParts> embedded,
            StackEndpoints endpoints,
            Consumer<String> notes,
            long minimumFreeBytes) {
        this.data = data;
        this.lock = lock;
        this.embedded = embedded;
        this.endpoints = endpoints;
        this.notes = notes;
        this.watchdog = new Watchdog(notes, this::writeState, () -> data.requireFree(minimumFreeBytes));
        embedded.ifPresent(parts -> parts.parts().forEach(watchdog::watch));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts the parts that are embedded, creates topics and tables, and writes the state file.
     *
     * @param notes told what the supervisor does of its own, one sentence each
     * @throws CommandFailure when another stack has the data directory open, or its disk is full
     */
    public static StackSupervisor start(
            DataDirectory data, ExternalParts external, Ports ports, long minimumFreeBytes, Consumer<String> notes) {
        data.requireFree(minimumFreeBytes);
        FileLock lock = data.open()
                .orElseThrow(() -> new CommandFailure(
                        "another stack has the data directory '%s' open; stop it, or choose another directory with --data"
                                .formatted(data.root())));
        EmbeddedParts parts = null;
        try {
            parts = EmbeddedParts.start(data, external, ports);
            prepare(parts.endpoints(), data);
        } catch (RuntimeException e) {
            if (parts != null) {
                parts.close();
            }
            DataDirectory.release(lock);
            throw e;
        }
        StackSupervisor supervisor = new StackSupervisor(
                data, Optional.of(lock), Optional.of(parts), parts.endpoints(), notes, minimumFreeBytes);
        supervisor.writeState();
        return supervisor;
    }

    /** Supervises further processes beside a stack that another command runs, or that has no embedded part. */
    public static StackSupervisor beside(
            StackEndpoints endpoints, DataDirectory data, long minimumFreeBytes, Consumer<String> notes) {
        data.requireFree(minimumFreeBytes);
        return new StackSupervisor(data, Optional.empty(), Optional.empty(), endpoints, notes, minimumFreeBytes);
    }

    private static void prepare(StackEndpoints endpoints, DataDirectory data) {
        CompletableFuture<Void> tables = CompletableFuture.runAsync(() -> StackPreparation.applyMigrations(endpoints));
        StackPreparation.createTopics(endpoints, "");
        tables.join();
    }

    public StackEndpoints endpoints() {
        return endpoints;
    }

    public DataDirectory data() {
        return data;
    }

    /** Starts the jobs and the sink of a run, with rules to judge by; the empty name is the live run. Its topics must exist. */
    public synchronized void startRun(String run) {
        startRun(run, Map.of());
    }

    /**
     * As {@link #startRun(String)}.
     *
     * @param drift further settings of the drift job
     */
    public synchronized void startRun(String run, Map<String, String> drift) {
        new RuleTopic(endpoints, run).adopt();
        RunProcesses processes = RunProcesses.start(run, endpoints, data, drift);
        runs.put(run, processes);
        processes.parts().forEach(watchdog::watch);
        writeState();
    }

    /** Starts the gateway and the trace assembler of live traffic. */
    public synchronized IngestAccess startIngest(OtlpPorts ports) {
        IngestProcesses processes = IngestProcesses.start(endpoints, data, ports);
        ingest = Optional.of(processes);
        processes.parts().forEach(watchdog::watch);
        writeState();
        return processes.access();
    }

    /**
     * Starts the bridges that send live alerts on; without an address there are none.
     *
     * @param addresses settings that say where alerts go
     */
    public synchronized void startBridges(Map<String, String> addresses) {
        if (!addresses.isEmpty()) {
            startExtra(RunProcesses.startBridges(addresses, endpoints, data));
        }
    }

    /**
     * Starts the judging of live answers; without a setting nothing is judged.
     *
     * @param settings of the judging job
     */
    public synchronized void startJudging(Map<String, String> settings) {
        if (!settings.isEmpty()) {
            startExtra(RunProcesses.startJudging(settings, endpoints, data));
        }
    }

    private void startExtra(Part started) {
        extras.add(started);
        watchdog.watch(started);
        writeState();
    }

    /**
     * Starts the console.
     *
     * @param port loopback port; 0 stands for a free one
     * @param commander name under which its token may command rollbacks; empty when it only reads
     */
    public synchronized ConsoleAccess startConsole(int port, Optional<String> commander) {
        ConsolePart started = ConsolePart.start(endpoints, data, port, commander);
        console = Optional.of(started);
        watchdog.watch(started.part());
        writeState();
        return started.access();
    }

    /** Stops the processes of a run. */
    public synchronized void stopRun(String run) {
        RunProcesses processes = runs.remove(run);
        if (processes != null) {
            processes.parts().forEach(watchdog::release);
            processes.close();
            writeState();
        }
    }

    /**
     * Checks that every part is alive or can still be restarted.
     *
     * @throws CommandFailure when a part was given up, or the disk is full
     */
    public void requireHealthy() {
        watchdog.failure().ifPresent(failure -> {
            throw new CommandFailure(failure.getMessage(), failure);
        });
    }

    /**
     * Watches over the stack. An interrupt ends the process, whose shutdown hook stops the stack: only a failure comes back from here.
     *
     * @throws CommandFailure when a part was given up, or the disk is full
     */
    public void superviseUntilInterrupted() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        while (!never.await(HEALTH_PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
            requireHealthy();
        }
    }

    private void writeState() {
        if (lock.isPresent()) {
            List<StackState.PartState> parts = new ArrayList<>();
            watchdog.parts().forEach(part -> parts.add(part.state()));
            new StackState(ProcessHandle.current().pid(), endpoints, parts).write(data);
        }
    }

    @Override
    public void close() {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook has run or is waiting for this very call
        }
    }

    private synchronized void stopAll() {
        if (closed) {
            return;
        }
        closed = true;
        watchdog.close();
        console.ifPresent(started -> started.part().stop().run());
        extras.forEach(started -> started.stop().run());
        ingest.ifPresent(IngestProcesses::close);
        runs.values().forEach(RunProcesses::close);
        embedded.ifPresent(EmbeddedParts::close);
        lock.ifPresent(this::deleteState);
    }

    private void deleteState(FileLock held) {
        try {
            Files.deleteIfExists(data.stateFile());
        } catch (IOException e) {
            notes.accept("the state file '%s' cannot be deleted: %s".formatted(data.stateFile(), e.getMessage()));
        }
        DataDirectory.release(held);
    }
}
