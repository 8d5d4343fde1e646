package io.tidemark.jobs.drift.profile;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.Trace;
import java.util.Locale;
import java.util.function.Function;

/** The measures that every trace may have, beside its features. A feature of the same name is passed over. */
public enum BuiltInMeasure {
    /** Length of the prompt in tokens. */
    INPUT_TOKENS(DriftKind.FEATURE, Trace::getInputTokens),
    /** Length of the response in tokens. */
    OUTPUT_TOKENS(DriftKind.OUTPUT, Trace::getOutputTokens),
    /** What the model says of its own certainty, in [0, 1]. */
    CONFIDENCE(DriftKind.OUTPUT, trace -> inMillionths(trace.getConfidence())),
    /** What the request is about. */
    INTENT(DriftKind.FEATURE, Trace::getIntent),
    /** Class that was predicted. */
    PREDICTION(DriftKind.OUTPUT, Trace::getPrediction),
    /** Why the model stopped. */
    FINISH_REASON(DriftKind.OUTPUT, Trace::getFinishReason);

    private final DriftKind kind;
    private final Function<Trace, Object> value;

    BuiltInMeasure(DriftKind kind, Function<Trace, Object> value) {
        this.kind = kind;
        this.value = value;
    }

    /** Name in records and settings. */
    public String measureName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a measure of a name is about: a feature unless it is one of these. */
    public static DriftKind kindOf(String measure) {
        for (BuiltInMeasure each : values()) {
            if (each.measureName().equals(measure)) {
                return each.kind;
            }
        }
        return DriftKind.FEATURE;
    }

    /** The drift job reads confidence in millionths. */
    private static Double inMillionths(Double value) {
        return value == null || !Double.isFinite(value) ? null : Math.round(value * 1e6) / 1e6;
    }

    /** The value of a trace: a number, a text, or null when it is unknown. */
    Object of(Trace trace) {
        return value.apply(trace);
    }
}
