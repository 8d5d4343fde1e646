package io.tidemark.sink.access;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Who may read, and how much of the server one query may take. A file of properties:
 *
 * <pre>
 * reader.anna = 5e88...d8 analyst
 * reader.acme-bi = 2bd8...6b tenant acme
 * limit.memory-bytes = 805306368
 * limit.seconds = 120
 * limit.rows = 10000000
 * </pre>
 *
 * @param readers in the order of their names
 * @param limits what a query of a reader may take
 */
public record AccessDeclaration(List<TableReader> readers, ReaderLimits limits) {

    private static final String READER = "reader.";
    private static final String LIMIT = "limit.";
    private static final int PARTS = 3;

    public AccessDeclaration {
        readers =
                readers.stream().sorted(Comparator.comparing(TableReader::name)).toList();
    }

    /**
     * Reads a declaration.
     *
     * @throws IllegalArgumentException naming the file, the line and the rule that it breaks
     */
    public static AccessDeclaration read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("access file '%s' does not exist".formatted(file), e);
        }
        try {
            return of(properties);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("access file '%s': %s".formatted(file, e.getMessage()), e);
        }
    }

    static AccessDeclaration of(Properties properties) {
        List<TableReader> readers = new ArrayList<>();
        ReaderLimits limits = ReaderLimits.USUAL;
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name).strip();
            if (name.startsWith(READER)) {
                readers.add(reader(name.substring(READER.length()), value));
            } else if (name.startsWith(LIMIT)) {
                limits = limits.with(name.substring(LIMIT.length()), value);
            } else {
                throw new IllegalArgumentException(
                        "'%s' is neither reader.NAME nor limit.memory-bytes, limit.seconds or limit.rows"
                                .formatted(name));
            }
        }
        return new AccessDeclaration(readers, limits);
    }

    private static TableReader reader(String name, String value) {
        String[] parts = value.split("\\s+", PARTS);
        if (parts.length == 2 && parts[1].equals("analyst")) {
            return new TableReader(name, parts[0], Optional.empty());
        }
        if (parts.length == PARTS && parts[1].equals("tenant")) {
            return new TableReader(name, parts[0], Optional.of(parts[2]));
        }
        throw new IllegalArgumentException(
                "reader.%s must be 'SHA-256 analyst' or 'SHA-256 tenant NAME'".formatted(name));
    }
}
