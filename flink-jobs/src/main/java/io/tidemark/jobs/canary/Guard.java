package io.tidemark.jobs.canary;

import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.release.GuardrailMeasure;
import io.tidemark.contracts.release.GuardrailMeasures;
import io.tidemark.statistics.error.StatisticsException;
import java.util.ArrayList;
import java.util.List;

/**
 * A guardrail of a rollout.
 *
 * @param measure what is measured
 * @param tolerance largest accepted worsening
 * @param relative whether the tolerance is a share of the control's value
 * @param alpha chance of a false rollback by this guardrail over the whole rollout, in (0, 1)
 * @param minimumUnits units of the candidate before there is a finding
 * @param limit absolute limit in the unit of the measure; null to hold the candidate against the control
 */
record Guard(
        GuardrailMeasure measure, double tolerance, boolean relative, double alpha, long minimumUnits, Double limit) {

    private static final double LARGEST_ALPHA = 0.5;
    private static final double SMALLEST_ALPHA = 1e-9;

    Guard {
        if (!(tolerance >= 0 && tolerance < Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "tolerance of guardrail '%s' must be at least 0, got %s".formatted(measure.name(), tolerance));
        }
        alpha = Math.min(LARGEST_ALPHA, Math.max(SMALLEST_ALPHA, alpha));
    }

    /**
     * The guardrails of a rollout; its alpha is shared by their weights, equally when none has one.
     *
     * @throws IllegalArgumentException when a measure is unknown or a number is out of its range
     */
    static List<Guard> of(List<Guardrail> guardrails, double alpha) {
        double weights = guardrails.stream()
                .mapToDouble(each -> Math.max(0, each.getAlphaWeight()))
                .sum();
        List<Guard> guards = new ArrayList<>();
        for (Guardrail each : guardrails) {
            double share = weights > 0 ? Math.max(0, each.getAlphaWeight()) : 1;
            double sum = weights > 0 ? Math.max(1, weights) : guardrails.size();
            guards.add(new Guard(
                    GuardrailMeasures.named(each.getMeasure()),
                    each.getTolerance(),
                    each.getRelative(),
                    alpha * share / sum,
                    each.getMinimumCount(),
                    each.getLimit()));
        }
        return List.copyOf(guards);
    }

    /** Its test over a rollout of so many panes of ten seconds. */
    GuardrailTest test(long plannedPanes) throws StatisticsException {
        return switch (measure.kind()) {
            case RATE, TAIL -> new RateTest(this, plannedPanes);
            case LOG_MEAN, MEAN -> new MeanTest(this);
            case AGREEMENT -> new AgreementTest(this);
        };
    }
}
