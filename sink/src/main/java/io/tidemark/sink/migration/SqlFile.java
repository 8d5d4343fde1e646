package io.tidemark.sink.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of definitions. A statement ends with a semicolon at the end of a line; a line that begins with {@code --} is
 * a comment.
 *
 * @param name file name, which for a numbered file begins with its number
 * @param text as it is in the file
 */
record SqlFile(String name, String text) {

    private static final String FOLDER = "/ddl/";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)}");

    /** The files of this version, in the order in which they run. */
    static List<SqlFile> all() {
        return read("index.txt")
                .lines()
                .map(name -> new SqlFile(name, read(name)))
                .toList();
    }

    boolean isRepeatable() {
        return name.startsWith("repeatable/");
    }

    /** Fingerprint of the text without placeholders filled in: settings may differ, definitions may not. */
    String checksum() {
        return checksum(text);
    }

    /** The statements with placeholders filled in. */
    List<String> statements(Map<String, String> placeholders) {
        List<String> statements = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : fill(placeholders).lines().toList()) {
            if (line.startsWith("--") || line.isBlank()) {
                continue;
            }
            open.append(line).append('\n');
            if (line.stripTrailing().endsWith(";")) {
                statements.add(open.substring(0, open.lastIndexOf(";")));
                open.setLength(0);
            }
        }
        if (!open.isEmpty()) {
            throw new MigrationException("%s: the last statement does not end with ';'".formatted(name));
        }
        return statements;
    }

    static String checksum(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String fill(Map<String, String> placeholders) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String value = placeholders.get(match.group(1));
            if (value == null) {
                throw new MigrationException(
                        "%s: placeholder '%s' is not one of %s".formatted(name, match.group(), placeholders.keySet()));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static String read(String name) {
        try (InputStream in = SqlFile.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new MigrationException("file ddl/%s is missing from this build".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read ddl/" + name, e);
        }
    }
}
