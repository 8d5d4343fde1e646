package io.tidemark.sink.transcode;

import io.tidemark.contracts.measure.Measure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the position of a measure by the UTF-8 bytes of its name, and keeps which of them a row has brought. */
final class MeasureSlots {

    private static final int UNKNOWN_MEASURE = -1;

    private final Map<String, Integer> byName = new HashMap<>();
    private final boolean[] seen;
    /** The writer keeps the order of the names, so that the measure after the last one is the best guess. */
    private final byte[][] names;

    private int guess;

    MeasureSlots(List<Measure> measures) {
        seen = new boolean[measures.size()];
        names = new byte[measures.size()][];
        for (int i = 0; i < names.length; i++) {
            byName.put(measures.get(i).name(), i);
            names[i] = measures.get(i).name().getBytes(StandardCharsets.UTF_8);
        }
    }

    void startRow() {
        Arrays.fill(seen, false);
        guess = 0;
    }

    /** Reads a name; the answer is its slot, or negative for a measure that this version does not know. */
    int read(AvroCursor in) {
        int length = in.readLength();
        int start = in.position();
        in.skip(length);
        int slot = slot(in.bytes(), start, start + length);
        if (slot >= 0) {
            if (seen[slot]) {
                throw MalformedRecordException.invalidField(
                        "measure '%s' comes twice".formatted(new String(names[slot], StandardCharsets.UTF_8)));
            }
            seen[slot] = true;
        }
        return slot;
    }

    boolean isMissing(int slot) {
        return !seen[slot];
    }

    private int slot(byte[] bytes, int start, int end) {
        if (guess < names.length && Arrays.equals(names[guess], 0, names[guess].length, bytes, start, end)) {
            return guess++;
        }
        Integer slot = byName.get(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        if (slot == null) {
            return UNKNOWN_MEASURE;
        }
        guess = slot + 1;
        return slot;
    }
}
