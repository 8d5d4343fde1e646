package io.tidemark.jobs.drift;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.trace.Dimension;
import io.tidemark.jobs.windows.SliceLevel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Cells, the finest slices that drift is counted by, and the slices that they belong to. */
public final class CellNames {

    /** Level of a cell. */
    public static final String CELL = "cell";

    private CellNames() {}

    /** The cell of a trace: its tenant, version tuple and role. */
    public static SliceRef of(Trace trace) {
        return of(trace.getTenant(), VersionTuple.from(trace.getVersion()), trace.getRole());
    }

    /** The cell of a tenant, version tuple and role. */
    public static SliceRef of(String tenant, VersionTuple version, TrafficRole role) {
        return SliceRef.newBuilder()
                .setSliceLevel(CELL)
                .setTenant(tenant)
                .setVersionId(version.versionId())
                .setVersion(version.toAvro())
                .setRole(role)
                .build();
    }

    /** The cell of a tenant whose version tuples are too many to be kept apart. */
    static SliceRef overflowOf(String tenant, TrafficRole role) {
        return SliceRef.newBuilder()
                .setSliceLevel(CELL)
                .setTenant(tenant)
                .setRole(role)
                .build();
    }

    /** The slice of a level that a cell belongs to; empty when the cell does not say. */
    public static Optional<SliceRef> sliceOf(SliceLevel level, SliceRef cell) {
        SliceRef.Builder slice =
                SliceRef.newBuilder().setSliceLevel(level.name()).setRole(cell.getRole());
        if (level.dimensions().contains(Dimension.TENANT)) {
            slice.setTenant(cell.getTenant());
        }
        long components = level.dimensions().stream()
                .filter(Dimension::isVersionComponent)
                .count();
        if (components == 0) {
            return Optional.of(slice.build());
        }
        if (cell.getVersion() == null) {
            return Optional.empty();
        }
        if (components == VersionTuple.COMPONENT_NAMES.size()) {
            return Optional.of(slice.setVersionId(cell.getVersionId())
                    .setVersion(cell.getVersion())
                    .build());
        }
        Map<String, String> labels = new HashMap<>();
        for (Dimension dimension : level.dimensions()) {
            if (dimension.isVersionComponent()) {
                labels.put(dimension.fieldName(), (String) cell.getVersion().get(dimension.fieldName()));
            }
        }
        return Optional.of(slice.setLabels(labels).build());
    }
}
