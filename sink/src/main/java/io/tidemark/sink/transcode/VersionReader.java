package io.tidemark.sink.transcode;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.sink.column.DictionaryColumn;
import io.tidemark.sink.table.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a version tuple and appends its identity. Within a batch the raw bytes of a tuple lead straight to the numbers of
 * its strings in the dictionaries, because a batch holds few tuples and many rows of each.
 */
final class VersionReader implements FieldReader {

    private static final int REMEMBERED = 1_000;

    private final DictionaryColumn[] columns;
    private final FieldReader fields;
    private final FieldReader skipper;
    private final VersionIds versionIds;
    private final Map<RawBytes, int[]> seen = new HashMap<>();
    private final RawBytes probe = new RawBytes();

    VersionReader(Node.Group group, FieldReader fields, FieldReader skipper, VersionIds versionIds) {
        this.columns = columns(group);
        this.fields = fields;
        this.skipper = skipper;
        this.versionIds = versionIds;
    }

    /** Appends the identity of the tuple of which nothing is known. */
    static FieldReader unknown(DictionaryColumn versionId) {
        byte[] id = VersionTuple.unknown().versionId().getBytes(StandardCharsets.UTF_8);
        return in -> versionId.append(id, 0, id.length);
    }

    @Override
    public void read(AvroCursor in) {
        int start = in.position();
        skipper.read(in);
        probe.set(in.bytes(), start, in.position());
        int[] numbers = seen.get(probe);
        if (numbers == null) {
            in.start(in.bytes(), start);
            remember(readInFull(in), in, start);
            return;
        }
        for (int i = 0; i < numbers.length; i++) {
            columns[i].append(numbers[i]);
        }
    }

    private int[] readInFull(AvroCursor in) {
        fields.read(in);
        List<String> components = new ArrayList<>();
        for (int i = 0; i < columns.length - 1; i++) {
            components.add(columns[i].value(columns[i].rows() - 1));
        }
        byte[] id = identity(components);
        columns[columns.length - 1].append(id, 0, id.length);
        return Arrays.stream(columns).mapToInt(DictionaryColumn::last).toArray();
    }

    private byte[] identity(List<String> components) {
        try {
            return versionIds.of(components);
        } catch (IllegalArgumentException e) {
            throw MalformedRecordException.invalidField(e.getMessage());
        }
    }

    private void remember(int[] numbers, AvroCursor in, int start) {
        if (seen.size() < REMEMBERED) {
            RawBytes key = new RawBytes();
            byte[] copy = Arrays.copyOfRange(in.bytes(), start, in.position());
            key.set(copy, 0, copy.length);
            seen.put(key, numbers);
        }
    }

    private static DictionaryColumn[] columns(Node.Group group) {
        List<DictionaryColumn> columns = new ArrayList<>();
        for (String component : VersionTuple.COMPONENT_NAMES) {
            columns.add((DictionaryColumn) ((Node.Leaf) group.fields().get(component)).column());
        }
        columns.add(group.versionId());
        return columns.toArray(DictionaryColumn[]::new);
    }

    /** A range of bytes as a key. */
    private static final class RawBytes {
        private byte[] bytes = new byte[0];
        private int start;
        private int end;
        private int hash;

        void set(byte[] source, int from, int to) {
            bytes = source;
            start = from;
            end = to;
            int sum = 1;
            for (int i = from; i < to; i++) {
                sum = 31 * sum + source[i];
            }
            hash = sum;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof RawBytes that
                    && hash == that.hash
                    && Arrays.equals(bytes, start, end, that.bytes, that.start, that.end);
        }
    }
}
