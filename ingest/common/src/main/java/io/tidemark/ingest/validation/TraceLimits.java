package io.tidemark.ingest.validation;

/**
 * How large the parts of a trace may be.
 *
 * @param nameCharacters longest name or identifier: tenant, trace id, tuple component, attribute key, UTF-16 characters
 * @param attributes most attributes of a trace or of one span
 * @param attributeBytes longest attribute or categorical feature value, UTF-8 bytes
 * @param features most numeric, and most categorical, features
 * @param spans most spans of a trace
 * @param textBytes longest prompt or response text, UTF-8 bytes
 */
public record TraceLimits(
        int nameCharacters, int attributes, int attributeBytes, int features, int spans, int textBytes) {

    /** 256 characters, 128 attributes of 4 KiB, 1,024 features, 1,000 spans, texts of 64 KiB. */
    public static final TraceLimits DEFAULT = new TraceLimits(256, 128, 4_096, 1_024, 1_000, 65_536);

    public TraceLimits {
        require("nameCharacters", nameCharacters);
        require("attributes", attributes);
        require("attributeBytes", attributeBytes);
        require("features", features);
        require("spans", spans);
        require("textBytes", textBytes);
    }

    private static void require(String name, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("%s = '%d' must be >= 1".formatted(name, limit));
        }
    }
}
