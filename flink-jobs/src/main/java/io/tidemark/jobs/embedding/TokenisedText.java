package io.tidemark.jobs.embedding;

import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A sampled inference whose prompt, and response where there is one, wait for their vectors. It holds token ids and a hash,
 * so that no prompt is in any state.
 *
 * @param origin where it comes from
 * @param textHash hash of the prompt's tokens: equal for copies and retries
 * @param prompt token ids of the prompt
 * @param response token ids of the response; null without one
 */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is made
public record TokenisedText(TextOrigin origin, long textHash, int[] prompt, int[] response) {

    /** Type information for Flink. */
    public static final TypeInformation<TokenisedText> TYPE =
            new FlatType<>(TokenisedText.class, new TokenisedTextSerializer());

    /** Rows of a batch that it takes. */
    int rows() {
        return response == null ? 1 : 2;
    }
}
