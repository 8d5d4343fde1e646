package io.tidemark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract against Apicurio Registry, so that it says what registries do and not what ours does.
 *
 * <p>It is skipped unless asked for, because Apicurio is a download of 158 MB and needs Java 21 or newer:
 *
 * <pre>mvn verify -Papicurio -pl local/testing -am -Dit.test=ApicurioRegistryIT -Dsurefire.failIfNoSpecifiedTests=false</pre>
 *
 * The profile resolves {@code io.apicurio:apicurio-registry-app:3.3.3:tar.gz:all} with Maven and sets the system property
 * {@code tidemark.apicurio.archive}. The JDK is the one named by {@code TIDEMARK_JAVA21_HOME}, or found beside this JVM's.
 */
class ApicurioRegistryIT extends SchemaRegistryContract {

    private static final Duration START_DEADLINE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static ApicurioServer server;

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** Starts the server at the first call; asked for by each test, so that each test says why it is skipped. */
    @Override
    String url() {
        if (server == null) {
            server = start();
        }
        return server.url();
    }

    private static ApicurioServer start() {
        String archive = System.getProperty("tidemark.apicurio.archive", "");
        Assumptions.assumeFalse(archive.isEmpty(), "Skipped: Apicurio was not asked for; run Maven with -Papicurio");
        Assumptions.assumeTrue(Files.exists(Path.of(archive)), "Skipped: there is no file " + archive);
        try {
            Optional<Path> java = ApicurioServer.java21();
            Assumptions.assumeTrue(
                    java.isPresent(), "Skipped: Apicurio needs a JDK 21 or newer; name one with TIDEMARK_JAVA21_HOME");
            return ApicurioServer.start(java.orElseThrow(), Path.of(archive), directory, START_DEADLINE);
        } catch (IOException e) {
            throw new UncheckedIOException("Apicurio cannot be started from " + archive, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Apicurio was started", e);
        }
    }
}
