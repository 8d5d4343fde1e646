package io.tidemark.jobs.embedding.drift;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.TreeMap;

/** Distinct texts with their vectors, those of the smallest hashes: the same ones in whatever order they come. */
final class Reservoir {

    private final int most;
    private final TreeMap<Long, TextSample> byHash = new TreeMap<>();

    Reservoir(int most) {
        this.most = most;
    }

    void add(TextSample sample) {
        if (byHash.size() >= most && sample.textHash() > byHash.lastKey()) {
            return;
        }
        TextSample known = byHash.get(sample.textHash());
        // of copies the one with the smallest trace id, whichever came first
        if (known == null || sample.traceId().compareTo(known.traceId()) < 0) {
            byHash.put(sample.textHash(), sample);
        }
        if (byHash.size() > most) {
            byHash.pollLastEntry();
        }
    }

    /** The texts, smallest hash first. */
    Collection<TextSample> samples() {
        return byHash.values();
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(byHash.size());
        for (TextSample sample : byHash.values()) {
            writer.writeLong(sample.textHash());
            writeText(sample.traceId(), writer);
            writeText(sample.intent(), writer);
            writer.writeUnsigned(sample.vector().length);
            writeVector(sample.vector(), writer);
        }
    }

    static Reservoir read(ByteReader reader, int most) {
        Reservoir read = new Reservoir(most);
        long size = reader.readUnsigned();
        for (long i = 0; i < size; i++) {
            long hash = reader.readLong();
            String traceId = readText(reader);
            String intent = readText(reader);
            float[] vector = new float[(int) reader.readUnsigned()];
            readVector(vector, reader);
            read.add(new TextSample(hash, traceId, intent, vector));
        }
        return read;
    }

    /** Two numbers in eight bytes. */
    private static void writeVector(float[] vector, ByteWriter writer) {
        for (int i = 0; i < vector.length; i += 2) {
            long second = i + 1 < vector.length ? Float.floatToRawIntBits(vector[i + 1]) : 0;
            writer.writeLong(second << Integer.SIZE | Float.floatToRawIntBits(vector[i]) & 0xFFFF_FFFFL);
        }
    }

    private static void readVector(float[] vector, ByteReader reader) {
        for (int i = 0; i < vector.length; i += 2) {
            long pair = reader.readLong();
            vector[i] = Float.intBitsToFloat((int) pair);
            if (i + 1 < vector.length) {
                vector[i + 1] = Float.intBitsToFloat((int) (pair >>> Integer.SIZE));
            }
        }
    }

    static void writeText(String text, ByteWriter writer) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.writeUnsigned(bytes.length);
        writer.writeBytes(bytes, 0, bytes.length);
    }

    static String readText(ByteReader reader) {
        byte[] bytes = new byte[(int) reader.readUnsigned()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) reader.readByte();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
