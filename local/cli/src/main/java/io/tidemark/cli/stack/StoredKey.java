package io.tidemark.cli.stack;

import io.tidemark.cli.CommandFailure;
import io.tidemark.platform.access.ApiKey;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Properties;

/** Keys of a data directory: each is made once, in a file that only its owner may read. */
final class StoredKey {

    private static final String KEY = "key";

    private StoredKey() {}

    /** The key that a file of settings holds; it is made when there is none. */
    static String of(DataDirectory data, String name) {
        Path file = data.settings(name);
        if (!Files.exists(file)) {
            SettingsFile.write(file, Map.of(KEY, ApiKey.random(new SecureRandom())));
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties.getProperty(KEY);
        } catch (IOException e) {
            throw new CommandFailure("the key file '%s' cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
