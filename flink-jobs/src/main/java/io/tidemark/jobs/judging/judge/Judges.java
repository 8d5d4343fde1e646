package io.tidemark.jobs.judging.judge;

import java.util.Set;

/** The list of judges. */
public final class Judges {

    /** What can be said by looking: refusals, broken or looping output, words that the context holds. */
    public static final String RULES = "rules";

    /** Nearness of meaning by the embedding backend. */
    public static final String EMBEDDING = "embedding";

    /** A language model behind OpenAI's chat completions protocol. */
    public static final String OPENAI = "openai-compatible";

    /** Nearness of the meaning of two answers to one request; it judges pairs, and no single answer. */
    public static final String PAIRS = "embedding-pairs";

    /** Names of those that judge single answers. */
    public static final Set<String> NAMES = Set.of(RULES, EMBEDDING, OPENAI);

    private Judges() {}

    /**
     * A judge that is not open.
     *
     * @throws IllegalArgumentException when there is none of the name
     */
    public static Judge create(String name, JudgeSettings settings) {
        return switch (name) {
            case RULES -> new RulesJudge();
            case EMBEDDING -> new EmbeddingJudge(settings.embedding());
            case PAIRS -> EmbeddingJudge.ofPairs(settings.embedding());
            case OPENAI -> new OpenAiJudge(settings.openAi());
            default -> throw new IllegalArgumentException("there is no judge '%s', only %s".formatted(name, NAMES));
        };
    }
}
