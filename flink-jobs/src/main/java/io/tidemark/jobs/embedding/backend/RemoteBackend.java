package io.tidemark.jobs.embedding.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What backends on a server have in common. */
abstract class RemoteBackend implements EmbeddingBackend {

    static final ObjectMapper MAPPER = new ObjectMapper();

    /** Start, "that is a test", end: any text will do to learn how long a vector is. */
    private static final int[] PROBE = {101, 2008, 2003, 1037, 3231, 102};

    private final HttpExchange server;
    private final int concurrency;
    private String id = "";
    private int dimensions;
    private volatile boolean open;

    RemoteBackend(HttpExchange server, int concurrency) {
        this.server = server;
        this.concurrency = concurrency;
    }

    @Override
    public void open() throws EmbeddingException {
        id = identify(server);
        open = true;
        dimensions = embed(new int[][] {PROBE})[0].length;
    }

    /** Asks the server what it serves, and gives the backend's id. */
    abstract String identify(HttpExchange to) throws EmbeddingException;

    abstract float[][] ask(HttpExchange to, int[][] tokens) throws EmbeddingException;

    @Override
    public float[][] embed(int[][] tokens) throws EmbeddingException {
        if (!open) {
            throw EmbeddingException.lasting("the backend is closed", null);
        }
        float[][] vectors = ask(server, tokens);
        if (vectors.length != tokens.length) {
            throw EmbeddingException.lasting(
                    "%s gave %d vectors for %d texts".formatted(server, vectors.length, tokens.length), null);
        }
        for (float[] vector : vectors) {
            if (dimensions != 0 && vector.length != dimensions) {
                throw EmbeddingException.lasting(
                        "%s gave a vector of %d numbers, before of %d".formatted(server, vector.length, dimensions),
                        null);
            }
            Pooling.toLengthOne(vector);
        }
        return vectors;
    }

    static JsonNode json(byte[] body, String from) throws EmbeddingException {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw EmbeddingException.lasting("%s did not answer with JSON: %s".formatted(from, e.getMessage()), e);
        }
    }

    static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new IllegalStateException("a tree of JSON can always be written", e);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public int maximumTokens() {
        return MiniLm.MAXIMUM_TOKENS;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public void close() {
        open = false;
    }
}
