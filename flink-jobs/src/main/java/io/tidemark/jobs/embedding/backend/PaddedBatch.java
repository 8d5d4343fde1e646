package io.tidemark.jobs.embedding.backend;

/**
 * The ids of several texts as one rectangle, shorter texts filled up with zeros and marked by the mask.
 *
 * @param texts rows
 * @param longest columns: tokens of the longest text
 * @param ids row by row
 * @param mask 1 for a text's own tokens, 0 for padding
 */
@SuppressWarnings("ArrayRecordComponent") // handed to a backend once, never compared
record PaddedBatch(int texts, int longest, long[] ids, long[] mask) {

    static PaddedBatch of(int[][] tokens) {
        int longest = 0;
        for (int[] text : tokens) {
            longest = Math.max(longest, text.length);
        }
        long[] ids = new long[tokens.length * longest];
        long[] mask = new long[ids.length];
        for (int text = 0; text < tokens.length; text++) {
            int row = text * longest;
            for (int i = 0; i < tokens[text].length; i++) {
                ids[row + i] = tokens[text][i];
                mask[row + i] = 1;
            }
        }
        return new PaddedBatch(tokens.length, longest, ids, mask);
    }

    long[] shape() {
        return new long[] {texts, longest};
    }
}
