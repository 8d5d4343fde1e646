package io.tidemark.jobs.rules.evaluation;

import io.tidemark.jobs.measures.ByteReader;
import java.time.Duration;

/** How a rule decides about a slice; the same for every slice of the rule. */
public interface RuleTest {

    /** State of a slice that has not been seen yet. */
    SliceTest start();

    /** State that {@link SliceTest#write} wrote. */
    SliceTest read(ByteReader reader);

    /** Chance of a false alarm that all slices of a tenant share; NaN for tests without evidence. */
    default double alpha() {
        return Double.NaN;
    }

    /** How long the state of a slice matters after its last pane. */
    Duration memory();

    /** How long a breach goes on in a slice that sends nothing any more. */
    default Duration patience() {
        return Duration.ofHours(1);
    }

    /** Whether slices have to be looked at while they send nothing, even when they are not in breach. */
    default boolean watchesSilence() {
        return false;
    }
}
