package io.tidemark.jobs.embedding.drift;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The cells of a window, or of the time that a baseline is made from. */
final class TextWindow {

    private final int numbers;
    private final int most;
    private final Map<String, TextCell> cells = new TreeMap<>();

    TextWindow(int numbers, int most) {
        this.numbers = numbers;
        this.most = most;
    }

    TextCell cell(SliceRef slice) {
        return cells.computeIfAbsent(SliceKey.of(slice), unused -> new TextCell(slice, numbers, most));
    }

    Collection<TextCell> cells() {
        return cells.values();
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(cells.size());
        cells.values().forEach(cell -> cell.write(writer));
    }

    static TextWindow read(ByteReader reader, int numbers, int most) {
        TextWindow window = new TextWindow(numbers, most);
        long size = reader.readUnsigned();
        for (long i = 0; i < size; i++) {
            TextCell cell = TextCell.read(reader, numbers, most);
            window.cells.put(SliceKey.of(cell.slice()), cell);
        }
        return window;
    }
}
