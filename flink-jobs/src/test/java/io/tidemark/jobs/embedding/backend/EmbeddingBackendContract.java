package io.tidemark.jobs.embedding.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.jobs.embedding.tokenizer.WordPieceTokenizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every backend of all-MiniLM-L6-v2 keeps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EmbeddingBackendContract {

    private static final List<String> TEXTS = List.of(
            "That is a happy person",
            "That is a very happy person",
            "That is a happy dog",
            "Today is a sunny day",
            "george washington was president",
            "Each sentence is converted",
            "",
            "a much longer text than all the others, so that those are padded to many times their own length "
                    .repeat(6));

    private EmbeddingBackend backend;
    private int[][] tokens;
    private float[][] together;

    /** A backend that is not open. */
    abstract EmbeddingBackend create() throws Exception;

    /** Largest difference of a number between a text alone and in a batch. */
    double batchTolerance() {
        return 0;
    }

    @BeforeAll
    void open() throws Exception {
        WordPieceTokenizer tokenizer = new WordPieceTokenizer(MiniLm.vocabulary(), MiniLm.MAXIMUM_TOKENS);
        tokens = TEXTS.stream().map(text -> tokenizer.encode(text).ids()).toArray(int[][]::new);
        backend = create();
        backend.open();
        together = backend.embed(tokens);
    }

    @AfterAll
    void close() {
        backend.close();
    }

    private static double cosine(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }

    @Test
    void vectorsEqualThePublishedReference() {
        assertThat(cosine(together[0], together[1])).isCloseTo(0.94291496, within(1e-5));
        assertThat(cosine(together[0], together[2])).isCloseTo(0.69457746, within(1e-5));
        assertThat(cosine(together[0], together[3])).isCloseTo(0.25687605, within(1e-5));
        // the reference has the mean before it is scaled to length 1
        double scale = 0.541010201 / together[5][0];
        assertThat(together[5][1] * scale).isCloseTo(0.643181562, within(1e-5));
        assertThat(together[5][2] * scale).isCloseTo(0.0337639935, within(1e-5));
    }

    @Test
    void vectorsHaveLengthOneAndTheDimensionsOfTheModel() {
        for (float[] vector : together) {
            assertThat(vector).hasSize(backend.dimensions());
            assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-6));
        }
        assertThat(backend.dimensions()).isEqualTo(MiniLm.DIMENSIONS);
    }

    @Test
    void aTextsVectorDoesNotDependOnItsBatch() throws Exception {
        for (int i = 0; i < tokens.length; i++) {
            assertThat(backend.embed(new int[][] {tokens[i]})[0])
                    .as(TEXTS.get(i))
                    .containsExactly(together[i], within((float) batchTolerance()));
        }
    }

    @Test
    void vectorsComeInTheOrderOfTheTexts() throws Exception {
        int[][] reversed = new int[tokens.length][];
        for (int i = 0; i < tokens.length; i++) {
            reversed[i] = tokens[tokens.length - 1 - i];
        }
        float[][] vectors = backend.embed(reversed);

        for (int i = 0; i < tokens.length; i++) {
            assertThat(vectors[i]).containsExactly(together[tokens.length - 1 - i], within((float) batchTolerance()));
        }
    }

    @Test
    void severalBatchesRunAtOnce() throws Exception {
        List<float[][]> results = Arrays.asList(new float[4][][]);
        Thread[] threads = new Thread[results.size()];
        for (int i = 0; i < threads.length; i++) {
            int index = i;
            threads[i] = new Thread(() -> {
                try {
                    results.set(index, backend.embed(tokens));
                } catch (EmbeddingException e) {
                    throw new IllegalStateException(e);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(results).allSatisfy(result -> assertThat(result).isDeepEqualTo(together));
    }

    @Test
    void theIdSaysWhatMadeTheVectors() {
        assertThat(backend.id()).contains("MiniLM").contains("/").doesNotContain(" ");
    }

    @Test
    void aClosedBackendSaysSo() throws Exception {
        EmbeddingBackend other = create();
        other.open();
        other.close();
        other.close();

        assertThatThrownBy(() -> other.embed(tokens))
                .isInstanceOfSatisfying(EmbeddingException.class, failure -> assertThat(failure.isWorthARetry())
                        .isFalse())
                .hasMessageContaining("closed");
    }
}
