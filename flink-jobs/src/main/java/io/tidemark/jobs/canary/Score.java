package io.tidemark.jobs.canary;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * An outcome in [0, 1].
 *
 * @param trace fingerprint of tenant and trace id
 * @param outcome fingerprint of its id; equal ones are the same outcome
 * @param kind position of its measure among {@link Cell#VALUES}, or {@link #AGREEMENT}
 * @param value the score
 * @param knownMillis when it became known, milliseconds since the epoch
 */
public record Score(long trace, long outcome, int kind, double value, long knownMillis) {

    /** Type information for Flink. */
    public static final TypeInformation<Score> TYPE = new FlatType<>(Score.class, new ScoreSerializer());

    /** Kind of a judge's word on whether the two answers of a shadow's pair agree; it is no score of either. */
    static final int AGREEMENT = 1_000;

    /** Outcomes of this name are of that kind. */
    static final String AGREEMENT_NAME = "agreement";

    private static final byte VERSION = 1;

    boolean isAgreement() {
        return kind == AGREEMENT;
    }

    byte[] toBytes() {
        ByteWriter writer = new ByteWriter(40);
        writer.writeByte(VERSION);
        writer.writeLong(trace);
        writer.writeLong(outcome);
        writer.writeUnsigned(kind);
        writer.writeDouble(value);
        writer.writeLong(knownMillis);
        return writer.toByteArray();
    }

    static Score fromBytes(byte[] bytes) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "score has version %d; this build reads version %d".formatted(version, VERSION));
        }
        return new Score(
                reader.readLong(),
                reader.readLong(),
                (int) reader.readUnsigned(),
                StateCodec.readDouble(reader),
                reader.readLong());
    }
}
