package io.tidemark.jobs.canary;

import io.tidemark.contracts.release.GuardrailMeasure;
import io.tidemark.contracts.release.GuardrailMeasure.Kind;
import io.tidemark.jobs.measures.BucketCounts;
import io.tidemark.statistics.counts.BinomialCounts;
import java.util.Map;

/**
 * Counts the bad units of a cell for a rate, or for the values over a threshold. A session that was bad has counted; it is
 * then no longer at risk and leaves the total too, as in a log-rank test: with that, bursts inside sessions do not look
 * like independent failures.
 */
final class UnitCounter {

    private final boolean isRate;
    private final int position;
    private long[] indexes = new long[64];
    private long[] counts = new long[64];

    UnitCounter(GuardrailMeasure measure) {
        isRate = measure.kind() == Kind.RATE;
        position = isRate ? Cell.RATES.indexOf(measure.source()) : Cell.VALUES.indexOf(measure.source());
    }

    /**
     * Bad units among the units of a cell that tell.
     *
     * @param threshold bucket that a value must exceed; not used for a rate
     * @param memory sessions that have counted, to which the new ones are added; null to count every session
     */
    BinomialCounts count(Cell cell, int threshold, FingerprintMemory memory) {
        long bad = isRate ? cell.bad[position] : over(cell.values[position], threshold);
        long total = isRate ? cell.known[position] : sum(cell.values[position]);
        for (Map.Entry<Long, Unit> entry : cell.units.entrySet()) {
            Unit unit = entry.getValue();
            boolean tells = isRate ? unit.isKnown(position) : unit.highest[position] != Unit.NO_VALUE;
            if (!tells || memory != null && memory.contains(entry.getKey())) {
                continue;
            }
            total++;
            boolean isBad = isRate ? unit.isBad(position) : unit.highest[position] > threshold;
            if (isBad) {
                bad++;
                remember(memory, entry.getKey());
            }
        }
        return BinomialCounts.of(bad, total);
    }

    private static void remember(FingerprintMemory memory, long fingerprint) {
        if (memory != null) {
            memory.add(fingerprint);
        }
    }

    /** Adds the values of a cell to a histogram; a session gives its highest. */
    void addValues(Cell cell, BucketCounts target) {
        int size = load(cell.values[position]);
        for (int i = 0; i < size; i++) {
            target.add((int) indexes[i], counts[i]);
        }
        for (Unit unit : cell.units.values()) {
            if (unit.highest[position] != Unit.NO_VALUE) {
                target.add(unit.highest[position], 1);
            }
        }
    }

    private long over(BucketCounts buckets, int threshold) {
        int size = load(buckets);
        long over = 0;
        for (int i = size - 1; i >= 0 && indexes[i] > threshold; i--) {
            over += counts[i];
        }
        return over;
    }

    private long sum(BucketCounts buckets) {
        int size = load(buckets);
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += counts[i];
        }
        return sum;
    }

    private int load(BucketCounts buckets) {
        int size = buckets == null ? 0 : buckets.size();
        if (size > indexes.length) {
            indexes = new long[size * 2];
            counts = new long[size * 2];
        }
        if (size > 0) {
            buckets.copyTo(indexes, counts);
        }
        return size;
    }
}
