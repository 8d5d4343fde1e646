package io.tidemark.stack.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The two users of an embedded engine. Their passwords are drawn once for each data directory and kept there, in a file that only
 * its owner may read.
 *
 * @param password password of {@link #WRITER}
 * @param analystPassword password of {@link #ANALYST}
 */
public record Credentials(String password, String analystPassword) {

    /** May do everything. */
    public static final String WRITER = "tidemark";

    /** May read the database {@code tidemark}, within limits. */
    public static final String ANALYST = "analyst";

    private static final int PASSWORD_BYTES = 18;

    /** The passwords of a data directory, drawn at the first call. */
    public static Credentials of(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve("credentials.properties");
        if (!Files.exists(file)) {
            write(file, new Credentials(draw(), draw()));
        }
        Properties properties = new Properties();
        try (InputStream input = Files.newInputStream(file)) {
            properties.load(input);
        }
        return new Credentials(properties.getProperty(WRITER), properties.getProperty(ANALYST));
    }

    private static void write(Path file, Credentials credentials) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(WRITER, credentials.password());
        properties.setProperty(ANALYST, credentials.analystPassword());
        Path draft = Files.createTempFile(
                file.getParent(),
                "credentials",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream output = Files.newOutputStream(draft)) {
            properties.store(output, null);
        }
        Files.move(draft, file);
    }

    private static String draw() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static String sha256(String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
