package io.tidemark.sink.access;

/**
 * What one query of a reader may take of the server; readers cannot raise it.
 *
 * @param memoryBytes memory, in bytes
 * @param seconds time, in seconds
 * @param rows rows of a result
 */
public record ReaderLimits(long memoryBytes, long seconds, long rows) {

    /** The limits where a declaration names none. */
    public static final ReaderLimits USUAL = new ReaderLimits(768L << 20, 120, 10_000_000);

    public ReaderLimits {
        if (memoryBytes < 1 || seconds < 1 || rows < 1) {
            throw new IllegalArgumentException("limits must be at least 1, got memory-bytes %d, seconds %d, rows %d"
                    .formatted(memoryBytes, seconds, rows));
        }
    }

    ReaderLimits with(String name, String text) {
        long value = number(name, text);
        return switch (name) {
            case "memory-bytes" -> new ReaderLimits(value, seconds, rows);
            case "seconds" -> new ReaderLimits(memoryBytes, value, rows);
            case "rows" -> new ReaderLimits(memoryBytes, seconds, value);
            default ->
                throw new IllegalArgumentException("limit.%s is none of memory-bytes, seconds, rows".formatted(name));
        };
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("limit.%s = '%s' must be a whole number".formatted(name, text), e);
        }
    }
}
