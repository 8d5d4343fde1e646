package io.tidemark.jobs.drift;

import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Counts and slices as bytes: a count takes one byte up to 127, and a run of zeros two. */
final class CountCodec {

    private static final int INITIAL_BYTES = 64;

    private CountCodec() {}

    static byte[] countBytes(long[] counts) {
        ByteWriter writer = new ByteWriter(INITIAL_BYTES);
        writer.writeUnsigned(counts.length);
        int i = 0;
        while (i < counts.length) {
            writer.writeUnsigned(counts[i]);
            int next = i + 1;
            if (counts[i] == 0) {
                while (next < counts.length && counts[next] == 0) {
                    next++;
                }
                writer.writeUnsigned(next - i);
            }
            i = next;
        }
        return writer.toByteArray();
    }

    static long[] counts(byte[] bytes) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        long[] counts = new long[(int) reader.readUnsigned()];
        int i = 0;
        while (i < counts.length) {
            counts[i] = reader.readUnsigned();
            i += counts[i] == 0 ? (int) reader.readUnsigned() : 1;
        }
        return counts;
    }

    static byte[] sliceBytes(SliceRef slice) throws IOException {
        ByteBuffer buffer = SliceRef.getEncoder().encode(slice);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static SliceRef slice(byte[] bytes) throws IOException {
        return SliceRef.getDecoder().decode(bytes);
    }
}
