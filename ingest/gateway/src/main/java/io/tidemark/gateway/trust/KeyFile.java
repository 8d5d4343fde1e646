package io.tidemark.gateway.trust;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads keys: one a line or, in the environment, one an entry after a semicolon: the SHA-256 of the key, its tenant, and optionally {@code
 * spans-per-second=N} and {@code bytes-per-second=N}. What follows # is a comment.
 */
final class KeyFile {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final TenantAccess defaults;

    /** @param defaults quotas of keys that name none */
    KeyFile(TenantAccess defaults) {
        this.defaults = defaults;
    }

    /**
     * The keys of a text, by their hash.
     *
     * @throws IllegalArgumentException naming the line, never its content
     */
    Map<String, TenantAccess> parse(String text) {
        Map<String, TenantAccess> keys = new HashMap<>();
        String[] lines = text.split("[\n;]", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].split("#", 2)[0].strip();
            if (!line.isEmpty()) {
                add(keys, SPACES.split(line), i + 1);
            }
        }
        return keys;
    }

    private void add(Map<String, TenantAccess> keys, String[] words, int line) {
        if (words.length < 2 || !HASH.matcher(words[0]).matches()) {
            throw new IllegalArgumentException(
                    "keys, line %d: must be the SHA-256 of a key (64 hex digits) and a tenant; `tidemark ingest key TENANT` makes one"
                            .formatted(line));
        }
        double spans = defaults.spansPerSecond();
        double bytes = defaults.bytesPerSecond();
        for (int i = 2; i < words.length; i++) {
            String[] option = words[i].split("=", 2);
            switch (option[0]) {
                case "spans-per-second" -> spans = quota(option, line);
                case "bytes-per-second" -> bytes = quota(option, line);
                default ->
                    throw new IllegalArgumentException(
                            "keys, line %d: '%s' must be spans-per-second=N or bytes-per-second=N"
                                    .formatted(line, option[0]));
            }
        }
        keys.put(words[0], new TenantAccess(words[1], spans, bytes));
    }

    private static double quota(String[] option, int line) {
        try {
            return Double.parseDouble(option.length == 2 ? option[1] : "");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("keys, line %d: '%s' must be a number".formatted(line, option[0]), e);
        }
    }
}
