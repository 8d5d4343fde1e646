package io.tidemark.platform.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Version and build id, written into the jar by the build. */
public final class BuildInformation {

    private static final Properties PROPERTIES = read();

    private BuildInformation() {}

    /** Version of the project, for example 0.1.0. */
    public static String version() {
        return PROPERTIES.getProperty("version");
    }

    /** Abbreviated commit that was built, or "unknown" outside a checkout. */
    public static String buildId() {
        String commit = PROPERTIES.getProperty("commit", "");
        return commit.isBlank() || commit.startsWith("$") ? "unknown" : commit;
    }

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream stream = BuildInformation.class.getResourceAsStream("build.properties")) {
            properties.load(stream);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("build.properties cannot be read", e);
        }
    }
}
