package io.tidemark.jobs.quality.measure;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.TrafficRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A slice of the inferences. The finest one has every part; a coarser one has null where its level does not slice.
 *
 * @param level name of the level
 * @param role part of the traffic
 * @param tenant tenant
 * @param version version tuple
 * @param intent intent class
 * @param groupName feature that a fairness slice is about
 * @param groupValue its value
 */
public record QualitySlice(
        String level,
        TrafficRole role,
        String tenant,
        VersionTuple version,
        String intent,
        String groupName,
        String groupValue) {

    /** Level of fairness slices. */
    public static final String GROUP = "group";

    private static final String SEPARATOR = "\u001f";
    private static final String ABSENT = "\u0000";
    private static final int PARTS = 13;
    private static final int COMPONENTS = 7;

    /** The finest slice of an inference. */
    public static QualitySlice finest(TrafficRole role, String tenant, VersionTuple version, String intent) {
        return new QualitySlice("tenant_version_intent", role, tenant, version, intent, null, null);
    }

    /** The slices that hold an inference of this finest one: the levels of the lattice. */
    public List<QualitySlice> levels() {
        if (version == null) {
            return List.of(this, new QualitySlice("all", role, null, null, null, null, null));
        }
        return List.of(
                this,
                new QualitySlice("tenant_version", role, tenant, version, null, null, null),
                new QualitySlice("tenant", role, tenant, null, null, null, null),
                new QualitySlice("version", role, null, version, null, null, null),
                new QualitySlice("all", role, null, null, null, null, null));
    }

    /** The fairness slice of a feature's value. */
    public QualitySlice group(String name, String value) {
        return new QualitySlice(GROUP, role, tenant, version, null, name, value);
    }

    /** The slice of everything of its tenant and role, for what belongs to no version. */
    public static QualitySlice ofTenant(TrafficRole role, String tenant) {
        return new QualitySlice("tenant", role, tenant, null, null, null, null);
    }

    /** As one text: equal slices have equal texts. */
    public String text() {
        List<String> parts = new ArrayList<>(PARTS);
        parts.add(level);
        parts.add(role.name());
        parts.add(tenant);
        if (version == null) {
            parts.addAll(Collections.nCopies(COMPONENTS, null));
        } else {
            parts.addAll(version.components());
        }
        parts.add(intent);
        parts.add(groupName);
        parts.add(groupValue);
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(text.length() == 0 ? "" : SEPARATOR)
                    .append(part == null ? ABSENT : part.replace(SEPARATOR, " "));
        }
        return text.toString();
    }

    /** Reads {@link #text()}. */
    public static QualitySlice parse(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].equals(ABSENT) ? null : parts[i];
        }
        VersionTuple version = parts[3] == null
                ? null
                : new VersionTuple(parts[3], parts[4], parts[5], parts[6], parts[7], parts[8], parts[9]);
        return new QualitySlice(
                parts[0], TrafficRole.valueOf(parts[1]), parts[2], version, parts[10], parts[11], parts[12]);
    }
}
