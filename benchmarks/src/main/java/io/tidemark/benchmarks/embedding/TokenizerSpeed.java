package io.tidemark.benchmarks.embedding;

import io.tidemark.jobs.embedding.backend.MiniLm;
import io.tidemark.jobs.embedding.tokenizer.WordPieceTokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Tokens a second of processor time of one thread. */
final class TokenizerSpeed {

    private static final int TEXTS = 2_000;
    private static final int MOST_WORDS = 60;
    private static final int PASSES = 40;
    private static final String[] WORDS =
            """
            the a of to and in is it you that he was for on are with as his they be at one have this from or had by not
            what some we can out other were all there when up use your how said an each she which do their time if will
            way about many then them write would like so these her long make thing see him two has look more day could
            go come did number sound no most people my over know water than call first who may down side been now find
            account balance transfer credit card limit payment refund invoice currency exchange mortgage insurance
            reservation restaurant temperature forecast translation unbelievable misunderstanding tokenisation
            counterintuitive Kubernetes observability JavaScript 12.50 2026-11-21 user@example.org don't state-of-the-art
            """
                    .strip()
                    .split("\\s+");

    private TokenizerSpeed() {}

    /** Tokens for each second of processor time; the passes before it warm up. */
    static double tokensPerSecond() throws IOException {
        WordPieceTokenizer tokenizer = new WordPieceTokenizer(MiniLm.vocabulary(), MiniLm.MAXIMUM_TOKENS);
        List<String> texts = texts();
        long expected = pass(tokenizer, texts);
        for (int i = 0; i < PASSES; i++) {
            pass(tokenizer, texts);
        }
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long tokens = 0;
        for (int i = 0; i < PASSES; i++) {
            tokens += pass(tokenizer, texts);
        }
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        if (tokens != PASSES * expected) {
            throw new IllegalStateException("expected %d tokens, counted %d".formatted(PASSES * expected, tokens));
        }
        return tokens / seconds;
    }

    private static long pass(WordPieceTokenizer tokenizer, List<String> texts) {
        long tokens = 0;
        for (String text : texts) {
            tokens += tokenizer.encode(text).ids().length;
        }
        return tokens;
    }

    private static List<String> texts() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 1 + random.nextInt(MOST_WORDS); word > 0; word--) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(word % 9 == 0 ? ", " : " ");
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
