package io.tidemark.sink.transcode;

import io.tidemark.sink.column.Column;
import io.tidemark.sink.column.FixedColumn;
import io.tidemark.sink.column.NullableColumn;
import io.tidemark.sink.column.TextColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;

/** Readers of values that are one column, and of what is skipped. */
final class ScalarReaders {

    private ScalarReaders() {}

    record Integers(FixedColumn column) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            column.append(in.readLong());
        }
    }

    record SmallIntegers(FixedColumn column) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            column.append(in.readInt());
        }
    }

    record Booleans(FixedColumn column) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            column.append(in.readBoolean());
        }
    }

    record Doubles(FixedColumn column) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            column.append(in.readDouble());
        }
    }

    record Floats(FixedColumn column) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            column.append((double) in.readFloat());
        }
    }

    record Widened(FixedColumn column) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            column.append((double) in.readLong());
        }
    }

    record Texts(TextColumn column) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            int length = in.readLength();
            column.append(in.bytes(), in.position(), length);
            in.skip(length);
        }
    }

    /** Symbols in lower case. */
    record Symbols(TextColumn column, List<byte[]> symbols) implements FieldReader {
        static Symbols of(TextColumn column, Schema schema) {
            return new Symbols(
                    column,
                    schema.getEnumSymbols().stream()
                            .map(symbol -> symbol.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
                            .toList());
        }

        @Override
        public void read(AvroCursor in) {
            int symbol = in.readInt();
            if (symbol < 0 || symbol >= symbols.size()) {
                throw MalformedRecordException.unreadable(
                        "enum symbol %d of %d before byte %d".formatted(symbol, symbols.size(), in.position()));
            }
            byte[] text = symbols.get(symbol);
            column.append(text, 0, text.length);
        }
    }

    /** Marks the value that follows as present. */
    record Present(NullableColumn column, FieldReader values) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            column.present();
            values.read(in);
        }
    }

    /** Appends a null and reads nothing. */
    record Null(Column column) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            column.appendNull();
        }
    }

    /** Appends what stands for a field that the writer does not know. */
    record Default(Column column) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            column.appendDefault();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, and faster to index than a list
    record Union(FieldReader[] branches) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            int branch = in.readInt();
            if (branch < 0 || branch >= branches.length) {
                throw MalformedRecordException.unreadable(
                        "union branch %d of %d before byte %d".formatted(branch, branches.length, in.position()));
            }
            branches[branch].read(in);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, and faster to walk than a list
    record InOrder(FieldReader[] readers) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            for (FieldReader reader : readers) {
                reader.read(in);
            }
        }
    }
}
