package io.tidemark.gateway.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that are known, from a file that may change while the gateway runs, and from the environment. */
public final class KeyRing {

    private static final Logger LOGGER = LoggerFactory.getLogger(KeyRing.class);

    private final Optional<Path> file;
    private final KeyFile format;
    private final Map<String, TenantAccess> fixed;
    private volatile Map<String, TenantAccess> keys;
    private FileTime readAt;

    /**
     * Reads the keys.
     *
     * @param file file of keys, if any
     * @param text further keys, in the form of the file
     * @param defaults quotas of keys that name none
     * @throws IllegalArgumentException when the file is missing or wrong, or there is no key at all
     */
    public KeyRing(Optional<Path> file, String text, TenantAccess defaults) {
        this.file = file;
        this.format = new KeyFile(defaults);
        this.fixed = format.parse(text);
        try {
            this.keys = read();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "key file '%s' cannot be read: %s".formatted(file.orElseThrow(), e.getMessage()), e);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no API key; make one with `tidemark ingest key TENANT` and name its file with gateway.keys-file");
        }
    }

    /** What a key opens; empty when it is unknown. */
    public Optional<TenantAccess> access(String key) {
        return Optional.ofNullable(keys.get(ApiKey.hash(key)));
    }

    /** Reads the file again when it has changed. A file that is wrong is reported, and the keys stay as they were. */
    public void refresh() {
        if (file.isEmpty()) {
            return;
        }
        try {
            if (!Files.getLastModifiedTime(file.get()).equals(readAt)) {
                keys = read();
                LOGGER.info("{} keys are known", keys.size());
            }
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.error("the key file is not taken over, the keys stay as they were: {}", e.getMessage());
        }
    }

    private Map<String, TenantAccess> read() throws IOException {
        Map<String, TenantAccess> all = new HashMap<>(fixed);
        if (file.isPresent()) {
            FileTime modified = Files.getLastModifiedTime(file.get());
            all.putAll(format.parse(Files.readString(file.get())));
            readAt = modified;
        }
        return Map.copyOf(all);
    }
}
