package io.tidemark.jobs.measures;

import io.tidemark.contracts.measure.Measure;
import io.tidemark.contracts.trace.InferenceEvent;
import java.util.function.ToLongFunction;

/**
 * The contribution of one inference in a few longs. Appending it to the log of a slice touches one or two cache lines; an
 * accumulator of all measures would touch dozens for each event, which costs more than anything else once thousands of
 * slices are active. A log is folded into an accumulator when its pane is complete.
 *
 * <p>Layout: bits of the known counts, bits of the true counts, bits of the known values with the late window sizes in
 * the top byte, then each known value.
 */
public final class MeasureLog {

    /** Most longs that one inference takes. */
    public static final int MAXIMUM_LONGS = 3 + MeasureLayout.VALUES.length;

    private static final int LATE_SHIFT = 56;
    private static final long VALUE_BITS = (1L << LATE_SHIFT) - 1;
    private static final int HEADER_LONGS = 3;

    private final ToLongFunction<InferenceEvent>[] counts = MeasureLayout.extractors(MeasureLayout.COUNTS);
    private final ToLongFunction<InferenceEvent>[] values = MeasureLayout.extractors(MeasureLayout.VALUES);

    /**
     * Writes one inference.
     *
     * @param lateSizes one bit for each window size whose window was closed before the inference came
     * @param log has room for {@link #MAXIMUM_LONGS} from {@code start} on
     * @return position after what was written
     */
    public int append(InferenceEvent event, int lateSizes, long[] log, int start) {
        long knownCounts = 0;
        long trueCounts = 0;
        for (int i = 0; i < counts.length; i++) {
            long contribution = counts[i].applyAsLong(event);
            if (contribution != Measure.UNKNOWN) {
                knownCounts |= 1L << i;
                trueCounts |= contribution << i;
            }
        }
        int position = start + HEADER_LONGS;
        long knownValues = 0;
        for (int i = 0; i < values.length; i++) {
            long contribution = values[i].applyAsLong(event);
            if (contribution != Measure.UNKNOWN) {
                knownValues |= 1L << i;
                log[position++] = contribution;
            }
        }
        log[start] = knownCounts;
        log[start + 1] = trueCounts;
        log[start + 2] = knownValues | (long) lateSizes << LATE_SHIFT;
        return position;
    }

    /** Adds the inferences in {@code log[0, size)} to an accumulator. */
    public void fold(long[] log, int size, MeasureAccumulator target) {
        int position = 0;
        long events = 0;
        while (position < size) {
            events++;
            foldCounts(log[position], log[position + 1], target);
            foldLate((int) (log[position + 2] >>> LATE_SHIFT), target);
            position = foldValues(log, position + 2, target);
        }
        target.addEvents(events);
    }

    private static void foldCounts(long known, long trueCalls, MeasureAccumulator target) {
        for (long bits = known; bits != 0; bits &= bits - 1) {
            int i = Long.numberOfTrailingZeros(bits);
            target.addCount(MeasureLayout.COUNTS[i], 1, trueCalls >>> i & 1);
        }
    }

    private static void foldLate(int lateSizes, MeasureAccumulator target) {
        for (int bits = lateSizes; bits != 0; bits &= bits - 1) {
            target.addLate(Integer.numberOfTrailingZeros(bits), 1);
        }
    }

    private static int foldValues(long[] log, int header, MeasureAccumulator target) {
        int position = header + 1;
        for (long bits = log[header] & VALUE_BITS; bits != 0; bits &= bits - 1) {
            int measure = MeasureLayout.VALUES[Long.numberOfTrailingZeros(bits)];
            long value = log[position++];
            target.addValue(measure, value);
        }
        return position;
    }
}
