package io.tidemark.testing;

import io.tidemark.stack.FreePorts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Apicurio Registry as a process on a newer JDK than the build's, with its data in memory. */
final class ApicurioServer implements AutoCloseable {

    private static final int OLDEST_JAVA = 21;
    private static final Pattern RELEASE = Pattern.compile("JAVA_(?:RUNTIME_)?VERSION=\"(\\d+)");

    private final Process process;
    private final int port;

    private ApicurioServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Home of a JDK that is new enough: the one that is named, or one in the folder that holds this JVM's. */
    static Optional<Path> java21() throws IOException {
        String named = System.getenv("TIDEMARK_JAVA21_HOME");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path neighbours = Path.of(System.getProperty("java.home")).toRealPath().getParent();
        try (Stream<Path> homes = Files.list(neighbours)) {
            return homes.filter(ApicurioServer::isNewEnough).findFirst();
        }
    }

    private static boolean isNewEnough(Path home) {
        try {
            Matcher release = RELEASE.matcher(Files.readString(home.resolve("release")));
            return release.find() && Integer.parseInt(release.group(1)) >= OLDEST_JAVA;
        } catch (IOException e) {
            return false;
        }
    }

    static ApicurioServer start(Path javaHome, Path archive, Path directory, Duration deadline)
            throws IOException, InterruptedException {
        Process unpack = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", directory.toString())
                .inheritIO()
                .start();
        if (unpack.waitFor() != 0) {
            throw new IOException("The archive %s cannot be unpacked".formatted(archive));
        }
        int port = FreePorts.next();
        Process process = new ProcessBuilder(List.of(
                        javaHome.resolve("bin/java").toString(),
                        "-Xmx512m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.enabled=false",
                        "-jar",
                        launcher(directory).toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("apicurio.log").toFile())
                .start();
        ApicurioServer server = new ApicurioServer(process, port);
        Awaitility.await("Apicurio").atMost(deadline).until(server::answers);
        return server;
    }

    private static Path launcher(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory, 3)) {
            return files.filter(file -> file.endsWith("quarkus-run.jar") && !Files.isDirectory(file)
                            || file.getFileName().toString().matches("apicurio-registry-app-.*-runner\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("No launcher of Apicurio was found in " + directory));
        }
    }

    /** URL of its interface in Confluent's manner. */
    String url() {
        return "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Apicurio ended with exit code " + process.exitValue());
        }
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url() + "/subjects").toURL().openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
