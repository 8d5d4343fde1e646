package io.tidemark.statistics.error;

/** The checks that open every method. Each returns the value it has checked, or throws a {@link StatisticsException}. */
public final class InputChecks {

    private InputChecks() {}

    /** Refuses NaN and the infinities with {@link ErrorCode#NON_FINITE_INPUT}. */
    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new StatisticsException(
                    ErrorCode.NON_FINITE_INPUT, "%s must be finite, got %s".formatted(name, value));
        }
        return value;
    }

    /** Refuses a list in which any value is NaN or infinite with {@link ErrorCode#NON_FINITE_INPUT}. */
    public static double[] finite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new StatisticsException(
                        ErrorCode.NON_FINITE_INPUT, "%s[%d] must be finite, got %s".formatted(name, i, values[i]));
            }
        }
        return values;
    }

    /** Refuses a count below zero with {@link ErrorCode#NEGATIVE_COUNT}. */
    public static long count(String name, long value) {
        if (value < 0) {
            throw new StatisticsException(ErrorCode.NEGATIVE_COUNT, "%s must be >= 0, got %d".formatted(name, value));
        }
        return value;
    }

    /** Refuses NaN, the infinities and a count below zero. */
    public static double count(String name, double value) {
        if (finite(name, value) < 0) {
            throw new StatisticsException(ErrorCode.NEGATIVE_COUNT, "%s must be >= 0, got %s".formatted(name, value));
        }
        return value;
    }

    /** Refuses a count of the list that is below zero with {@link ErrorCode#NEGATIVE_COUNT}. */
    public static long[] counts(String name, long[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0) {
                throw negative(name, i, values[i]);
            }
        }
        return values;
    }

    /** Refuses NaN and the infinities anywhere in the list, then a count below zero. */
    public static double[] counts(String name, double[] values) {
        finite(name, values);
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0) {
                throw negative(name, i, values[i]);
            }
        }
        return values;
    }

    /** Refuses two lengths that differ with {@link ErrorCode#LENGTH_MISMATCH}. */
    public static void sameLength(String leftName, int leftLength, String rightName, int rightLength) {
        if (leftLength != rightLength) {
            throw new StatisticsException(
                    ErrorCode.LENGTH_MISMATCH,
                    "%s and %s must be equally long, got %d and %d"
                            .formatted(leftName, rightName, leftLength, rightLength));
        }
    }

    /** Refuses a number of values under a minimum with {@link ErrorCode#INSUFFICIENT_DATA}. */
    public static void atLeast(String name, double got, double minimum) {
        if (!(got >= minimum)) {
            throw new StatisticsException(
                    ErrorCode.INSUFFICIENT_DATA, "%s must be >= %s, got %s".formatted(name, minimum, got));
        }
    }

    /** Refuses a number of values under a minimum with {@link ErrorCode#INSUFFICIENT_DATA}. */
    public static void atLeast(String name, long got, long minimum) {
        if (got < minimum) {
            throw new StatisticsException(
                    ErrorCode.INSUFFICIENT_DATA, "%s must be >= %d, got %d".formatted(name, minimum, got));
        }
    }

    /** Refuses a side that counts nothing with {@link ErrorCode#INSUFFICIENT_DATA}. */
    public static void positiveTotal(String name, long total) {
        atLeast(name, total, 1);
    }

    /** Refuses a side that counts nothing with {@link ErrorCode#INSUFFICIENT_DATA}. */
    public static void positiveTotal(String name, double total) {
        if (!(total > 0)) {
            throw new StatisticsException(
                    ErrorCode.INSUFFICIENT_DATA, "%s must count at least one event, got %s".formatted(name, total));
        }
    }

    /** Refuses a value that is not in [0, 1] with {@link ErrorCode#OUT_OF_RANGE}; NaN and infinities as such. */
    public static double probability(String name, double value) {
        return between(name, value, 0, 1);
    }

    /** Refuses a list with a value that is not in [0, 1] with {@link ErrorCode#OUT_OF_RANGE}. */
    public static double[] probabilities(String name, double[] values) {
        finite(name, values);
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] > 1) {
                throw new StatisticsException(
                        ErrorCode.OUT_OF_RANGE, "%s[%d] must lie in [0, 1], got %s".formatted(name, i, values[i]));
            }
        }
        return values;
    }

    /** Refuses a value outside [minimum, maximum] with {@link ErrorCode#OUT_OF_RANGE}. */
    public static double between(String name, double value, double minimum, double maximum) {
        finite(name, value);
        inRange(value >= minimum && value <= maximum, name, value, "[%s, %s]".formatted(minimum, maximum));
        return value;
    }

    /** Refuses a value outside the open interval (minimum, maximum) with {@link ErrorCode#OUT_OF_RANGE}. */
    public static double strictlyBetween(String name, double value, double minimum, double maximum) {
        finite(name, value);
        inRange(value > minimum && value < maximum, name, value, "(%s, %s)".formatted(minimum, maximum));
        return value;
    }

    /** Refuses zero and values below it with {@link ErrorCode#OUT_OF_RANGE}. */
    public static double positive(String name, double value) {
        finite(name, value);
        inRange(value > 0, name, value, "(0, infinity)");
        return value;
    }

    /** Refuses more bad events than events with {@link ErrorCode#OUT_OF_RANGE}. */
    public static void partOf(String partName, double part, String wholeName, double whole) {
        if (part > whole) {
            throw new StatisticsException(
                    ErrorCode.OUT_OF_RANGE,
                    "%s cannot exceed %s, got %s of %s".formatted(partName, wholeName, part, whole));
        }
    }

    /** Refuses more bad events than events with {@link ErrorCode#OUT_OF_RANGE}. */
    public static void partOf(String partName, long part, String wholeName, long whole) {
        if (part > whole) {
            throw new StatisticsException(
                    ErrorCode.OUT_OF_RANGE,
                    "%s cannot exceed %s, got %d of %d".formatted(partName, wholeName, part, whole));
        }
    }

    private static void inRange(boolean holds, String name, double value, String range) {
        if (!holds) {
            throw new StatisticsException(
                    ErrorCode.OUT_OF_RANGE, "%s must lie in %s, got %s".formatted(name, range, value));
        }
    }

    private static StatisticsException negative(String name, int index, Number value) {
        return new StatisticsException(
                ErrorCode.NEGATIVE_COUNT, "%s[%d] must be >= 0, got %s".formatted(name, index, value));
    }
}
