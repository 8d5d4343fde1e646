package io.tidemark.platform.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that are known, from a file that may change while the process runs, and from its settings.
 *
 * @param <A> what a key opens
 */
public final class KeyRing<A> {

    private static final Logger LOGGER = LoggerFactory.getLogger(KeyRing.class);

    private final Optional<Path> file;
    private final KeyFile<A> format;
    private final Map<String, A> fixed;
    private volatile Map<String, A> keys;
    private FileTime readAt;

    /**
     * Reads the keys.
     *
     * @param file file of keys, if any
     * @param text further keys, in the form of the file
     * @param grant what the words after a hash mean
     * @throws IllegalArgumentException when the file is missing or wrong
     */
    public KeyRing(Optional<Path> file, String text, Grant<A> grant) {
        this.file = file;
        this.format = new KeyFile<>(grant);
        this.fixed = format.parse(text);
        try {
            this.keys = read();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "key file '%s' cannot be read: %s".formatted(file.orElseThrow(), e.getMessage()), e);
        }
    }

    /**
     * What the words after the hash of a key mean.
     *
     * @param <A> what a key opens
     */
    @FunctionalInterface
    public interface Grant<A> {

        /**
         * What a key opens.
         *
         * @param options further words of the line
         * @throws IllegalArgumentException saying which option is wrong
         */
        A of(String tenant, List<String> options);
    }

    /** Whether no key is known: nobody would get in. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** What a key opens; empty when it is unknown. */
    public Optional<A> access(String key) {
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

    private Map<String, A> read() throws IOException {
        Map<String, A> all = new HashMap<>(fixed);
        if (file.isPresent()) {
            FileTime modified = Files.getLastModifiedTime(file.get());
            all.putAll(format.parse(Files.readString(file.get())));
            readAt = modified;
        }
        return Map.copyOf(all);
    }
}
