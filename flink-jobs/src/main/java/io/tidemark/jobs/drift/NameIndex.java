package io.tidemark.jobs.drift;

import io.tidemark.contracts.trace.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds texts among known ones by their UTF-8 bytes. A text that follows another is expected to do so again. */
final class NameIndex {

    private static final int UNKNOWN = -1;
    private static final int MOST_EXPECTED = 1_024;

    private final byte[][] names;
    private final Map<Long, Integer> byFingerprint = new HashMap<>();
    private int[] expected = new int[Byte.SIZE];
    private int position;

    NameIndex(List<String> texts) {
        names = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        for (int i = 0; i < names.length; i++) {
            byFingerprint.put(Fingerprint.of(names[i], 0, names[i].length), i);
        }
        Arrays.fill(expected, UNKNOWN);
    }

    /** Says that the texts of a new record follow. */
    void rewind() {
        position = 0;
    }

    /** Index of a text; -1 for an unknown one. */
    int find(byte[] bytes, int offset, int length) {
        int place = position++;
        if (place >= expected.length) {
            if (place >= MOST_EXPECTED) {
                return search(bytes, offset, length);
            }
            int known = expected.length;
            expected = Arrays.copyOf(expected, Math.min(MOST_EXPECTED, known * 2));
            Arrays.fill(expected, known, expected.length, UNKNOWN);
        }
        int guess = expected[place];
        if (guess != UNKNOWN && isName(guess, bytes, offset, length)) {
            return guess;
        }
        int found = search(bytes, offset, length);
        expected[place] = found;
        return found;
    }

    private int search(byte[] bytes, int offset, int length) {
        Integer index = byFingerprint.get(Fingerprint.of(bytes, offset, length));
        return index != null && isName(index, bytes, offset, length) ? index : UNKNOWN;
    }

    private boolean isName(int index, byte[] bytes, int offset, int length) {
        byte[] name = names[index];
        return name.length == length && Arrays.equals(name, 0, length, bytes, offset, offset + length);
    }
}
