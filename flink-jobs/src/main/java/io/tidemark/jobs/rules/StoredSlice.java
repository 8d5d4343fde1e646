package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.VersionTupleRecord;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A slice with its rules' states as a record of the job's state, version 1: {@code 1 | slice | last row | states}; a state is
 * {@code id of the rule | hash of the rule | start of the breach | length | bytes of the test}. A test whose rule has
 * another hash by then begins anew.
 */
final class StoredSlice {

    private static final int VERSION = 1;
    private static final int NO_VERSION = 0;
    private static final int HAS_VERSION = 1;

    /**
     * The state of a rule.
     *
     * @param hash hash of the rule that wrote it
     * @param breachedSinceMillis start of the breach
     * @param bytes state of the test
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record StoredState(String hash, long breachedSinceMillis, byte[] bytes) {

        ByteReader reader() {
            return new ByteReader().over(bytes, 0, bytes.length);
        }
    }

    private final byte[] bytes;
    private final ByteReader reader;

    private StoredSlice(byte[] bytes) {
        this.bytes = bytes;
        this.reader = new ByteReader().over(bytes, 0, bytes.length);
    }

    static byte[] toBytes(SliceEntry entry) {
        ByteWriter writer = new ByteWriter(512);
        writer.writeByte(VERSION);
        writeSlice(entry.slice, writer);
        writer.writeSigned(entry.lastRowMillis);
        writer.writeUnsigned(entry.states.size());
        ByteWriter test = new ByteWriter(512);
        for (Map.Entry<String, RuleState> state : entry.states.entrySet()) {
            test.clear();
            state.getValue().test.write(test);
            writeText(state.getKey(), writer);
            writeText(state.getValue().rule.hash(), writer);
            writer.writeSigned(state.getValue().breachedSinceMillis);
            writer.writeUnsigned(test.size());
            writer.writeAll(test);
        }
        return writer.toByteArray();
    }

    static SliceEntry fromBytes(byte[] bytes) {
        return new StoredSlice(bytes).read();
    }

    private SliceEntry read() {
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "state of a slice under its rules has version %d; this build reads version %d"
                            .formatted(version, VERSION));
        }
        SliceEntry entry = new SliceEntry(readSlice(), reader.readSigned());
        int count = (int) reader.readUnsigned();
        for (int i = 0; i < count; i++) {
            String rule = readText();
            String hash = readText();
            long breachedSince = reader.readSigned();
            int length = (int) reader.readUnsigned();
            byte[] state = Arrays.copyOfRange(bytes, reader.position(), reader.position() + length);
            reader.skip(length);
            entry.keep(rule, new StoredState(hash, breachedSince, state));
        }
        return entry;
    }

    private static void writeSlice(SliceRef slice, ByteWriter writer) {
        writeText(slice.getSliceLevel(), writer);
        writeText(slice.getRole().name(), writer);
        writeText(slice.getVersionId(), writer);
        writeText(slice.getTenant(), writer);
        writeText(slice.getIntent(), writer);
        writer.writeByte(slice.getVersion() == null ? NO_VERSION : HAS_VERSION);
        if (slice.getVersion() != null) {
            components(slice.getVersion()).forEach(component -> writeText(component, writer));
        }
        writer.writeUnsigned(slice.getLabels().size());
        slice.getLabels().forEach((name, value) -> {
            writeText(name, writer);
            writeText(value, writer);
        });
    }

    private static List<String> components(VersionTupleRecord version) {
        return List.of(
                version.getBaseModel(),
                version.getFineTune(),
                version.getPrompt(),
                version.getToolSchema(),
                version.getRetrievalIndex(),
                version.getEvalPass(),
                version.getServing());
    }

    private SliceRef readSlice() {
        SliceRef.Builder slice = SliceRef.newBuilder()
                .setSliceLevel(readText())
                .setRole(TrafficRole.valueOf(readText()))
                .setVersionId(readText())
                .setTenant(readText())
                .setIntent(readText());
        if (reader.readByte() == HAS_VERSION) {
            slice.setVersion(VersionTupleRecord.newBuilder()
                    .setBaseModel(readText())
                    .setFineTune(readText())
                    .setPrompt(readText())
                    .setToolSchema(readText())
                    .setRetrievalIndex(readText())
                    .setEvalPass(readText())
                    .setServing(readText())
                    .build());
        }
        Map<String, String> labels = new HashMap<>();
        int count = (int) reader.readUnsigned();
        for (int i = 0; i < count; i++) {
            String name = readText();
            labels.put(name, readText());
        }
        return slice.setLabels(labels).build();
    }

    /** A length one too large, and the text; 0 stands for null. */
    private static void writeText(String text, ByteWriter writer) {
        if (text == null) {
            writer.writeUnsigned(0);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writer.writeUnsigned(utf8.length + 1L);
        writer.writeBytes(utf8, 0, utf8.length);
    }

    private String readText() {
        int length = (int) reader.readUnsigned() - 1;
        if (length < 0) {
            return null;
        }
        String text = new String(bytes, reader.position(), length, StandardCharsets.UTF_8);
        reader.skip(length);
        return text;
    }
}
