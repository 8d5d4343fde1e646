package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.WindowRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The slice of a window row, and its name: the same text that the key of its rows begins with. */
final class SliceName {

    static final String PROVIDER = "provider";
    static final String PROVIDER_KEY = "provider_key_id";
    static final String REGION = "region";
    static final String COHORT = "cohort";

    private SliceName() {}

    /** The slice of a row. */
    static SliceRef of(WindowRow row) {
        Map<String, String> labels = new HashMap<>();
        putKnown(labels, PROVIDER, row.getProvider());
        putKnown(labels, PROVIDER_KEY, row.getProviderKeyId());
        putKnown(labels, REGION, row.getRegion());
        putKnown(labels, COHORT, row.getCohort());
        return SliceRef.newBuilder()
                .setSliceLevel(row.getSliceLevel())
                .setTenant(row.getTenant())
                .setVersionId(row.getVersionId())
                .setVersion(row.getVersion())
                .setIntent(row.getIntent())
                .setRole(row.getRole())
                .setLabels(labels)
                .build();
    }

    private static void putKnown(Map<String, String> labels, String name, String value) {
        if (value != null) {
            labels.put(name, value);
        }
    }

    /** {@code level|role|tenant|version_id|intent|provider|provider_key_id|region|cohort}. */
    static String text(SliceRef slice) {
        StringBuilder text = new StringBuilder(slice.getSliceLevel())
                .append('|')
                .append(slice.getRole().name().toLowerCase(Locale.ROOT));
        for (String value : values(slice)) {
            text.append('|').append(value == null ? "" : value);
        }
        return text.toString();
    }

    /** What the slice fixes each dimension to; null where it does not slice by one. */
    static List<String> values(SliceRef slice) {
        List<String> values = new ArrayList<>(7);
        values.add(slice.getTenant());
        values.add(slice.getVersionId());
        values.add(slice.getIntent());
        values.add(slice.getLabels().get(PROVIDER));
        values.add(slice.getLabels().get(PROVIDER_KEY));
        values.add(slice.getLabels().get(REGION));
        values.add(slice.getLabels().get(COHORT));
        return values;
    }
}
