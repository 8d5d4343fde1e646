package io.tidemark.jobs.embedding.drift;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.drift.CellNames;
import io.tidemark.jobs.embedding.TextOrigin;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.List;

/** Cells of texts, and their bytes. */
final class SliceBytes {

    private SliceBytes() {}

    static SliceRef of(TextOrigin origin) {
        return CellNames.of(origin.tenant(), tuple(List.of(origin.version())), TrafficRole.values()[origin.role()]);
    }

    private static VersionTuple tuple(List<String> components) {
        return new VersionTuple(
                components.get(0),
                components.get(1),
                components.get(2),
                components.get(3),
                components.get(4),
                components.get(5),
                components.get(6));
    }

    static void write(SliceRef cell, ByteWriter writer) {
        Reservoir.writeText(cell.getTenant(), writer);
        for (String component : VersionTuple.COMPONENT_NAMES) {
            Reservoir.writeText((String) cell.getVersion().get(component), writer);
        }
        writer.writeByte(cell.getRole().ordinal());
    }

    static SliceRef read(ByteReader reader) {
        String tenant = Reservoir.readText(reader);
        List<String> components = VersionTuple.COMPONENT_NAMES.stream()
                .map(unused -> Reservoir.readText(reader))
                .toList();
        return CellNames.of(tenant, tuple(components), TrafficRole.values()[reader.readByte()]);
    }
}
