package io.tidemark.contracts.outcome;

import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.avro.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Ids of outcomes whose sender gave none: sent twice, it is the same outcome. */
public final class OutcomeIds {

    private OutcomeIds() {}

    /**
     * The first 32 hex digits of SHA-256 over tenant, trace, span, session, name, judge, version of the judge and event time
     * in microseconds, one a line, with an empty line for what is unknown.
     */
    public static String outcomeId(Outcome outcome) {
        return AlertIds.hash(String.join(
                "\n",
                outcome.getTenant(),
                outcome.getTraceId(),
                text(outcome.getSpanId()),
                text(outcome.getSessionId()),
                outcome.getName(),
                text(outcome.getJudgeName()),
                text(outcome.getJudgeVersion()),
                Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, outcome.getEventTime()))));
    }

    private static String text(String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
