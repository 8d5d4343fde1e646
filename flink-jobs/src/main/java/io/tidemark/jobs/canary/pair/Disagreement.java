package io.tidemark.jobs.canary.pair;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;

/**
 * A pair whose answers do not agree, for people to look at.
 *
 * @param rule by which they do not agree
 * @param traceId trace of both
 * @param intent intent class of the shadow's answer
 * @param eventMicros when the shadow's answer finished, microseconds since the epoch
 * @param doubt how far apart they are, in [0, 1]
 */
public record Disagreement(AgreementRule rule, String traceId, String intent, long eventMicros, double doubt) {

    void write(ByteWriter writer) {
        writer.writeByte(rule.ordinal());
        writer.writeText(traceId);
        writer.writeText(intent);
        writer.writeSigned(eventMicros);
        writer.writeDouble(doubt);
    }

    static Disagreement read(ByteReader reader) {
        return new Disagreement(
                AgreementRule.values()[reader.readByte()],
                reader.readText(),
                reader.readText(),
                reader.readSigned(),
                Double.longBitsToDouble(reader.readLong()));
    }
}
