package io.tidemark.jobs.judging;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.outcome.OutcomeCatalogue;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What a user said of an answer: that it was good, or that it was not.
 *
 * @param tenant tenant
 * @param traceId trace
 * @param name name of the outcome
 * @param good whether it was good
 * @param knownMillis when it became known, milliseconds since the epoch
 */
public record Feedback(String tenant, String traceId, String name, boolean good, long knownMillis) {

    /** Type information for Flink. */
    public static final TypeInformation<Feedback> TYPE = TypeInformation.of(Feedback.class);

    private static final String THUMBS = "thumbs";
    private static final String STARS = "csat";
    private static final double MOST_STARS_OF_BAD = 2;
    private static final double LEAST_STARS_OF_GOOD = 4;

    /** Thumbs, and stars but for the middle one, of a user about a trace. */
    static Optional<Feedback> of(Outcome outcome) {
        if (outcome.getSource() != OutcomeSource.USER || outcome.getTraceId().isEmpty()) {
            return Optional.empty();
        }
        return switch (outcome.getName()) {
            case THUMBS -> of(outcome, 0, 1);
            case STARS -> of(outcome, MOST_STARS_OF_BAD, LEAST_STARS_OF_GOOD);
            default -> Optional.empty();
        };
    }

    private static Optional<Feedback> of(Outcome outcome, double bad, double good) {
        String name = outcome.getName();
        var measure = OutcomeCatalogue.outcome(name);
        double value = measure.valueOf(outcome.getValue(), outcome.getLabel());
        if (!measure.takes(value) || value > bad && value < good) {
            return Optional.empty();
        }
        return Optional.of(new Feedback(
                outcome.getTenant(),
                outcome.getTraceId(),
                name,
                value >= good,
                outcome.getObservedTime().toEpochMilli()));
    }
}
