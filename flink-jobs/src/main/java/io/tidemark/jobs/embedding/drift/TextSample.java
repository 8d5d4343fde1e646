package io.tidemark.jobs.embedding.drift;

/**
 * A text that is kept with its vector.
 *
 * @param textHash hash of its tokens, which decides whether it is kept
 * @param traceId trace to look at
 * @param intent intent class
 * @param vector its vector
 */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is made
record TextSample(long textHash, String traceId, String intent, float[] vector) {

    double[] asDoubles() {
        double[] numbers = new double[vector.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector[i];
        }
        return numbers;
    }
}
