package io.tidemark.jobs.measures;

import io.tidemark.contracts.measure.Measure;
import io.tidemark.contracts.trace.InferenceEvent;
import java.util.function.ToLongFunction;

/**
 * The contribution of one inference in a few dozen bytes. Appending it to the log of a slice touches one or two cache
 * lines; an accumulator of all measures would touch dozens for each event, which costs more than anything else once
 * thousands of slices are active. A log is folded into an accumulator when its pane is complete.
 *
 * <p>Layout: bits of the known counts, bits of the true counts, bits of the known values with one bit below that says
 * whether the window sizes for which the inference came late follow, those sizes, each known value.
 */
public final class MeasureLog {

    private final ToLongFunction<InferenceEvent>[] counts = MeasureLayout.extractors(MeasureLayout.COUNTS);
    private final ToLongFunction<InferenceEvent>[] values = MeasureLayout.extractors(MeasureLayout.VALUES);
    private final long[] contributions = new long[MeasureLayout.VALUES.length];
    private final ByteReader reader = new ByteReader();

    /**
     * Writes one inference.
     *
     * @param lateSizes one bit for each window size whose window was closed before the inference came
     */
    public void append(InferenceEvent event, int lateSizes, ByteWriter log) {
        long knownCounts = 0;
        long trueCounts = 0;
        for (int i = 0; i < counts.length; i++) {
            long contribution = counts[i].applyAsLong(event);
            if (contribution != Measure.UNKNOWN) {
                knownCounts |= 1L << i;
                trueCounts |= contribution << i;
            }
        }
        int known = 0;
        long knownValues = 0;
        for (int i = 0; i < values.length; i++) {
            long contribution = values[i].applyAsLong(event);
            if (contribution != Measure.UNKNOWN) {
                knownValues |= 1L << i;
                contributions[known++] = contribution;
            }
        }
        log.writeUnsigned(knownCounts);
        log.writeUnsigned(trueCounts);
        log.writeUnsigned(knownValues << 1 | (lateSizes == 0 ? 0 : 1));
        if (lateSizes != 0) {
            log.writeByte(lateSizes);
        }
        log.writeAllSigned(contributions, known);
    }

    /** Adds the inferences in {@code log[start, end)} to an accumulator. */
    public void fold(byte[] log, int start, int end, MeasureAccumulator target) {
        reader.over(log, start, end - start);
        long events = 0;
        while (!reader.isAtEnd()) {
            events++;
            foldCounts(reader.readUnsigned(), reader.readUnsigned(), target);
            long valueBits = reader.readUnsigned();
            if ((valueBits & 1) != 0) {
                foldLate(reader.readByte() & 0xFF, target);
            }
            for (long bits = valueBits >>> 1; bits != 0; bits &= bits - 1) {
                target.addValue(MeasureLayout.VALUES[Long.numberOfTrailingZeros(bits)], reader.readSigned());
            }
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
}
