package io.tidemark.jobs.embedding.backend;

/**
 * Something that turns token ids into vectors of length 1. {@link #embed} is called by as many threads as
 * {@link #concurrency()} says; {@link #close()} waits for the batches that are under way.
 */
public interface EmbeddingBackend extends AutoCloseable {

    /**
     * Gets ready: loads the model, or reaches the server and asks it what it serves.
     *
     * @throws EmbeddingException when it cannot work as it was told to; not worth a retry
     */
    void open() throws EmbeddingException;

    /**
     * The vectors of a batch, in its order. A text's vector does not depend on the others of its batch: to the last bit
     * on a processor in single precision, to a cosine of 0.9999 elsewhere.
     *
     * @param tokens ids of each text, marks of start and end included; at least one text, each of at least two ids
     * @throws EmbeddingException when there are none; {@link EmbeddingException#isWorthARetry()} says whether to ask again
     */
    float[][] embed(int[][] tokens) throws EmbeddingException;

    /**
     * What made the vectors: model with the start of its SHA-256, precision, provider and pooling. Vectors of two ids are
     * never compared. Known after {@link #open()}.
     */
    String id();

    /** Numbers in a vector; known after {@link #open()}. */
    int dimensions();

    /** Most tokens of one text that the model takes. */
    int maximumTokens();

    /** Batches that it works on at the same time, at least 1. */
    int concurrency();

    /** Waits for the batches that are under way, then gives back memory and connections. May be called twice. */
    @Override
    void close();
}
