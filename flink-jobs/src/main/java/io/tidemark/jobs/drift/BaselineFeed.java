package io.tidemark.jobs.drift;

import io.tidemark.contracts.avro.Baseline;
import java.io.Serializable;
import java.util.List;

/** Published baselines, as they come. */
public interface BaselineFeed extends AutoCloseable {

    /** What came since the last call; the first call gives everything that was published up to then. Never waits after that. */
    List<Baseline> poll();

    @Override
    void close();

    /** Opens a feed in the process that needs it. */
    @FunctionalInterface
    public interface Factory extends Serializable {

        /** A feed from the first baseline on. */
        BaselineFeed open();
    }
}
