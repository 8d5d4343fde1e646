package io.tidemark.cli.stack;

import io.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;

/** The settings of a child process, in a file that only its owner may read: on a command line everyone would see the passwords. */
final class SettingsFile {

    private SettingsFile() {}

    static Path write(Path file, Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream output = Files.newOutputStream(file)) {
                properties.store(output, null);
            }
            return file;
        } catch (IOException e) {
            throw new CommandFailure("the settings file '%s' cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }
}
