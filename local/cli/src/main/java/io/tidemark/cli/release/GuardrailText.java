package io.tidemark.cli.release;

import io.tidemark.cli.CommandFailure;
import io.tidemark.contracts.avro.Guardrail;

/** A guardrail as it is typed: {@code errors,relative=0.1,weight=0.3,min=100}. */
final class GuardrailText {

    private GuardrailText() {}

    /**
     * Reads a guardrail.
     *
     * @throws CommandFailure when a key is unknown, a number is none, or the kind of tolerance is not said
     */
    static Guardrail parse(String text) {
        String[] parts = text.split(",", -1);
        Guardrail guardrail = new Guardrail();
        guardrail.setMeasure(parts[0].strip());
        guardrail.setMinimumCount(50);
        boolean isSaid = false;
        for (int i = 1; i < parts.length; i++) {
            String[] sides = parts[i].split("=", -1);
            double value = number(text, parts[i], sides);
            switch (sides[0].strip()) {
                case "relative" -> {
                    guardrail.setTolerance(value);
                    guardrail.setRelative(true);
                    isSaid = true;
                }
                case "absolute" -> {
                    guardrail.setTolerance(value);
                    guardrail.setRelative(false);
                    isSaid = true;
                }
                case "limit" -> {
                    guardrail.setLimit(value);
                    isSaid = true;
                }
                case "weight" -> guardrail.setAlphaWeight(value);
                case "min" -> guardrail.setMinimumCount((long) value);
                default ->
                    throw new CommandFailure(
                            "--guardrail '%s': unknown key '%s'; keys are relative, absolute, limit, weight, min"
                                    .formatted(text, sides[0]));
            }
        }
        if (!isSaid) {
            throw new CommandFailure(
                    "--guardrail '%s' must say its tolerance: relative=0.1 (a share of the control), absolute=0.005 or limit=0.01"
                            .formatted(text));
        }
        return guardrail;
    }

    private static double number(String text, String part, String[] sides) {
        try {
            return Double.parseDouble(sides.length == 2 ? sides[1].strip() : "");
        } catch (NumberFormatException e) {
            throw new CommandFailure("--guardrail '%s': '%s' must look like key=number".formatted(text, part), e);
        }
    }
}
