package io.tidemark.jobs.measures;

import io.tidemark.contracts.measure.Measure;
import io.tidemark.contracts.measure.MeasureCatalog;
import io.tidemark.contracts.trace.InferenceEvent;
import java.util.List;
import java.util.function.ToLongFunction;

/** The measure catalogue as arrays. A measure is known by its position, which never changes because state holds it. */
final class MeasureLayout {

    static final int SIZE = MeasureCatalog.all().size();

    /** Positions of the measures whose contributions are 0 or 1. */
    static final int[] COUNTS = positions(true);

    /** Positions of the sums and distributions. */
    static final int[] VALUES = positions(false);

    private static final boolean[] DISTRIBUTION = distributions();
    private static final double[] SCALE = scales();

    /** Counts and values must each fit the bits of one long; one bit of the second is taken by lateness. */
    private static final int MAXIMUM_OF_A_KIND = 56;

    static {
        if (COUNTS.length > MAXIMUM_OF_A_KIND || VALUES.length > MAXIMUM_OF_A_KIND) {
            throw new IllegalStateException("the catalogue has %d counts and %d values; at most %d of each fit"
                    .formatted(COUNTS.length, VALUES.length, MAXIMUM_OF_A_KIND));
        }
    }

    private MeasureLayout() {}

    static boolean isDistribution(int position) {
        return DISTRIBUTION[position];
    }

    /** Value in the unit of the measure, as the histogram grid takes it. */
    static double inUnits(int position, long fixedPoint) {
        return fixedPoint / SCALE[position];
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
    static ToLongFunction<InferenceEvent>[] extractors(int[] positions) {
        List<Measure> all = MeasureCatalog.all();
        ToLongFunction[] extractors = new ToLongFunction[positions.length];
        for (int i = 0; i < positions.length; i++) {
            extractors[i] = all.get(positions[i]).extractor();
        }
        return extractors;
    }

    private static int[] positions(boolean counts) {
        List<Measure> all = MeasureCatalog.all();
        return java.util.stream.IntStream.range(0, all.size())
                .filter(i -> (all.get(i).kind() == Measure.Kind.COUNT) == counts)
                .toArray();
    }

    private static boolean[] distributions() {
        boolean[] result = new boolean[SIZE];
        for (int i = 0; i < SIZE; i++) {
            result[i] = MeasureCatalog.all().get(i).kind() == Measure.Kind.DISTRIBUTION;
        }
        return result;
    }

    private static double[] scales() {
        return MeasureCatalog.all().stream().mapToDouble(Measure::scale).toArray();
    }
}
