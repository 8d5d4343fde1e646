package io.tidemark.jobs.source;

import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A trace that counts. The source hands out one instance again and again: an operator takes what it needs at once and
 * keeps no reference, and it must be chained to the source.
 */
public final class AdmittedTrace {

    /** Type information for Flink. */
    public static final TypeInformation<AdmittedTrace> TYPE =
            new FlatType<>(AdmittedTrace.class, new ChainedOnlySerializer());

    private final ProjectedTrace trace = new ProjectedTrace();
    private long closedBeforeMillis;

    /** Numbers and dimensions. */
    public ProjectedTrace trace() {
        return trace;
    }

    /**
     * Windows that end at or before this time were closed before the trace came, as its own partition tells. Milliseconds
     * since the epoch. Because it looks at one partition only, a second run of the same input decides the same.
     */
    public long closedBeforeMillis() {
        return closedBeforeMillis;
    }

    void closedBeforeMillis(long millis) {
        closedBeforeMillis = millis;
    }
}
