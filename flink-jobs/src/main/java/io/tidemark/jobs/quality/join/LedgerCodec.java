package io.tidemark.jobs.quality.join;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Writes inferences, outcomes and ledgers as bytes, for state and between tasks. */
public final class LedgerCodec {

    private static final int VERSION = 1;
    private static final int INITIAL_BYTES = 256;

    private LedgerCodec() {}

    /** An inference. */
    public static byte[] bytes(Prediction prediction) {
        ByteWriter target = new ByteWriter(INITIAL_BYTES);
        write(prediction, target);
        return target.toByteArray();
    }

    /** An outcome. */
    public static byte[] bytes(Learned learned) {
        ByteWriter target = new ByteWriter(INITIAL_BYTES);
        write(learned, target);
        return target.toByteArray();
    }

    /** An inference that {@link #bytes(Prediction)} wrote. */
    public static Prediction prediction(byte[] bytes) {
        return prediction(new ByteReader().over(bytes, 0, bytes.length));
    }

    /** An outcome that {@link #bytes(Learned)} wrote. */
    public static Learned learned(byte[] bytes) {
        return learned(new ByteReader().over(bytes, 0, bytes.length));
    }

    /** A ledger. */
    public static byte[] bytes(TraceLedger ledger) {
        ByteWriter target = new ByteWriter(INITIAL_BYTES);
        target.writeByte(VERSION);
        target.writeByte(ledger.opened ? 1 : 0);
        target.writeUnsigned(ledger.predictions.size());
        ledger.predictions.forEach(each -> write(each, target));
        target.writeUnsigned(ledger.waiting.size());
        ledger.waiting.forEach(each -> write(each, target));
        target.writeUnsigned(ledger.settled.size());
        ledger.settled.forEach((subject, values) -> write(subject, values, target));
        return target.toByteArray();
    }

    /** A ledger that {@link #bytes(TraceLedger)} wrote; an empty one from nothing. */
    public static TraceLedger ledger(byte[] bytes) {
        TraceLedger ledger = new TraceLedger();
        if (bytes == null) {
            return ledger;
        }
        ByteReader source = new ByteReader().over(bytes, 0, bytes.length);
        int version = source.readByte();
        if (version != VERSION) {
            throw new IllegalStateException("ledger of version %d; this release reads %d".formatted(version, VERSION));
        }
        ledger.opened = source.readByte() == 1;
        for (long left = source.readUnsigned(); left > 0; left--) {
            ledger.predictions.add(prediction(source));
        }
        for (long left = source.readUnsigned(); left > 0; left--) {
            ledger.waiting.add(learned(source));
        }
        for (long left = source.readUnsigned(); left > 0; left--) {
            readSettled(source, ledger.settled);
        }
        return ledger;
    }

    /** An outcome that counts for several ages is written once, with the ages that it counts for. */
    private static void write(TraceLedger.Subject subject, Learned[] values, ByteWriter target) {
        writeText(subject.inferenceId(), target);
        writeText(subject.spanId(), target);
        writeText(subject.name(), target);
        writeText(subject.category(), target);
        List<Learned> different =
                Stream.of(values).filter(Objects::nonNull).distinct().toList();
        target.writeUnsigned(values.length);
        target.writeUnsigned(different.size());
        for (Learned each : different) {
            int ages = 0;
            for (int age = 0; age < values.length; age++) {
                ages |= each.equals(values[age]) ? 1 << age : 0;
            }
            target.writeUnsigned(ages);
            write(each, target);
        }
    }

    private static void readSettled(ByteReader source, Map<TraceLedger.Subject, Learned[]> target) {
        TraceLedger.Subject subject =
                new TraceLedger.Subject(readText(source), readText(source), readText(source), readText(source));
        Learned[] values = new Learned[(int) source.readUnsigned()];
        for (long left = source.readUnsigned(); left > 0; left--) {
            long ages = source.readUnsigned();
            Learned each = learned(source);
            for (int age = 0; age < values.length; age++) {
                if ((ages & 1L << age) != 0) {
                    values[age] = each;
                }
            }
        }
        target.put(subject, values);
    }

    private static void write(Prediction prediction, ByteWriter target) {
        writeText(prediction.inferenceId(), target);
        writeText(prediction.spanId(), target);
        target.writeSigned(prediction.eventMicros());
        writeText(prediction.slice(), target);
        writeText(prediction.groups(), target);
        target.writeDouble(prediction.weight());
        writeText(prediction.answer(), target);
        target.writeDouble(prediction.confidence());
        target.writeByte(prediction.schemaValid());
    }

    private static Prediction prediction(ByteReader source) {
        return new Prediction(
                readText(source),
                readText(source),
                source.readSigned(),
                readText(source),
                readText(source),
                readDouble(source),
                readText(source),
                readDouble(source),
                source.readByte());
    }

    private static void write(Learned learned, ByteWriter target) {
        target.writeLong(learned.id());
        writeText(learned.spanId(), target);
        writeText(learned.name(), target);
        writeText(learned.category(), target);
        target.writeDouble(learned.value());
        writeText(learned.label(), target);
        target.writeSigned(learned.observedMicros());
        target.writeDouble(learned.weight());
        writeText(learned.slice(), target);
        target.writeSigned(learned.inferenceMicros());
    }

    private static Learned learned(ByteReader source) {
        return new Learned(
                source.readLong(),
                readText(source),
                readText(source),
                readText(source),
                readDouble(source),
                readText(source),
                source.readSigned(),
                readDouble(source),
                readText(source),
                source.readSigned());
    }

    private static void writeText(String text, ByteWriter target) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        target.writeUnsigned(bytes.length);
        target.writeBytes(bytes, 0, bytes.length);
    }

    private static String readText(ByteReader source) {
        byte[] bytes = new byte[(int) source.readUnsigned()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) source.readByte();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static double readDouble(ByteReader source) {
        return Double.longBitsToDouble(source.readLong());
    }
}
