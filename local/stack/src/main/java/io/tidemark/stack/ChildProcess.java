package io.tidemark.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A child JVM on this process's class path.
 *
 * <p>Its standard input is a pipe that nothing is written to. The pipe ends when {@link #stop} is called and also when this
 * process dies, however it dies; a child that called {@link io.tidemark.platform.process.Lifeline#exitWhenParentIsGone} at its start then ends too. Standard
 * output and error are appended to a log file.
 */
public final class ChildProcess implements AutoCloseable {

    private static final String OWN_JARS = "tidemark-";

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 20;

    private final String name;
    private final Process process;
    private final Path logFile;
    private final long logStart;

    private ChildProcess(String name, Process process, Path logFile, long logStart) {
        this.name = name;
        this.process = process;
        this.logFile = logFile;
        this.logStart = logStart;
    }

    /**
     * What to start.
     *
     * @param name what the child is, for messages: "Kafka broker"
     * @param mainClass class with the main method, on this process's class path
     * @param virtualMachineFlags flags before the class, such as {@code -Xmx512m}
     * @param arguments arguments of the main method
     * @param environment variables beside those of this process
     * @param logFile file that gets standard output and error; its folder is created
     */
    public record Specification(
            String name,
            Class<?> mainClass,
            List<String> virtualMachineFlags,
            List<String> arguments,
            Map<String, String> environment,
            Path logFile) {

        public Specification {
            environment = Map.copyOf(environment);
            virtualMachineFlags = List.copyOf(virtualMachineFlags);
            arguments = List.copyOf(arguments);
        }

        /** Without further variables. */
        public Specification(
                String name,
                Class<?> mainClass,
                List<String> virtualMachineFlags,
                List<String> arguments,
                Path logFile) {
            this(name, mainClass, virtualMachineFlags, arguments, Map.of(), logFile);
        }

        private List<String> command() {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-XX:ErrorFile=" + logFile.resolveSibling("hs_err_%p.log"));
            command.addAll(virtualMachineFlags);
            command.add(mainClass.getName());
            command.addAll(arguments);
            return command;
        }
    }

    /**
     * Starts a child.
     *
     * @throws StackException when the log file or the process cannot be created
     */
    public static ChildProcess start(Specification specification) {
        Path logFile = specification.logFile().toAbsolutePath();
        try {
            Files.createDirectories(logFile.getParent());
            long logStart = Files.exists(logFile) ? Files.size(logFile) : 0;
            ProcessBuilder builder = new ProcessBuilder(specification.command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
            // not as -cp: the class path has hundreds of entries, and the process list stays readable
            builder.environment().put("CLASSPATH", classPath());
            builder.environment().putAll(specification.environment());
            return new ChildProcess(specification.name(), builder.start(), logFile, logStart);
        } catch (IOException e) {
            throw new StackException(
                    "The %s cannot be started with its log in %s: %s"
                            .formatted(specification.name(), logFile, e.getMessage()),
                    e);
        }
    }

    /**
     * The class path of this process; under surefire that of the tests, which lies behind a manifest-only jar. What Tidemark built
     * stands first: a wildcard puts jars in no particular order, and the jobs' jar holds a class that must be found before Kafka's.
     */
    static String classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> entries = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                entries.add(Path.of(entry).toAbsolutePath().toString());
            }
        }
        entries.sort(Comparator.comparing(ChildProcess::isForeign));
        return String.join(File.pathSeparator, entries);
    }

    private static boolean isForeign(String entry) {
        Path path = Path.of(entry);
        return !Files.isDirectory(path) && !path.getFileName().toString().startsWith(OWN_JARS);
    }

    /**
     * Waits until the child is ready.
     *
     * @param ready asked every few milliseconds
     * @throws StackException with the last lines of the child's log when it ends first, or is not ready in time; it is then killed
     */
    public void awaitReady(BooleanSupplier ready, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!ready.getAsBoolean()) {
            if (waitForExit(Duration.ofMillis(POLL_MILLIS))) {
                throw new StackException("The %s ended with exit code %d before it was ready. %s"
                        .formatted(name, process.exitValue(), lastLines()));
            }
            if (System.nanoTime() - end > 0) {
                kill();
                throw new StackException("The %s was not ready within %d s and was stopped. %s"
                        .formatted(name, deadline.toSeconds(), lastLines()));
            }
        }
    }

    /** Process id. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** File with the child's standard output and error. */
    public Path logFile() {
        return logFile;
    }

    /** Asks the child to end, waits for that, and kills it when it has not ended by the deadline. */
    public void stop(Duration deadline) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // the pipe is already broken: the child is ending
        }
        if (!waitForExit(deadline)) {
            kill();
        }
    }

    /** Tells the child to end, as an operator or Kubernetes does: SIGTERM. */
    public void terminate() {
        // not by Process.destroy, which closes the child's input too and would so cut the lifeline
        process.toHandle().destroy();
    }

    /**
     * Waits for the end of the child.
     *
     * @return its exit code
     * @throws StackException when it has not ended by the deadline; it is then killed
     */
    public int awaitExit(Duration deadline) {
        if (!waitForExit(deadline)) {
            kill();
            throw new StackException("The %s (process %d) did not end within %d s and was killed."
                    .formatted(name, pid(), deadline.toSeconds()));
        }
        return process.exitValue();
    }

    /** Ends the child at once as {@code kill -9} does, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        if (!waitForExit(STOP_DEADLINE)) {
            throw new StackException("The %s (process %d) cannot be killed.".formatted(name, pid()));
        }
    }

    @Override
    public void close() {
        stop(STOP_DEADLINE);
    }

    private boolean waitForExit(Duration deadline) {
        try {
            return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting for the %s; it was killed.".formatted(name), e);
        }
    }

    private String lastLines() {
        return LogTail.describe(logFile, logStart);
    }
}
