package io.tidemark.gateway.inference;

import io.tidemark.gateway.otlp.TimeWindow;
import io.tidemark.ingest.validation.Violation;
import java.time.Instant;

/** A JSON object that is not the record that it should be. The message names the field and the rule. */
final class InvalidFieldException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidFieldException(String field, String rule) {
        super(field + " " + rule);
    }

    InvalidFieldException(Violation violation) {
        this(violation.field(), violation.rule());
    }

    static void requireWithin(TimeWindow window, String field, Instant time) throws InvalidFieldException {
        if (window.isTooOld(time) || window.isTooFarAhead(time)) {
            throw new InvalidFieldException(field, "lies longer ago, or further ahead, than is accepted");
        }
    }
}
