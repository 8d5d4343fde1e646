package io.tidemark.jobs.quality.join;

/**
 * A sampled inference, as far as its quality can be asked for later.
 *
 * @param inferenceId id of the inference
 * @param spanId span of the model call; empty when unknown
 * @param eventMicros when it finished, microseconds since the epoch
 * @param slice text of its finest slice
 * @param groups fairness features as {@code name=value}, joined by line feeds; empty without one
 * @param weight 1 / chance of being sampled
 * @param answer predicted class; empty when unknown
 * @param confidence stated confidence in [0, 1]; NaN when unknown
 * @param schemaValid 1 valid, 0 not valid, -1 unknown
 */
public record Prediction(
        String inferenceId,
        String spanId,
        long eventMicros,
        String slice,
        String groups,
        double weight,
        String answer,
        double confidence,
        int schemaValid) {}
