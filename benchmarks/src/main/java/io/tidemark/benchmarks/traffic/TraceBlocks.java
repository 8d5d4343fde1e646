package io.tidemark.benchmarks.traffic;

import io.tidemark.contracts.trace.TraceAdmission;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.WireFormat;
import io.tidemark.sink.column.NativeBlock;
import io.tidemark.sink.table.StoredTopic;
import io.tidemark.sink.transcode.RowWriter;
import io.tidemark.sink.transcode.VersionIds;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Traces as the blocks of columns that the sink makes of them. */
public final class TraceBlocks {

    private final TraceStamps stamps;
    private final SchemaRegistry registry;
    private final Clock clock;
    private final VersionIds versionIds = new VersionIds();

    public TraceBlocks(TraceStamps stamps, SchemaRegistry registry, Clock clock) {
        this.stamps = stamps;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * The traces of a range of numbers.
     *
     * @throws IllegalStateException when the sink would refuse one
     */
    public List<NativeBlock> build(long from, long to, int rowsPerBlock, EventTimes times) {
        List<NativeBlock> blocks = new ArrayList<>();
        for (long start = from; start < to; start += rowsPerBlock) {
            blocks.add(block(start, Math.min(to, start + rowsPerBlock), times));
        }
        return blocks;
    }

    /** The same, each made when it is asked for. */
    public Iterable<NativeBlock> lazily(long from, long to, int rowsPerBlock, EventTimes times) {
        return () -> LongStream.iterate(from, start -> start < to, start -> start + rowsPerBlock)
                .mapToObj(start -> block(start, Math.min(to, start + rowsPerBlock), times))
                .iterator();
    }

    private NativeBlock block(long from, long to, EventTimes times) {
        RowWriter writer =
                new RowWriter(StoredTopic.TRACES, versionIds, new TraceAdmission(TraceAdmission.DEFAULT_MAXIMUM_SKEW));
        long now = clock.millis();
        for (long number = from; number < to; number++) {
            byte[] record = stamps.record(number, times.micros(number));
            int schemaId = WireFormat.schemaId(record);
            if (!writer.knows(schemaId)) {
                writer.learn(schemaId, registry.schemaById(schemaId));
            }
            writer.append(schemaId, record, now).ifPresent(refusal -> {
                throw new IllegalStateException("a trace of the benchmark is refused: " + refusal);
            });
        }
        return writer.block();
    }
}
