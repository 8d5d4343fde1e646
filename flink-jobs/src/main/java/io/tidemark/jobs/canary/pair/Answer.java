package io.tidemark.jobs.canary.pair;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.runtime.FlatType;
import java.util.Comparator;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What is kept of one inference of a shadow release until its counterpart has come. No text.
 *
 * @param releaseId the shadow
 * @param isShadow whether the candidate gave it, or else production
 * @param awaited rules whose word on the pair is waited for, as bits
 * @param tenant tenant
 * @param traceId trace, which both answers to a request share
 * @param intent intent class
 * @param trace fingerprint of tenant and trace
 * @param session fingerprint of the session; 0 without one
 * @param inference fingerprint of the inference
 * @param eventMicros when it finished, microseconds since the epoch
 * @param text hash of the answer; {@link AnswerText#UNKNOWN} without one
 * @param costNanoUsd price; {@link #UNKNOWN} when it is not known
 * @param latencyMicros end to end; {@link #UNKNOWN} when it is not known
 * @param refused 1 or 0; {@link #UNKNOWN} when it is not known
 * @param blocked 1 or 0, whether a guardrail blocked it; {@link #UNKNOWN} when it is not known
 */
public record Answer(
        String releaseId,
        boolean isShadow,
        int awaited,
        String tenant,
        String traceId,
        String intent,
        long trace,
        long session,
        long inference,
        long eventMicros,
        long text,
        long costNanoUsd,
        long latencyMicros,
        long refused,
        long blocked) {

    /** Says that an answer does not tell. */
    public static final long UNKNOWN = -1;

    /** Type information for Flink. */
    public static final TypeInformation<Answer> TYPE = new FlatType<>(Answer.class, new AnswerSerializer());

    /** First come first: the k-th answer of the shadow belongs to the k-th of production. */
    static final Comparator<Answer> ORDER =
            Comparator.comparingLong(Answer::eventMicros).thenComparingLong(Answer::inference);

    private static final byte VERSION = 2;

    /** Said only whether a judge was waited for. */
    private static final byte WITHOUT_RULES = 1;

    boolean waitsFor(AgreementRule rule) {
        return (awaited & rule.bit()) != 0;
    }

    /** This answer as bytes. */
    public byte[] toBytes() {
        ByteWriter writer = new ByteWriter(192);
        writer.writeByte(VERSION);
        writer.writeText(releaseId);
        writer.writeByte(isShadow ? 1 : 0);
        writer.writeByte(awaited);
        writer.writeText(tenant);
        writer.writeText(traceId);
        writer.writeText(intent);
        writer.writeLong(trace);
        writer.writeLong(session);
        writer.writeLong(inference);
        writer.writeSigned(eventMicros);
        writer.writeLong(text);
        writer.writeSigned(costNanoUsd);
        writer.writeSigned(latencyMicros);
        writer.writeSigned(refused);
        writer.writeSigned(blocked);
        return writer.toByteArray();
    }

    /** An answer from bytes. */
    public static Answer fromBytes(byte[] bytes) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION && version != WITHOUT_RULES) {
            throw new IllegalStateException("answer of version %d; this release reads %d".formatted(version, VERSION));
        }
        return new Answer(
                reader.readText(),
                reader.readByte() == 1,
                version == WITHOUT_RULES ? reader.readByte() * AgreementRule.JUDGE.bit() : reader.readByte(),
                reader.readText(),
                reader.readText(),
                reader.readText(),
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readSigned(),
                reader.readLong(),
                reader.readSigned(),
                reader.readSigned(),
                reader.readSigned(),
                reader.readSigned());
    }
}
