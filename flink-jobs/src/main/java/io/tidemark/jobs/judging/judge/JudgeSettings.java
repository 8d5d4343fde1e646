package io.tidemark.jobs.judging.judge;

import io.tidemark.jobs.embedding.backend.EmbeddingBackends.BackendSettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the judges need.
 *
 * @param embedding backend of the judge {@link Judges#EMBEDDING}
 * @param openAi server of the judge {@link Judges#OPENAI}
 */
public record JudgeSettings(BackendSettings embedding, OpenAi openAi) implements Serializable {

    /**
     * A language model that judges.
     *
     * @param url address of the server up to its version, for example {@code http://judge:8000/v1}
     * @param model name of the model
     * @param apiKey key; empty for a server that asks for none
     * @param template prompt template, {@code name@version}
     * @param timeout longest answer
     * @param concurrency requests at once
     * @param inputNanoUsdPerToken price of a token that it reads, in billionths of a US dollar
     * @param outputNanoUsdPerToken price of a token that it writes, in billionths of a US dollar
     */
    public record OpenAi(
            String url,
            String model,
            String apiKey,
            String template,
            Duration timeout,
            int concurrency,
            double inputNanoUsdPerToken,
            double outputNanoUsdPerToken)
            implements Serializable {

        /** Without the key. */
        @Override
        public String toString() {
            return "OpenAi[%s, %s, %s]".formatted(url, model, template);
        }
    }
}
