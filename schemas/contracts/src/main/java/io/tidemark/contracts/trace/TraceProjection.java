package io.tidemark.contracts.trace;

import java.util.Set;
import org.apache.avro.Schema;

/**
 * Reads what jobs need out of a trace's Avro bytes, without creating an object: numbers into an {@link InferenceEvent},
 * dimensions as byte ranges and as one slice key. It is compiled once for each writer schema; fields that the writer has
 * and Tidemark does not know are skipped, fields that the writer does not have keep their default.
 *
 * <p>Not thread-safe.
 */
public final class TraceProjection {

    private final ProjectionPlan plan;
    private final int[] keyDimensions;
    private final PlanReader reader = new PlanReader();

    private TraceProjection(ProjectionPlan plan, int[] keyDimensions) {
        this.plan = plan;
        this.keyDimensions = keyDimensions;
    }

    /**
     * A projection for records of one writer schema.
     *
     * @param keyDimensions dimensions that the slice key holds
     * @throws IllegalArgumentException when a known field has a type that cannot be read; the message names it
     */
    public static TraceProjection compile(Schema writer, Set<Dimension> keyDimensions) {
        int[] ordinals =
                keyDimensions.stream().mapToInt(Dimension::ordinal).sorted().toArray();
        return new TraceProjection(new PlanCompiler().compile(writer), ordinals);
    }

    /**
     * Reads one record.
     *
     * @param offset where the Avro body starts, after the header of the wire format
     * @throws MalformedTraceException when the bytes do not follow the writer schema, or the version tuple has a component that
     *     no tuple may have
     */
    public void read(byte[] bytes, int offset, ProjectedTrace target) throws MalformedTraceException {
        target.begin(bytes);
        reader.read(plan, bytes, offset, target);
        for (Dimension component : PlanCompiler.VERSION_COMPONENTS) {
            if (!target.isUsable(component)) {
                throw new MalformedTraceException(
                        "version component '%s' is empty or has a control character".formatted(component.fieldName()),
                        offset);
            }
        }
        target.event().unknownVersion = hasUnknownComponent(target) ? 1 : 0;
        target.buildKey(keyDimensions);
    }

    /**
     * Reads only the event time, in microseconds since the epoch; 0 when the writer has no such field.
     *
     * @throws MalformedTraceException when the bytes before it do not follow the writer schema
     */
    public long eventTimeMicros(byte[] bytes, int offset) throws MalformedTraceException {
        return reader.eventTimeMicros(plan, bytes, offset);
    }

    private static boolean hasUnknownComponent(ProjectedTrace trace) {
        for (Dimension dimension : PlanCompiler.VERSION_COMPONENTS) {
            if (trace.isUnknown(dimension)) {
                return true;
            }
        }
        return false;
    }
}
