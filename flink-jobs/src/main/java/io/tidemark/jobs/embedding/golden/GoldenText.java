package io.tidemark.jobs.embedding.golden;

import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;

/**
 * A prompt that may be chosen. No text.
 *
 * @param textHash hash of its tokens
 * @param traceId trace to look at
 * @param eventMillis when the inference finished, milliseconds since the epoch
 * @param backendId what made the vector; vectors of two backends are not compared
 * @param vector vector of length 1
 */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is made
record GoldenText(long textHash, String traceId, long eventMillis, String backendId, float[] vector) {

    private static final byte VERSION = 1;

    static GoldenText of(ScoredText text) {
        return new GoldenText(
                text.textHash(), text.origin().traceId(), text.origin().eventMillis(), text.backendId(), text.vector());
    }

    /** Cosine of two texts of one backend. */
    double cosine(GoldenText other) {
        double cosine = 0;
        for (int i = 0; i < vector.length; i++) {
            cosine += (double) vector[i] * other.vector[i];
        }
        return cosine;
    }

    byte[] toBytes() {
        ByteWriter writer = new ByteWriter(vector.length * Float.BYTES + 128);
        writer.writeByte(VERSION);
        writer.writeLong(textHash);
        writer.writeText(traceId);
        writer.writeSigned(eventMillis);
        writer.writeText(backendId);
        writer.writeUnsigned(vector.length);
        for (float number : vector) {
            writer.writeUnsigned(Integer.toUnsignedLong(Float.floatToRawIntBits(number)));
        }
        return writer.toByteArray();
    }

    static GoldenText fromBytes(byte[] bytes) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "text of a golden set has version %d; this release reads %d".formatted(version, VERSION));
        }
        long textHash = reader.readLong();
        String traceId = reader.readText();
        long eventMillis = reader.readSigned();
        String backendId = reader.readText();
        float[] vector = new float[(int) reader.readUnsigned()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Float.intBitsToFloat((int) reader.readUnsigned());
        }
        return new GoldenText(textHash, traceId, eventMillis, backendId, vector);
    }
}
