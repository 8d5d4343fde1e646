package io.tidemark.ingest.validation;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.avro.TrafficRole;
import java.time.Instant;
import java.util.Map;

/** Outcomes that hold the defaults of their schema, for code that sets some fields of many. */
public final class BlankOutcome {

    private BlankOutcome() {}

    /** An outcome of which nothing is known. Its map is immutable: replace it, do not add. */
    public static Outcome create() {
        Outcome outcome = new Outcome();
        outcome.setOutcomeId("");
        outcome.setTenant("");
        outcome.setTraceId("");
        outcome.setName("");
        outcome.setSource(OutcomeSource.UNKNOWN);
        outcome.setEventTime(Instant.EPOCH);
        outcome.setObservedTime(Instant.EPOCH);
        outcome.setAttributes(Map.of());
        outcome.setRole(TrafficRole.UNKNOWN);
        return outcome;
    }
}
