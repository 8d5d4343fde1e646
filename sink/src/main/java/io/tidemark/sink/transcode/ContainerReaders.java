package io.tidemark.sink.transcode;

import io.tidemark.sink.column.ArrayColumn;
import io.tidemark.sink.column.MapColumn;
import io.tidemark.sink.column.TextColumn;
import java.util.List;

/** Readers of arrays and maps. */
final class ContainerReaders {

    private ContainerReaders() {}

    record Array(List<ArrayColumn> arrays, FieldReader element) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
                for (int i = 0; i < count; i++) {
                    element.read(in);
                }
            }
            for (ArrayColumn array : arrays) {
                array.endRow();
            }
        }
    }

    record Mapping(MapColumn column, TextColumn keys, FieldReader value) implements FieldReader {
        @Override
        public void read(AvroCursor in) {
            for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
                for (int i = 0; i < count; i++) {
                    int length = in.readLength();
                    keys.append(in.bytes(), in.position(), length);
                    in.skip(length);
                    value.read(in);
                }
            }
            column.endRow();
        }
    }
}
