package io.tidemark.sink.transcode;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Readers that pass over a value without storing it. */
final class Skippers {

    private final Map<String, Deferred> records = new HashMap<>();

    FieldReader of(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> in -> {};
            case BOOLEAN -> AvroCursor::readBoolean;
            case INT, ENUM -> AvroCursor::readInt;
            case LONG -> AvroCursor::readLong;
            case FLOAT -> in -> in.skip(Float.BYTES);
            case DOUBLE -> in -> in.skip(Double.BYTES);
            case STRING, BYTES -> in -> in.skip(in.readLength());
            case FIXED -> in -> in.skip(schema.getFixedSize());
            case UNION ->
                new ScalarReaders.Union(schema.getTypes().stream().map(this::of).toArray(FieldReader[]::new));
            case ARRAY -> blocks(of(schema.getElementType()));
            case MAP ->
                blocks(new ScalarReaders.InOrder(
                        new FieldReader[] {in -> in.skip(in.readLength()), of(schema.getValueType())}));
            case RECORD -> record(schema);
        };
    }

    private FieldReader record(Schema schema) {
        Deferred known = records.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        Deferred reader = new Deferred();
        records.put(schema.getFullName(), reader);
        reader.target = new ScalarReaders.InOrder(
                schema.getFields().stream().map(field -> of(field.schema())).toArray(FieldReader[]::new));
        return reader;
    }

    private static FieldReader blocks(FieldReader item) {
        return in -> {
            for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
                for (int i = 0; i < count; i++) {
                    item.read(in);
                }
            }
        };
    }

    /** Lets a record contain itself. */
    private static final class Deferred implements FieldReader {
        private FieldReader target = in -> {};

        @Override
        public void read(AvroCursor in) {
            target.read(in);
        }
    }
}
