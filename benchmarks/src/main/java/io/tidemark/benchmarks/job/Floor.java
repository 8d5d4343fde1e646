package io.tidemark.benchmarks.job;

import io.tidemark.contracts.trace.MalformedTraceException;
import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.contracts.trace.TraceProjection;
import io.tidemark.jobs.source.RawTrace;
import io.tidemark.jobs.source.TraceSourceConfig;
import io.tidemark.registry.WireFormat;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/** Reads the projection of each record, and its features if it is told to, and drops it: what no job can do without. */
public final class Floor extends RichFilterFunction<RawTrace> {

    /** Records and end markers that were read in this process since the last round. */
    public static final AtomicLong RECORDS = new AtomicLong();

    /** Partitions whose end was reached. */
    public static final AtomicLong MARKERS = new AtomicLong();

    private static final long serialVersionUID = 1L;

    private final TraceSourceConfig config;
    private final boolean readsFeatures;
    private transient FeatureWalk features;
    private transient ProjectedTrace target;
    private transient TraceProjection projection;
    private transient long checksum;
    private transient long records;

    /** @param readsFeatures whether every feature is decoded as well */
    public Floor(TraceSourceConfig config, boolean readsFeatures) {
        this.config = config;
        this.readsFeatures = readsFeatures;
    }

    @Override
    public void open(OpenContext context) {
        target = new ProjectedTrace();
        features = new FeatureWalk();
    }

    @Override
    public boolean filter(RawTrace trace) {
        if (trace.isEndMarker()) {
            RECORDS.set(records);
            MARKERS.incrementAndGet();
            return checksum == 0;
        }
        read(trace.value());
        return false;
    }

    private void read(byte[] value) {
        if (projection == null) {
            projection = TraceProjection.compile(
                    config.registry().connect().schemaById(WireFormat.schemaId(value)), config.keyDimensions());
        }
        try {
            projection.read(value, WireFormat.HEADER_BYTES, target);
        } catch (MalformedTraceException e) {
            throw new UncheckedIOException(new java.io.IOException(e));
        }
        records++;
        checksum += target.event().inputTokens + target.keyLength();
        checksum += readsFeatures ? (long) features.over(target) : 0;
    }
}
