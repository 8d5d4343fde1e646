package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Rule;
import java.io.Serializable;
import java.util.List;

/** Published rules, as they come. */
interface RuleFeed extends AutoCloseable {

    /** What came since the last call; the first call gives everything that was published up to then. Never waits after that. */
    List<Rule> poll();

    @Override
    void close();

    /** Opens a feed in the process that needs it. */
    @FunctionalInterface
    interface Factory extends Serializable {

        /** A feed from the first rule on. */
        RuleFeed open();
    }
}
