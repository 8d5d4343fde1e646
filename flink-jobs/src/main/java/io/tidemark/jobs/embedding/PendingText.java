package io.tidemark.jobs.embedding;

/** A text that waits for its vectors, in the order in which it came. */
final class PendingText implements Queued {

    private final TokenisedText text;
    private final long timestamp;
    private final boolean hasTimestamp;
    private float[] promptVector;
    private float[] responseVector;
    private int open;

    PendingText(TokenisedText text, boolean hasTimestamp, long timestamp) {
        this.text = text;
        this.hasTimestamp = hasTimestamp;
        this.timestamp = timestamp;
        open = text.rows();
    }

    TokenisedText text() {
        return text;
    }

    boolean hasTimestamp() {
        return hasTimestamp;
    }

    long timestamp() {
        return timestamp;
    }

    void put(boolean isResponse, float[] vector) {
        if (isResponse) {
            responseVector = vector;
        } else {
            promptVector = vector;
        }
        open--;
    }

    @Override
    public boolean isDone() {
        return open == 0;
    }

    ScoredText scored(String backendId) {
        return new ScoredText(
                text.origin(), text.textHash(), promptVector, cosine(promptVector, responseVector), backendId);
    }

    private static double cosine(float[] left, float[] right) {
        if (left == null || right == null) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }
}
