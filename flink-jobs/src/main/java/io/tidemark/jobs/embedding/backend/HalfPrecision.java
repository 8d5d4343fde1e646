package io.tidemark.jobs.embedding.backend;

/** Numbers of 16 bits, as IEEE 754 has them. */
final class HalfPrecision {

    private static final int EXPONENT_BITS = 0x1F;
    private static final int FRACTION_BITS = 0x3FF;
    private static final float SMALLEST = 0x1.0p-24f;

    private HalfPrecision() {}

    /** The same number in single precision. */
    static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & EXPONENT_BITS;
        int fraction = half & FRACTION_BITS;
        if (exponent == 0) {
            float small = fraction * SMALLEST;
            return sign == 0 ? small : -small;
        }
        int wide = exponent == EXPONENT_BITS ? 0xFF : exponent + (127 - 15);
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
