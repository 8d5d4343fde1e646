package io.tidemark.statistics.histogram;

/**
 * The fixed logarithmic grid: 35 buckets in each octave. Bucket {@code i} holds the values in
 * {@code [2^(i/35), 2^((i+1)/35))}; its representative, the harmonic mean of its bounds, differs from any value in it by
 * less than 0.991 % of that value. Because the grid never changes, histograms of any slice, window and producer add up
 * exactly.
 *
 * <p>Values from 1e-9 up to 1e15, in the unit of the measure, have a bucket of their own. Three more indexes hold the
 * rest, in the order of the values: {@link #NEGATIVE}, {@link #ZERO} (zero, and positive values under 1e-9) and
 * {@link #OVERFLOW}.
 *
 * <p>Idea: C. Masson, J. E. Rim, H. K. Lee, "DDSketch", PVLDB 12(12), 2019, doi:10.14778/3352063.3352135. Differs from
 * the paper: the base is a root of two, so that an index needs no logarithm, and buckets are never collapsed.
 */
public final class LogGrid {

    /** Name of the grid in stored histograms. */
    public static final String ID = "log2-35";

    /** Number of buckets in which a value doubles. */
    public static final int BUCKETS_PER_OCTAVE = 35;

    /** Index of all values below zero. */
    public static final int NEGATIVE = Short.MIN_VALUE;

    /** Index of zero and of positive values under {@link #SMALLEST}. */
    public static final int ZERO = Short.MIN_VALUE + 1;

    /** Index of values of at least {@link #LARGEST}. */
    public static final int OVERFLOW = Short.MAX_VALUE;

    /** Smallest positive value that has a bucket of its own. */
    public static final double SMALLEST = 1e-9;

    /** Values from here on overflow. */
    public static final double LARGEST = 1e15;

    /** Index of the bucket of {@link #SMALLEST}. */
    public static final int FIRST_REGULAR = -1047;

    /** Index of the bucket of the values just under {@link #LARGEST}. */
    public static final int LAST_REGULAR = 1744;

    private static final int MANTISSA_BITS = 52;
    private static final int EXPONENT_BIAS = 1023;
    private static final long MANTISSA_MASK = (1L << MANTISSA_BITS) - 1;
    private static final long ONE_BITS = Double.doubleToLongBits(1.0);

    /** Leading mantissa bits that select a starting guess. */
    private static final int TABLE_BITS = 7;

    /** Mantissa bits at which each bucket of an octave begins; one more entry for the end of the octave. */
    private static final long[] BUCKET_STARTS = bucketStarts();

    /** For each value of the leading mantissa bits, the bucket in which the smallest such mantissa lies. */
    private static final byte[] FIRST_GUESS = firstGuesses();

    private LogGrid() {}

    /**
     * Index of the bucket that holds a value.
     *
     * @throws IllegalArgumentException if the value is NaN
     */
    public static int index(double value) {
        if (value >= SMALLEST && value < LARGEST) {
            return regularIndex(value);
        }
        if (value >= LARGEST) {
            return OVERFLOW;
        }
        if (value < 0) {
            return NEGATIVE;
        }
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("NaN has no bucket; leave an unknown value out");
        }
        return ZERO;
    }

    private static int regularIndex(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int octave = (int) (bits >>> MANTISSA_BITS) - EXPONENT_BIAS;
        long mantissa = bits & MANTISSA_MASK;
        int bucket = FIRST_GUESS[(int) (mantissa >>> (MANTISSA_BITS - TABLE_BITS))];
        // a step of the table spans less than one bucket, so that one comparison is enough
        if (mantissa >= BUCKET_STARTS[bucket + 1]) {
            bucket++;
        }
        return octave * BUCKETS_PER_OCTAVE + bucket;
    }

    /**
     * The value that stands for all values of a bucket: 0 for {@link #ZERO}, minus infinity for {@link #NEGATIVE}, plus
     * infinity for {@link #OVERFLOW}.
     */
    public static double value(int index) {
        if (isRegular(index)) {
            double lower = lowerBound(index);
            double upper = upperBound(index);
            return 2 * lower * upper / (lower + upper);
        }
        return switch (index) {
            case ZERO -> 0;
            case NEGATIVE -> Double.NEGATIVE_INFINITY;
            case OVERFLOW -> Double.POSITIVE_INFINITY;
            default -> throw noSuchBucket(index);
        };
    }

    /** Smallest value of a regular bucket. */
    public static double lowerBound(int index) {
        requireRegular(index);
        return Math.scalb(
                boundaryInOctave(Math.floorMod(index, BUCKETS_PER_OCTAVE)), Math.floorDiv(index, BUCKETS_PER_OCTAVE));
    }

    /** Value at which the next bucket begins. */
    public static double upperBound(int index) {
        requireRegular(index);
        return Math.scalb(
                boundaryInOctave(Math.floorMod(index, BUCKETS_PER_OCTAVE) + 1),
                Math.floorDiv(index, BUCKETS_PER_OCTAVE));
    }

    /** Whether an index stands for one bucket of the logarithmic range. */
    public static boolean isRegular(int index) {
        return index >= FIRST_REGULAR && index <= LAST_REGULAR;
    }

    private static double boundaryInOctave(int bucket) {
        return bucket == BUCKETS_PER_OCTAVE ? 2.0 : Double.longBitsToDouble(ONE_BITS | BUCKET_STARTS[bucket]);
    }

    private static void requireRegular(int index) {
        if (!isRegular(index)) {
            throw noSuchBucket(index);
        }
    }

    private static IllegalArgumentException noSuchBucket(int index) {
        return new IllegalArgumentException(
                "no regular bucket %d; they run from %d to %d".formatted(index, FIRST_REGULAR, LAST_REGULAR));
    }

    private static long[] bucketStarts() {
        long[] starts = new long[BUCKETS_PER_OCTAVE + 1];
        for (int i = 0; i < BUCKETS_PER_OCTAVE; i++) {
            starts[i] = Double.doubleToLongBits(StrictMath.pow(2, i / (double) BUCKETS_PER_OCTAVE)) & MANTISSA_MASK;
        }
        starts[BUCKETS_PER_OCTAVE] = MANTISSA_MASK + 1;
        return starts;
    }

    private static byte[] firstGuesses() {
        byte[] guesses = new byte[1 << TABLE_BITS];
        int bucket = 0;
        for (int i = 0; i < guesses.length; i++) {
            long mantissa = (long) i << (MANTISSA_BITS - TABLE_BITS);
            while (mantissa >= BUCKET_STARTS[bucket + 1]) {
                bucket++;
            }
            guesses[i] = (byte) bucket;
        }
        return guesses;
    }
}
