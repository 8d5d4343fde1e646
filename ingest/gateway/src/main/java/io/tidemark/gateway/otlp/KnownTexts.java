package io.tidemark.gateway.otlp;

import io.tidemark.gateway.mapping.ShortHash;
import java.util.Arrays;

/**
 * Short texts that were read before, by their bytes. Clients say the same few hundred words in every span; one that is known costs no decoding and
 * no memory. Bounded, and a text that is not known only displaces another. For use by several threads without a lock: entries never change.
 */
final class KnownTexts {

    private static final int SLOTS = 1 << 12;
    private static final int LONGEST = 48;

    private record Entry(byte[] bytes, String text) {}

    private final Entry[] slots = new Entry[SLOTS];

    /** The text of these bytes if it is known, else null. */
    String find(byte[] bytes, int offset, int length) {
        if (length > LONGEST) {
            return null;
        }
        Entry entry = slots[slot(bytes, offset, length)];
        return entry != null && ShortHash.isSame(entry.bytes, bytes, offset, length) ? entry.text : null;
    }

    /** Keeps a text that was decoded from these bytes. */
    void keep(byte[] bytes, int offset, int length, String text) {
        if (length <= LONGEST) {
            slots[slot(bytes, offset, length)] = new Entry(Arrays.copyOfRange(bytes, offset, offset + length), text);
        }
    }

    private static int slot(byte[] bytes, int offset, int length) {
        return ShortHash.of(bytes, offset, length) & (SLOTS - 1);
    }
}
