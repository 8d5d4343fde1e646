package io.tidemark.jobs.rules.model;

/**
 * Something wrong in a rule.
 *
 * @param file name of the file
 * @param line one-based line; 0 when the whole file is meant
 * @param key key with its section, such as {@code test.limit}; empty when none is meant
 * @param message what is wrong, and what is allowed
 */
public record RuleProblem(String file, int line, String key, String message) {

    @Override
    public String toString() {
        String place = line > 0 ? "%s, line %d".formatted(file, line) : file;
        return key.isEmpty() ? "%s: %s".formatted(place, message) : "%s, key '%s': %s".formatted(place, key, message);
    }
}
