package io.tidemark.jobs.canary;

import io.tidemark.jobs.canary.pair.AgreementRule;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.runtime.FlatType;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * An outcome in [0, 1].
 *
 * @param trace fingerprint of tenant and trace id
 * @param outcome fingerprint of its id; equal ones are the same outcome
 * @param kind position of its measure among {@link Cell#VALUES}, or {@link #AGREEMENT} and the rule
 * @param value the score
 * @param knownMillis when it became known, milliseconds since the epoch
 */
public record Score(long trace, long outcome, int kind, double value, long knownMillis) {

    /** Type information for Flink. */
    public static final TypeInformation<Score> TYPE = new FlatType<>(Score.class, new ScoreSerializer());

    /** Kind of a judge's word on whether the two answers of a shadow's pair agree; it is no score of either. */
    private static final int AGREEMENT = 1_000;

    /** What a judge says about a pair by each rule: the names of the outcomes. */
    private static final Map<String, AgreementRule> WORDS =
            Map.of("agreement", AgreementRule.JUDGE, "similarity", AgreementRule.EMBEDDING);

    private static final byte VERSION = 1;

    /** Kind of an outcome of a judge about a pair; null for one that is not about a pair. */
    static Integer kindOfPair(String outcome) {
        AgreementRule rule = WORDS.get(outcome);
        return rule == null ? null : AGREEMENT + rule.ordinal() - AgreementRule.JUDGE.ordinal();
    }

    boolean isAgreement() {
        return kind >= AGREEMENT;
    }

    /** The rule by which a pair agrees, of a judge's word on one. */
    AgreementRule rule() {
        return AgreementRule.values()[kind - AGREEMENT + AgreementRule.JUDGE.ordinal()];
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
