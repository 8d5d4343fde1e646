package io.tidemark.gateway.mapping;

import java.util.function.UnaryOperator;

/**
 * What a function made of short texts before. Bounded: a text that is not known only displaces another. For use by several threads without a lock:
 * entries never change.
 */
public final class RememberedTexts {

    private static final int SLOTS = 1 << 12;
    private static final int LONGEST = 256;

    private record Entry(String text, String result) {}

    private final UnaryOperator<String> function;
    private final Entry[] slots = new Entry[SLOTS];

    /** @param function must give the same result for the same text; null is a result too */
    public RememberedTexts(UnaryOperator<String> function) {
        this.function = function;
    }

    /** What the function makes of the text. */
    public String of(String text) {
        if (text.length() > LONGEST) {
            return function.apply(text);
        }
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> Short.SIZE) & SLOTS - 1;
        Entry entry = slots[slot];
        if (entry == null || !entry.text.equals(text)) {
            entry = new Entry(text, function.apply(text));
            slots[slot] = entry;
        }
        return entry.result;
    }
}
