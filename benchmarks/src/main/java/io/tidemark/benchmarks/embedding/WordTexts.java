package io.tidemark.benchmarks.embedding;

import io.tidemark.jobs.embedding.backend.MiniLm;
import io.tidemark.jobs.embedding.tokenizer.WordPieceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Texts of words that are one token each, so that whoever tokenises them gets the same number of tokens. */
final class WordTexts extends TokenTexts {

    private static final long serialVersionUID = 1L;
    private static final int MARKS = 2;
    private static final String[] WORDS =
            """
            the time people water number sound know call first down side been now find account balance transfer credit
            card limit payment insurance restaurant temperature forecast translation weather city travel hotel flight
            money bank family house school country world music food doctor phone email letter book question answer
            """
                    .strip()
                    .split("\\s+");

    private final int length;
    private transient WordPieceTokenizer tokenizer;

    WordTexts(int length) {
        super(length);
        this.length = length;
    }

    private static String text(long number, int words) {
        SplittableRandom random = new SplittableRandom(number);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    List<String> lines(int texts) {
        return IntStream.range(0, texts)
                .mapToObj(number -> text(number, length - MARKS))
                .toList();
    }

    /** Ready batches; the first one has so many texts as warm up. */
    List<int[][]> batches(int texts, int size) {
        List<int[][]> batches = new ArrayList<>();
        for (int from = 0; from < texts; from += size) {
            batches.add(IntStream.range(from, Math.min(texts, from + size))
                    .mapToObj(this::ids)
                    .toArray(int[][]::new));
        }
        return batches;
    }

    @Override
    int[] ids(long number) {
        try {
            if (tokenizer == null) {
                tokenizer = new WordPieceTokenizer(MiniLm.vocabulary(), MiniLm.MAXIMUM_TOKENS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the vocabulary cannot be read", e);
        }
        int[] ids = tokenizer.encode(text(number, length - MARKS)).ids();
        if (ids.length != length) {
            throw new IllegalStateException("a text has %d tokens, expected %d".formatted(ids.length, length));
        }
        return ids;
    }
}
