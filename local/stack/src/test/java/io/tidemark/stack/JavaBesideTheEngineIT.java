package io.tidemark.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.stack.clickhouse.ClickHouseProcess;
import io.tidemark.stack.clickhouse.Credentials;
import io.tidemark.stack.clickhouse.DataLock;
import io.tidemark.stack.clickhouse.EngineFiles;
import io.tidemark.stack.clickhouse.EngineHttp;
import io.tidemark.stack.clickhouse.EngineLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM handles null pointers and deep stacks by signals; the engine in the same process must leave them to it. */
class JavaBesideTheEngineIT {

    @TempDir
    private Path directory;

    /** The engine's process, in which Java code provokes those signals once the engine answers. */
    static final class Provoked {

        private static final int NULL_POINTERS = 20_000;

        private Provoked() {}

        @SuppressWarnings("InfiniteRecursion")
        private static int depth(int level) {
            return 1 + depth(level + 1);
        }

        @SuppressWarnings("NullDereference")
        private static void provoke(Path provokeFile, Path doneFile) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(provokeFile));
            int caught = 0;
            String[] nothing = new String[1];
            for (int count = 0; count < NULL_POINTERS; count++) {
                try {
                    caught += nothing[0].length();
                } catch (NullPointerException e) {
                    caught++;
                }
            }
            try {
                caught += depth(0);
            } catch (StackOverflowError e) {
                caught++;
            }
            System.gc();
            try {
                // moved into place, so that whoever sees the file sees all of it
                Path written = Files.writeString(doneFile.resolveSibling("done.part"), Integer.toString(caught));
                Files.move(written, doneFile);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        public static void main(String[] arguments) throws IOException {
            Thread thread = new Thread(() -> provoke(Path.of(arguments[4]), Path.of(arguments[5])));
            thread.setDaemon(true);
            thread.start();
            ClickHouseProcess.main(arguments);
        }
    }

    @Test
    void nullPointersStackOverflowAndCollectionsAreHarmless() throws IOException {
        int port = FreePorts.next();
        Credentials credentials = Credentials.of(directory);
        Path configuration = EngineFiles.write(directory, port, "provoked", credentials);
        EngineHttp http = new EngineHttp(port, credentials.password());
        Path provoke = directory.resolve("provoke");
        Path done = directory.resolve("done");
        List<String> arguments = List.of(
                EngineLibrary.find().toString(),
                configuration.toString(),
                directory.resolve("history").toString(),
                directory.resolve(DataLock.FILE).toString(),
                provoke.toString(),
                done.toString());
        try (ChildProcess child = ChildProcess.start(new ChildProcess.Specification(
                "ClickHouse engine", Provoked.class, ChildFlags.engine(), arguments, directory.resolve("log")))) {
            child.awaitReady(() -> http.ask("SELECT 1").isPresent(), Duration.ofMinutes(1));
            Files.createFile(provoke);
            child.awaitReady(() -> Files.exists(done), Duration.ofMinutes(1));
            assertThat(Files.readString(done)).isEqualTo("20001");
            assertThat(http.ask("SELECT 40 + 2")).contains("42");
        }
    }
}
