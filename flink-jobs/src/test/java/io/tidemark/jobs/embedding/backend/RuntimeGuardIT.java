package io.tidemark.jobs.embedding.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to end while batches are at the native library. */
class RuntimeGuardIT {

    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    Path directory;

    @Test
    void aStopInTheMiddleOfABatchEndsTheProcessAndDoesNotCrashIt() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessBatches.class.getName())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); !EndlessBatches.RUNNING.equals(line); line = output.readLine()) {
                assertThat(line).as("the process ended before it embedded").isNotNull();
            }
            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(output.lines()).noneMatch(line -> line.contains("fatal error"));
        } finally {
            process.destroyForcibly();
        }
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }
}
