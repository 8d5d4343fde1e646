package io.tidemark.platform.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A secret in a file of its own, so that it stands in no process list and no configuration. */
public final class SecretFile {

    private SecretFile() {}

    /**
     * The secret in a file.
     *
     * @param file path; empty when there is no secret
     * @throws IllegalArgumentException when the file cannot be read or is empty
     */
    public static Optional<HmacSignature> signature(String key, String file) {
        return file.isEmpty() ? Optional.empty() : Optional.of(new HmacSignature(read(key, file)));
    }

    /**
     * The text in a file, without the space around it.
     *
     * @param key setting that names the file, for messages
     */
    public static String read(String key, String file) {
        try {
            String secret = Files.readString(Path.of(file)).strip();
            if (secret.isEmpty()) {
                throw new IllegalArgumentException(
                        "%s = '%s': the file is empty; write the secret into it".formatted(key, file));
            }
            return secret;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s = '%s': the file cannot be read (%s)"
                            .formatted(key, file, e.getClass().getSimpleName()),
                    e);
        }
    }
}
