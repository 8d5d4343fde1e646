package io.tidemark.jobs.rules.evaluation;

import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.jobs.measures.ByteWriter;

/** What a rule knows about one slice. Panes come in the order of time, each once; changed in place. */
public interface SliceTest {

    /**
     * Takes a pane.
     *
     * @param row first row of the pane
     * @param endMillis end of the pane, exclusive, milliseconds since the epoch
     */
    void add(WindowRow row, long endMillis);

    /**
     * Where the slice stands.
     *
     * @param tickMillis event time up to which all panes are known, exclusive
     */
    Assessment assess(long tickMillis);

    /** Begins anew after a breach is over: what was used up as evidence does not count again. */
    default void restart(long tickMillis) {}

    /** Writes the state; {@link RuleTest#read} takes it. */
    void write(ByteWriter writer);
}
