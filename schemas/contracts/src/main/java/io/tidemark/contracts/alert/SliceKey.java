package io.tidemark.contracts.alert;

import io.tidemark.contracts.avro.SliceRef;
import java.util.Map;
import java.util.TreeMap;

/** A slice as one line of text: equal slices have equal keys. */
public final class SliceKey {

    private SliceKey() {}

    /** {@code level|role|tenant|version|intent} and, sorted, {@code |label=value}; a dimension that does not slice is empty. */
    public static String of(SliceRef slice) {
        StringBuilder key = new StringBuilder();
        append(key, slice.getSliceLevel());
        append(key.append('|'), slice.getRole().name());
        append(key.append('|'), slice.getTenant());
        append(key.append('|'), slice.getVersionId());
        append(key.append('|'), slice.getIntent());
        for (Map.Entry<String, String> label : new TreeMap<>(slice.getLabels()).entrySet()) {
            append(key.append('|'), label.getKey());
            append(key.append('='), label.getValue());
        }
        return key.toString();
    }

    /** Escaped, so that a tenant with a bar in its name is never taken for two dimensions. */
    private static void append(StringBuilder key, String value) {
        if (value != null) {
            key.append(value.replace("\\", "\\\\").replace("|", "\\|"));
        }
    }
}
