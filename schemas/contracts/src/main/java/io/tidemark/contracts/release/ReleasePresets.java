package io.tidemark.contracts.release;

import io.tidemark.contracts.avro.Guardrail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Guardrails for each kind of service. A tolerance is a share of the control's value; a limit is absolute. */
public final class ReleasePresets {

    /** Steps of a rollout in percent, unless it says otherwise. */
    public static final List<Double> LADDER = List.of(1.0, 5.0, 25.0, 50.0, 100.0);

    private static final long USUAL_MINIMUM = 50;

    private static final Map<String, List<Guardrail>> ALL = all();

    private ReleasePresets() {}

    /** Names of the presets. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * Guardrails of a kind of service.
     *
     * @throws IllegalArgumentException when there is no such preset; the message lists them
     */
    public static List<Guardrail> named(String name) {
        List<Guardrail> guardrails = ALL.get(name);
        if (guardrails == null) {
            throw new IllegalArgumentException("no preset '%s'; known are %s".formatted(name, ALL.keySet()));
        }
        return guardrails;
    }

    private static Map<String, List<Guardrail>> all() {
        Map<String, List<Guardrail>> presets = new LinkedHashMap<>();
        presets.put(
                "llm-chat",
                List.of(
                        relative("errors", 0.1, 0.3),
                        relative("refusals", 0.2, 0.2),
                        relative("guardrail_blocked", 0.2, 0.1),
                        relative("ttft_p95", 0.2, 0.2),
                        relative("cost_per_call", 0.1, 0.2)));
        presets.put(
                "llm-agent",
                List.of(
                        relative("errors", 0.1, 0.3),
                        relative("tool_errors", 0.2, 0.2),
                        relative("schema_invalid", 0.2, 0.1),
                        relative("end_to_end_p95", 0.2, 0.2),
                        relative("cost_per_call", 0.1, 0.2)));
        presets.put(
                "recommender",
                List.of(
                        limit("errors", 0.01, 0.3),
                        limit("end_to_end_p99", 100, 0.3),
                        relative("errors", 0.2, 0.2),
                        relative("confidence", 0.02, 0.2)));
        presets.put(
                "classifier",
                List.of(
                        relative("errors", 0.1, 0.4),
                        relative("end_to_end_p99", 0.2, 0.3),
                        relative("confidence", 0.02, 0.3)));
        return presets;
    }

    private static Guardrail relative(String measure, double tolerance, double weight) {
        return Guardrail.newBuilder()
                .setMeasure(measure)
                .setTolerance(tolerance)
                .setRelative(true)
                .setAlphaWeight(weight)
                .setMinimumCount(USUAL_MINIMUM)
                .build();
    }

    private static Guardrail limit(String measure, double limit, double weight) {
        Guardrail guardrail = relative(measure, 0, weight);
        guardrail.setLimit(limit);
        return guardrail;
    }
}
