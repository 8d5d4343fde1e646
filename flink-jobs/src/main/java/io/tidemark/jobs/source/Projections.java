package io.tidemark.jobs.source;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.TraceProjection;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.UnknownSchemaException;
import io.tidemark.registry.WireFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One compiled projection for each schema id that was met. Not thread-safe. */
final class Projections {

    private final SchemaRegistry registry;
    private final Set<Dimension> dimensions;
    private final Map<Integer, TraceProjection> bySchemaId = new HashMap<>();
    private int lastId = -1;
    private TraceProjection last;

    Projections(SchemaRegistry registry, Set<Dimension> dimensions) {
        this.registry = registry;
        this.dimensions = dimensions;
    }

    /**
     * The projection for a record.
     *
     * @throws io.tidemark.registry.NotARecordException when the bytes do not begin with the wire format's header
     * @throws UnknownSchemaException when no such schema exists, or when it is no schema of traces
     */
    TraceProjection of(byte[] record) {
        int id = WireFormat.schemaId(record);
        if (id != lastId) {
            last = bySchemaId.computeIfAbsent(id, this::compile);
            lastId = id;
        }
        return last;
    }

    private TraceProjection compile(int id) {
        try {
            return TraceProjection.compile(registry.schemaById(id), dimensions);
        } catch (IllegalArgumentException e) {
            throw new UnknownSchemaException("schema %d is no schema of traces: %s".formatted(id, e.getMessage()), e);
        }
    }
}
