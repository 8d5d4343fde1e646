package io.tidemark.gateway.mapping;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Attributes by the bytes of their name, so that an attribute that nobody wants costs no string. */
final class AttributeTable {

    private record Entry(byte[] name, MappedAttribute attribute) {}

    private final Map<String, MappedAttribute> byName;
    private final Entry[] slots;

    AttributeTable(Map<String, MappedAttribute> attributes) {
        byName = new HashMap<>(attributes);
        slots = new Entry[Integer.highestOneBit(Math.max(16, attributes.size() * 8))];
        attributes.forEach((name, attribute) -> put(name.getBytes(StandardCharsets.UTF_8), attribute));
    }

    MappedAttribute find(byte[] bytes, int offset, int length) {
        for (int slot = slot(bytes, offset, length); slots[slot] != null; slot = (slot + 1) & (slots.length - 1)) {
            if (ShortHash.isSame(slots[slot].name(), bytes, offset, length)) {
                return slots[slot].attribute();
            }
        }
        return null;
    }

    MappedAttribute find(String name) {
        return byName.get(name);
    }

    private void put(byte[] name, MappedAttribute attribute) {
        int slot = slot(name, 0, name.length);
        while (slots[slot] != null) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = new Entry(name, attribute);
    }

    private int slot(byte[] bytes, int offset, int length) {
        return ShortHash.of(bytes, offset, length) & (slots.length - 1);
    }
}
