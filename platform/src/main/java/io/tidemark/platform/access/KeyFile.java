package io.tidemark.platform.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads keys: one a line or, in the environment, one an entry after a semicolon: the SHA-256 of the key, its tenant, and options. What
 * follows # is a comment.
 *
 * @param <A> what a key opens
 */
final class KeyFile<A> {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final KeyRing.Grant<A> grant;

    KeyFile(KeyRing.Grant<A> grant) {
        this.grant = grant;
    }

    /**
     * The keys of a text, by their hash.
     *
     * @throws IllegalArgumentException naming the line, never its content
     */
    Map<String, A> parse(String text) {
        Map<String, A> keys = new HashMap<>();
        String[] lines = text.split("[\n;]", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].split("#", 2)[0].strip();
            if (!line.isEmpty()) {
                add(keys, List.of(SPACES.split(line)), i + 1);
            }
        }
        return keys;
    }

    private void add(Map<String, A> keys, List<String> words, int line) {
        if (words.size() < 2 || !HASH.matcher(words.get(0)).matches()) {
            throw new IllegalArgumentException(
                    "keys, line %d: must be the SHA-256 of a key (64 hex digits) and a tenant; `tidemark ingest key TENANT` makes one"
                            .formatted(line));
        }
        try {
            keys.put(words.get(0), grant.of(words.get(1), words.subList(2, words.size())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("keys, line %d: %s".formatted(line, e.getMessage()), e);
        }
    }
}
