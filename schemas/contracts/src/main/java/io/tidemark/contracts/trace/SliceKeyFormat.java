package io.tidemark.contracts.trace;

/**
 * How a slice key is written: for each dimension in the order of {@link Dimension} that the reader asked for, a varint
 * with the length in bytes plus one, then the UTF-8 text; a zero for a dimension that is unknown. The role is one byte,
 * its ordinal. Equal dimensions give equal bytes, whatever schema the record was written with.
 */
public final class SliceKeyFormat {

    /** Most bytes that a length takes. */
    static final int MAXIMUM_LENGTH_BYTES = 5;

    private static final int SEVEN_BITS = 0x7F;
    private static final int CONTINUES = 0x80;

    private SliceKeyFormat() {}

    /**
     * Writes a length.
     *
     * @param length bytes of the text; -1 for an unknown dimension
     * @return position after it
     */
    public static int writeLength(byte[] target, int start, int length) {
        int position = start;
        int rest = length + 1;
        while (rest > SEVEN_BITS) {
            target[position++] = (byte) (rest & SEVEN_BITS | CONTINUES);
            rest >>>= 7;
        }
        target[position++] = (byte) rest;
        return position;
    }
}
