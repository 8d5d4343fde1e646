package io.tidemark.jobs.embedding.golden;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A prompt that was chosen for the golden set of its slice.
 *
 * @param tenant tenant
 * @param intent intent class
 * @param traceId trace to look at
 * @param textHash hash of the prompt's tokens
 * @param eventMillis when the inference finished, milliseconds since the epoch
 * @param weekEndMillis end of the week that it was chosen from, milliseconds since the epoch
 * @param rank place among the choices of the week, from 1
 * @param novelty one less the highest cosine to what was chosen before it, in [0, 1]; NaN for the first one of all
 * @param candidates texts that it was chosen from
 */
public record GoldenChoice(
        String tenant,
        String intent,
        String traceId,
        long textHash,
        long eventMillis,
        long weekEndMillis,
        int rank,
        double novelty,
        int candidates) {

    /** Type information for Flink. */
    public static final TypeInformation<GoldenChoice> TYPE = TypeInformation.of(GoldenChoice.class);
}
