package io.tidemark.jobs.embedding.backend;

import java.nio.FloatBuffer;

/** Mean of the hidden states of a text's own tokens, then length 1: the pooling that the model was trained with. */
final class Pooling {

    private Pooling() {}

    /**
     * The vectors of a batch.
     *
     * @param hidden hidden states, text by text, token by token, padded to {@code longest} tokens
     */
    static float[][] mean(FloatBuffer hidden, int[][] tokens, int longest, int dimensions) {
        float[][] vectors = new float[tokens.length][];
        float[] state = new float[dimensions];
        for (int text = 0; text < tokens.length; text++) {
            float[] vector = new float[dimensions];
            for (int token = 0; token < tokens[text].length; token++) {
                hidden.get((text * longest + token) * dimensions, state);
                for (int i = 0; i < dimensions; i++) {
                    vector[i] += state[i];
                }
            }
            vectors[text] = toLengthOne(vector);
        }
        return vectors;
    }

    /** Scales a vector to length 1 in place; one of length 0 stays as it is. */
    static float[] toLengthOne(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        if (squares > 0) {
            double length = Math.sqrt(squares);
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (vector[i] / length);
            }
        }
        return vector;
    }
}
