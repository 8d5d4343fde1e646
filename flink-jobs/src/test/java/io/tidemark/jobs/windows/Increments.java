package io.tidemark.jobs.windows;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.InferenceEvent;
import io.tidemark.contracts.trace.SliceKeyFormat;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.measures.MeasureAccumulator;
import io.tidemark.jobs.measures.MeasureLog;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** Increments for operator tests. */
final class Increments {

    private static final MeasureLog LOG = new MeasureLog();

    private Increments() {}

    /** Measures of calls with so many input tokens each. */
    static byte[] measures(long... inputTokens) {
        return lateMeasures(0, inputTokens);
    }

    static byte[] lateMeasures(int lateSizes, long... inputTokens) {
        byte[] log = log(lateSizes, inputTokens);
        MeasureAccumulator accumulator = new MeasureAccumulator();
        LOG.fold(log, 0, log.length, accumulator);
        return accumulator.encode();
    }

    /** The log of such calls. */
    static byte[] log(int lateSizes, long... inputTokens) {
        ByteWriter writer = new ByteWriter();
        for (long tokens : inputTokens) {
            InferenceEvent event = new InferenceEvent();
            event.clear();
            event.inputTokens = tokens;
            LOG.append(event, lateSizes, writer);
        }
        return writer.toByteArray();
    }

    /** Key of an increment as the projection builds it. */
    static String key(Set<Dimension> dimensions, Map<Dimension, String> values) {
        StringBuilder key = new StringBuilder();
        for (Dimension dimension : dimensions) {
            if (dimension == Dimension.ROLE) {
                key.append((char) 2).append((char) 1);
                continue;
            }
            byte[] text = values.getOrDefault(dimension, "x").getBytes(StandardCharsets.UTF_8);
            byte[] part = new byte[text.length + 5];
            int position = SliceKeyFormat.writeLength(part, 0, text.length);
            System.arraycopy(text, 0, part, position, text.length);
            key.append(new String(part, 0, position + text.length, StandardCharsets.ISO_8859_1));
        }
        return key.toString();
    }
}
