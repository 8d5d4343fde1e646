package io.tidemark.jobs.embedding;

import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A sampled inference with the vector of its prompt.
 *
 * @param origin where it comes from
 * @param textHash hash of the prompt's tokens
 * @param vector vector of the prompt, of length 1; null when the backend gave none
 * @param responseCosine cosine of prompt and response; NaN without a response or without vectors
 * @param backendId what made the vectors
 */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is made
public record ScoredText(TextOrigin origin, long textHash, float[] vector, double responseCosine, String backendId) {

    /** Type information for Flink. */
    public static final TypeInformation<ScoredText> TYPE = new FlatType<>(ScoredText.class, new ScoredTextSerializer());

    /** Whether there is a vector. */
    public boolean isScored() {
        return vector != null;
    }
}
