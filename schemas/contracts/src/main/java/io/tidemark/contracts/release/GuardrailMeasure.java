package io.tidemark.contracts.release;

import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.measure.Measure;
import java.util.Objects;
import java.util.Optional;

/**
 * A measure that a release can be held against.
 *
 * @param name name in guardrails and verdicts
 * @param kind how candidate and control are compared
 * @param source measure of the traffic that it is computed from
 * @param percentile percentile of the control that a call exceeds or not, in (0, 1); 0 for other kinds
 * @param higherIsWorse whether a larger value is a regression
 * @param quality whether it tells about the quality of answers, and not only about speed, cost or availability
 * @param outcomes whose outcomes in [0, 1] are the values; empty when the calls themselves tell
 */
public record GuardrailMeasure(
        String name,
        Kind kind,
        Measure source,
        double percentile,
        boolean higherIsWorse,
        boolean quality,
        Optional<OutcomeSource> outcomes) {

    /** How candidate and control are compared. */
    public enum Kind {
        /** Share of units for which something holds: rate ratio. */
        RATE,
        /** Share of units that exceed a percentile of the control: rate ratio of exceedances. */
        TAIL,
        /** Mean of the logarithm: for costs. */
        LOG_MEAN,
        /** Mean of a bounded score. */
        MEAN,
        /** Share of pairs, an answer of production and one of the shadow to the same request, that agree: held against a limit. */
        AGREEMENT
    }

    public GuardrailMeasure {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(source, "source is null");
        Objects.requireNonNull(outcomes, "outcomes is null");
    }

    /** Whether values of a distribution are needed, and not only whether something holds. */
    public boolean needsValues() {
        return kind != Kind.RATE && kind != Kind.AGREEMENT;
    }
}
