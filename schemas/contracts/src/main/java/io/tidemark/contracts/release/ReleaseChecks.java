package io.tidemark.contracts.release;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.release.GuardrailMeasure.Kind;
import java.util.ArrayList;
import java.util.List;

/** What a release must fulfil before it may start. */
public final class ReleaseChecks {

    private static final double ROUNDING = 1e-9;
    private static final double PERCENT = 100;
    private static final double SMALLEST_AGREEMENT = 0.5;

    private ReleaseChecks() {}

    /**
     * What makes a rollout impossible to watch; nobody can override it.
     *
     * @return one sentence for each fault; empty when there is none
     */
    public static List<String> faults(Rollout rollout) {
        List<String> faults = new ArrayList<>();
        if (rollout.getReleaseId().isEmpty()) {
            faults.add("the release has no id");
        }
        if (rollout.getCandidate().equals(rollout.getControl())) {
            faults.add("candidate and control are the same tuple; name a component in which the candidate differs");
        }
        ladder(rollout.getLadderPercent(), faults);
        double weights = 0;
        for (Guardrail guardrail : rollout.getGuardrails()) {
            guardrail(guardrail, rollout.getMode(), faults);
            weights += guardrail.getAlphaWeight();
        }
        if (weights > 1 + ROUNDING) {
            faults.add("the weights of the guardrails sum to %.3f; they share one error budget and must not exceed 1"
                    .formatted(weights));
        }
        if (!(rollout.getAlpha() > 0 && rollout.getAlpha() <= 0.1)) {
            faults.add("alpha = %s must lie in (0, 0.1]".formatted(rollout.getAlpha()));
        }
        return faults;
    }

    private static void ladder(List<Double> ladder, List<String> faults) {
        double previous = 0;
        for (double step : ladder) {
            if (!(step > previous && step <= PERCENT)) {
                faults.add("ladder %s must ascend within (0, 100] percent".formatted(ladder));
                return;
            }
            previous = step;
        }
        if (ladder.isEmpty()) {
            faults.add("the ladder has no step");
        }
    }

    private static void guardrail(Guardrail guardrail, TrafficRole mode, List<String> faults) {
        GuardrailMeasure measure;
        try {
            measure = GuardrailMeasures.named(guardrail.getMeasure());
        } catch (IllegalArgumentException e) {
            faults.add(e.getMessage());
            return;
        }
        String name = measure.name();
        if (!(guardrail.getTolerance() >= 0) || guardrail.getTolerance() == Double.POSITIVE_INFINITY) {
            faults.add("guardrail %s: tolerance = %s must be at least 0".formatted(name, guardrail.getTolerance()));
        }
        if (!(guardrail.getAlphaWeight() >= 0 && guardrail.getAlphaWeight() <= 1)) {
            faults.add("guardrail %s: weight = %s must lie in [0, 1]".formatted(name, guardrail.getAlphaWeight()));
        }
        Double limit = guardrail.getLimit();
        if (measure.kind() == Kind.AGREEMENT) {
            agreement(name, limit, mode, faults);
            return;
        }
        boolean isMean = measure.kind() == Kind.MEAN || measure.kind() == Kind.LOG_MEAN;
        if (limit != null && isMean) {
            faults.add("guardrail %s: a mean has no limit; give a tolerance".formatted(name));
        } else if (limit != null && measure.kind() == Kind.RATE && !(limit > 0 && limit < 1)) {
            faults.add("guardrail %s: limit = %s must be a rate in (0, 1)".formatted(name, limit));
        } else if (limit != null && !(limit > 0)) {
            faults.add("guardrail %s: limit = %s must be above 0".formatted(name, limit));
        }
    }

    private static void agreement(String name, Double limit, TrafficRole mode, List<String> faults) {
        if (mode != TrafficRole.SHADOW) {
            faults.add("guardrail %s: only a shadow answers the same requests as the control".formatted(name));
        }
        if (limit == null || !(limit >= SMALLEST_AGREEMENT && limit < 1)) {
            faults.add("guardrail %s: limit = %s must be the agreement to reach, in [%s, 1), for example limit=0.9"
                    .formatted(name, limit, SMALLEST_AGREEMENT));
        }
    }

    /**
     * What forbids a start unless somebody gives a reason, which is then audited.
     *
     * @return one sentence for each objection; empty when there is none
     */
    public static List<String> objections(Rollout rollout) {
        List<String> objections = new ArrayList<>();
        String evalPass = rollout.getCandidate().getEvalPass();
        if (evalPass.isEmpty() || evalPass.equals(VersionTuple.UNKNOWN) || evalPass.equals(VersionTuple.NONE)) {
            objections.add("the candidate's eval_pass is '%s': nothing says that it was evaluated".formatted(evalPass));
        }
        boolean hasQuality = rollout.getGuardrails().stream()
                .anyMatch(guardrail ->
                        GuardrailMeasures.named(guardrail.getMeasure()).quality());
        if (!hasQuality) {
            objections.add("no guardrail measures quality; add one of "
                    + GuardrailMeasures.all().stream()
                            .filter(GuardrailMeasure::quality)
                            .filter(measure ->
                                    measure.kind() != Kind.AGREEMENT || rollout.getMode() == TrafficRole.SHADOW)
                            .map(GuardrailMeasure::name)
                            .toList());
        }
        return objections;
    }
}
