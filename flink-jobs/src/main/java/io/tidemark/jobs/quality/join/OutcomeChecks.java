package io.tidemark.jobs.quality.join;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.outcome.OutcomeCatalogue;
import io.tidemark.contracts.outcome.OutcomeKind;
import io.tidemark.contracts.outcome.OutcomeMeasure;
import io.tidemark.contracts.trace.Fingerprint;
import io.tidemark.jobs.quality.measure.FixedSums;
import io.tidemark.jobs.quality.measure.QualitySlice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Whether an outcome can be counted, and what it then says. A refused one is stored like every other by the sink; here it is
 * counted with its reason.
 *
 * @param learned what the outcome says; null when it is refused
 * @param refusal why it is not used; empty when it is
 */
public record OutcomeChecks(Learned learned, String refusal) {

    /** Attribute with 1 / chance that the inference was chosen, of whoever chose inferences for this outcome. */
    public static final String WEIGHT_ATTRIBUTE = "sampling_weight";

    private static final Duration MAXIMUM_SKEW = Duration.ofMinutes(10);

    /** Looks at an outcome that the broker appended at a time, milliseconds since the epoch. */
    public static OutcomeChecks of(Outcome outcome, long appendMillis) {
        OutcomeMeasure measure = OutcomeCatalogue.outcome(outcome.getName());
        if (measure == null) {
            return refused("unlisted");
        }
        long observed = micros(outcome.getObservedTime());
        if (observed <= 0) {
            return refused("out_of_range");
        }
        if (observed / 1_000 - appendMillis > MAXIMUM_SKEW.toMillis()) {
            return refused("future");
        }
        double weight = weight(outcome);
        double value = measure.valueOf(outcome.getValue(), outcome.getLabel());
        String label = outcome.getLabel() == null ? "" : outcome.getLabel();
        if (weight == 0 || !isUsable(measure, outcome.getValue(), label)) {
            return refused("out_of_range");
        }
        boolean isNumber = !Double.isNaN(value);
        return new OutcomeChecks(
                new Learned(
                        fingerprint(outcome.getOutcomeId()),
                        outcome.getSpanId() == null ? "" : outcome.getSpanId(),
                        outcome.getName(),
                        category(outcome),
                        value,
                        isNumber ? "" : label,
                        observed,
                        weight,
                        slice(outcome),
                        outcome.getInferenceTime() == null ? 0 : micros(outcome.getInferenceTime())),
                "");
    }

    private static boolean isUsable(OutcomeMeasure measure, Double value, String label) {
        return measure.accepts(value, label)
                && (measure.kind() != OutcomeKind.RANKING || Contribution.grades(label) != null);
    }

    /** NaN when the outcome brings none, 0 when it brings one that cannot be. */
    private static double weight(Outcome outcome) {
        String text = outcome.getAttributes().get(WEIGHT_ATTRIBUTE);
        if (text == null) {
            return Double.NaN;
        }
        try {
            double weight = Double.parseDouble(text);
            return weight >= 1 && weight <= FixedSums.LARGEST_WEIGHT ? weight : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String category(Outcome outcome) {
        if (outcome.getSource() != OutcomeSource.JUDGE || outcome.getJudgeName() == null) {
            return "";
        }
        return outcome.getJudgeVersion() == null
                ? outcome.getJudgeName()
                : outcome.getJudgeName() + "@" + outcome.getJudgeVersion();
    }

    private static String slice(Outcome outcome) {
        if (outcome.getVersion() == null) {
            return "";
        }
        VersionTuple version;
        try {
            version = VersionTuple.from(outcome.getVersion());
        } catch (IllegalArgumentException e) {
            return "";
        }
        String intent = outcome.getIntent() == null ? "unknown" : outcome.getIntent();
        return QualitySlice.finest(outcome.getRole(), outcome.getTenant(), version, intent)
                .text();
    }

    private static OutcomeChecks refused(String reason) {
        return new OutcomeChecks(null, reason);
    }

    private static long fingerprint(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Fingerprint.of(utf8, 0, utf8.length);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
