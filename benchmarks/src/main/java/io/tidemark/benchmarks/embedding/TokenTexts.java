package io.tidemark.benchmarks.embedding;

import io.tidemark.jobs.embedding.TextOrigin;
import io.tidemark.jobs.embedding.TokenisedText;
import java.util.SplittableRandom;
import org.apache.flink.api.common.functions.MapFunction;

/** Texts as token ids, by number: the same ones in every round and for every way of embedding them. */
class TokenTexts implements MapFunction<Long, TokenisedText> {

    /** Stands for lengths as prompts have them: log-normal, median 38 tokens, a tenth over 110, at most 256. */
    static final int SKEWED = 0;

    private static final long serialVersionUID = 1L;
    private static final int START = 101;
    private static final int END = 102;
    private static final int FIRST_WORD = 1_996;
    private static final int WORDS = 28_000;
    private static final int LONGEST = 256;
    private static final double LOG_MEDIAN = Math.log(38);
    private static final double LOG_DEVIATION = 0.83;
    private static final String[] VERSION = {"model", "none", "prompt", "none", "none", "none", "none"};

    private final int tokens;

    /** @param tokens tokens of each text, or {@link #SKEWED} */
    TokenTexts(int tokens) {
        this.tokens = tokens;
    }

    int[] ids(long number) {
        SplittableRandom random = new SplittableRandom(number);
        int length = tokens == SKEWED
                ? (int) Math.max(3, Math.min(LONGEST, Math.exp(LOG_MEDIAN + LOG_DEVIATION * random.nextGaussian())))
                : tokens;
        int[] ids = new int[length];
        for (int i = 1; i < length - 1; i++) {
            ids[i] = FIRST_WORD + random.nextInt(WORDS);
        }
        ids[0] = START;
        ids[length - 1] = END;
        return ids;
    }

    @Override
    public final TokenisedText map(Long number) {
        Arrivals.sent();
        TextOrigin origin = new TextOrigin("tenant", VERSION, 1, "intent", "t" + number, number, number, 1);
        return new TokenisedText(origin, number, ids(number), null);
    }
}
