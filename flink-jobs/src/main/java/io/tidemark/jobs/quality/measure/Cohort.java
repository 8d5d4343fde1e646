package io.tidemark.jobs.quality.measure;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The sums of one measure over the inferences of one slice, day and label age: what was known at the last restatement, and
 * what has come since, by the restatement that it belongs to. Mutable. A mean has one bin, a table has one for each
 * thousandth.
 */
public final class Cohort {

    /** Bin of a measure that is no table. */
    public static final int MEAN = -1;

    private static final int VERSION = 1;

    private final NavigableMap<Integer, FixedSums> known = new TreeMap<>();
    private final NavigableMap<Long, NavigableMap<Integer, FixedSums>> pending = new TreeMap<>();

    /** The sums that the restatement of a time will know beside what is known already. */
    public FixedSums at(long tickMillis, int bin) {
        return pending.computeIfAbsent(tickMillis, unused -> new TreeMap<>())
                .computeIfAbsent(bin, unused -> new FixedSums());
    }

    /** Adds what another part has pending; what belongs to a restatement that is over goes into the next one. */
    public void addPending(Cohort part, long firstOpenTickMillis) {
        part.pending.forEach((tick, bins) -> bins.forEach(
                (bin, sums) -> at(Math.max(tick, firstOpenTickMillis), bin).add(sums)));
    }

    /** Times of the restatements that have something pending. */
    public Iterable<Long> pendingTicks() {
        return pending.keySet();
    }

    /** Takes over what belongs to restatements up to a time; whether there was anything. */
    public boolean advance(long tickMillis) {
        Map<Long, NavigableMap<Integer, FixedSums>> due = pending.headMap(tickMillis, true);
        boolean changed = !due.isEmpty();
        due.values()
                .forEach(bins -> bins.forEach((bin, sums) -> {
                    FixedSums sum = known.computeIfAbsent(bin, unused -> new FixedSums());
                    sum.add(sums);
                    if (sum.isEmpty()) {
                        known.remove(bin);
                    }
                }));
        due.clear();
        return changed;
    }

    /** Sums of a measure that is no table. */
    public FixedSums mean() {
        return known.getOrDefault(MEAN, new FixedSums());
    }

    NavigableMap<Integer, FixedSums> bins() {
        return known;
    }

    /** For state. */
    public byte[] toBytes() {
        ByteWriter target = new ByteWriter(64);
        target.writeByte(VERSION);
        write(known, target);
        target.writeUnsigned(pending.size());
        pending.forEach((tick, bins) -> {
            target.writeSigned(tick);
            write(bins, target);
        });
        return target.toByteArray();
    }

    private static void write(Map<Integer, FixedSums> bins, ByteWriter target) {
        target.writeUnsigned(bins.size());
        bins.forEach((bin, sums) -> {
            target.writeSigned(bin);
            sums.writeTo(target);
        });
    }

    /** From state; an empty cohort from nothing. */
    public static Cohort fromBytes(byte[] bytes) {
        Cohort cohort = new Cohort();
        if (bytes == null) {
            return cohort;
        }
        ByteReader source = new ByteReader().over(bytes, 0, bytes.length);
        int version = source.readByte();
        if (version != VERSION) {
            throw new IllegalStateException("cohorts of version %d; this release reads %d".formatted(version, VERSION));
        }
        read(source, cohort.known);
        for (long left = source.readUnsigned(); left > 0; left--) {
            read(source, cohort.pending.computeIfAbsent(source.readSigned(), unused -> new TreeMap<>()));
        }
        return cohort;
    }

    private static void read(ByteReader source, Map<Integer, FixedSums> bins) {
        for (long left = source.readUnsigned(); left > 0; left--) {
            bins.put((int) source.readSigned(), FixedSums.readFrom(source));
        }
    }
}
