package io.tidemark.gateway.otlp;

/**
 * How large a body and its parts may be. What is above a limit of the body is refused as a whole; attributes and texts above theirs are
 * dropped or cut, and counted.
 *
 * @param bodyBytes bytes as they come
 * @param decompressedBytes bytes after decompression
 * @param spans spans, log records or data points of a body
 * @param elements values of a body that are read, nested ones included
 * @param attributes attributes of a span that are read
 * @param attributeBytes bytes of an attribute that is read, unless it holds text
 * @param textBytes bytes of a prompt or response
 * @param depth nesting of values
 */
public record BodyLimits(
        int bodyBytes,
        int decompressedBytes,
        int spans,
        int elements,
        int attributes,
        int attributeBytes,
        int textBytes,
        int depth) {

    /** 4 MiB, 16 MiB after decompression, 10,000 spans, 500,000 values, 128 attributes of 4 KiB, texts of 64 KiB, 32 levels. */
    public static final BodyLimits DEFAULT = new BodyLimits(4 << 20, 16 << 20, 10_000, 500_000, 128, 4_096, 65_536, 32);
}
