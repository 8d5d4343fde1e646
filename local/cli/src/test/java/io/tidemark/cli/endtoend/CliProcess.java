package io.tidemark.cli.endtoend;

import io.tidemark.cli.Tidemark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, as people start it. */
final class CliProcess implements AutoCloseable {

    private static final long LONGEST_MINUTES = 5;

    private final Process process;
    private final Path log;

    private CliProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static CliProcess start(Path log, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dlog4j2.configurationFile=log4j2-cli.xml",
                Tidemark.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return new CliProcess(builder.start(), log);
    }

    /** Exit code; the process may take five minutes. */
    int await() throws InterruptedException {
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("the command did not end; it said:\n" + output());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What {@code kill -9} does, to this process alone. */
    void kill() {
        process.destroyForcibly();
    }

    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError("the log " + log + " cannot be read", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
    }
}
