package io.tidemark.jobs.source;

import java.io.Serializable;
import java.util.List;

/**
 * What people or other parts say to a job, as it comes.
 *
 * @param <T> what is said
 */
public interface ControlFeed<T> extends AutoCloseable {

    /** What came since the last call; the first call gives everything that was there up to then. Never waits after that. */
    List<T> poll();

    @Override
    void close();

    /**
     * Opens a feed in the process that needs it.
     *
     * @param <T> what is said
     */
    @FunctionalInterface
    interface Factory<T> extends Serializable {

        /** A feed from the beginning on. */
        ControlFeed<T> open();
    }
}
