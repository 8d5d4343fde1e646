package io.tidemark.jobs.quality.join;

/**
 * An outcome that passed its checks.
 *
 * @param id hash of the outcome's id: decides between two outcomes of one time
 * @param spanId span that it is about; empty when it is about the trace
 * @param name name of the outcome
 * @param category judge, for a judge's score; else empty
 * @param value numeric value; NaN without one
 * @param label class, or grades of a ranking; empty without one
 * @param observedMicros when it became known, microseconds since the epoch
 * @param weight 1 / chance that the inference was chosen for this outcome; NaN for that of the inference
 * @param slice text of the slice that it carries; empty without one
 * @param inferenceMicros when its inference finished, as far as it says so itself; else 0
 */
public record Learned(
        long id,
        String spanId,
        String name,
        String category,
        double value,
        String label,
        long observedMicros,
        double weight,
        String slice,
        long inferenceMicros) {

    /** Whether it came after another one about the same thing. */
    boolean isAfter(Learned other) {
        return observedMicros > other.observedMicros || observedMicros == other.observedMicros && id > other.id;
    }

    /** Whether it says the same as another one. */
    boolean agreesWith(Learned other) {
        return Double.compare(value, other.value) == 0 && label.equals(other.label);
    }
}
