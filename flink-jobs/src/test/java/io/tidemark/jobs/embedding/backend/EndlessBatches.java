package io.tidemark.jobs.embedding.backend;

import java.util.stream.IntStream;

/** A process that embeds until it is stopped. */
final class EndlessBatches {

    /** Printed once batches are under way. */
    static final String RUNNING = "running";

    private EndlessBatches() {}

    public static void main(String[] arguments) throws Exception {
        OnnxBackend backend = OnnxBackend.cpu(2);
        backend.open();
        int[][] batch = IntStream.range(0, 16)
                .mapToObj(unused -> IntStream.range(1_000, 1_128).toArray())
                .toArray(int[][]::new);
        Thread second = new Thread(() -> embed(backend, batch));
        second.setDaemon(true);
        second.start();
        backend.embed(batch);
        System.out.println(RUNNING);
        embed(backend, batch);
    }

    private static void embed(OnnxBackend backend, int[][] batch) {
        try {
            while (true) {
                backend.embed(batch);
            }
        } catch (EmbeddingException e) {
            System.out.println(e.getMessage());
        }
    }
}
