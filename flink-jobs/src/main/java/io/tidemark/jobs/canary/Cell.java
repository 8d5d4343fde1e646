package io.tidemark.jobs.canary;

import io.tidemark.contracts.measure.Measure;
import io.tidemark.contracts.release.GuardrailMeasures;
import io.tidemark.contracts.trace.InferenceEvent;
import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.jobs.measures.BucketCounts;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.histogram.LogGrid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of one tenant, version and role in one pane, as the guardrails see them. Calls without a session are counted;
 * calls of a session are kept by session. Cells add up in any order.
 */
public final class Cell {

    /** The rates, by position. */
    static final List<Measure> RATES = GuardrailMeasures.rateSources();

    /** The values, by position. */
    static final List<Measure> VALUES = GuardrailMeasures.valueSources();

    /** Position of the calls that failed among the rates. */
    public static final int ERRORS = 0;

    /** Version 2 adds what outcomes need: units with a score, and the traces. */
    private static final byte VERSION = 2;

    private static final int MOST_EXEMPLARS = 2;

    final long[] known = new long[RATES.size()];
    final long[] bad = new long[RATES.size()];
    final BucketCounts[] values = new BucketCounts[VALUES.size()];
    final Map<Long, Unit> units = new HashMap<>();
    final List<String> exemplars = new ArrayList<>();

    /** Units of which an outcome told something; their calls were counted when they were made. */
    final Map<Long, Unit> scored = new HashMap<>();

    /** The traces of the calls, so that outcomes find them. */
    final TraceUnits traces = new TraceUnits();

    /** Calls without a session. */
    long requests;

    /** Adds one call. */
    void add(ProjectedTrace trace) {
        InferenceEvent event = trace.event();
        long session = trace.sessionFingerprint();
        traces.add(trace.traceFingerprint(), session);
        boolean isBad = session == 0
                ? addRequest(event)
                : addToUnit(units.computeIfAbsent(session, unused -> new Unit()), event);
        if (isBad && exemplars.size() < MOST_EXEMPLARS) {
            exemplars.add(trace.traceId());
        }
    }

    /** True when some rate holds for the call. */
    private boolean addRequest(InferenceEvent event) {
        boolean isBad = false;
        requests++;
        for (int i = 0; i < known.length; i++) {
            long value = RATES.get(i).extractor().applyAsLong(event);
            if (value != Measure.UNKNOWN) {
                known[i]++;
                bad[i] += value > 0 ? 1 : 0;
                isBad |= value > 0;
            }
        }
        for (int i = 0; i < values.length; i++) {
            int index = index(i, event);
            if (index != Unit.NO_VALUE) {
                buckets(i).add(index, 1);
            }
        }
        return isBad;
    }

    private static boolean addToUnit(Unit unit, InferenceEvent event) {
        boolean isBad = false;
        for (int i = 0; i < RATES.size(); i++) {
            long value = RATES.get(i).extractor().applyAsLong(event);
            if (value != Measure.UNKNOWN) {
                unit.known |= 1 << i;
                unit.bad |= value > 0 ? 1 << i : 0;
                isBad |= value > 0;
            }
        }
        for (int i = 0; i < VALUES.size(); i++) {
            unit.highest[i] = Math.max(unit.highest[i], index(i, event));
        }
        return isBad;
    }

    private static int index(int kind, InferenceEvent event) {
        Measure measure = VALUES.get(kind);
        long value = measure.extractor().applyAsLong(event);
        return value == Measure.UNKNOWN ? Unit.NO_VALUE : LogGrid.index(value / (double) measure.scale());
    }

    private BucketCounts buckets(int kind) {
        if (values[kind] == null) {
            values[kind] = new BucketCounts();
        }
        return values[kind];
    }

    /** Adds calls without a session that were counted elsewhere, such as those of a simulation. */
    public void addRequests(long count) {
        requests += count;
    }

    /**
     * Adds what is known of some calls without a session.
     *
     * @param rate position among {@link GuardrailMeasures#rateSources()}
     */
    public void addRate(int rate, long knownCalls, long badCalls) {
        known[rate] += knownCalls;
        bad[rate] += badCalls;
    }

    /**
     * Adds a value of calls without a session.
     *
     * @param kind position among {@link GuardrailMeasures#valueSources()}
     * @param value in the unit of the measure
     */
    public void addValue(int kind, double value, long count) {
        buckets(kind).add(LogGrid.index(value), count);
    }

    /**
     * Adds what a session did.
     *
     * @param session fingerprint, not 0
     * @param badRates bits of the rates that held for a call of it; every rate counts as known
     * @param kind position among {@link GuardrailMeasures#valueSources()}
     * @param value highest value of its calls, in the unit of the measure
     */
    public void addSession(long session, int badRates, int kind, double value) {
        Unit unit = units.computeIfAbsent(session, unused -> new Unit());
        unit.known |= (1 << RATES.size()) - 1;
        unit.bad |= badRates;
        unit.highest[kind] = Math.max(unit.highest[kind], LogGrid.index(value));
    }

    /**
     * Adds what an outcome says.
     *
     * @param unit fingerprint of the session, or of the trace when it belongs to none
     * @param kind position among {@link GuardrailMeasures#valueSources()}
     */
    void addScore(long unit, int kind, double value) {
        Unit target = scored.computeIfAbsent(unit, unused -> new Unit());
        target.highest[kind] = Math.max(target.highest[kind], LogGrid.index(value));
    }

    /** Units of the cell: calls without a session, and sessions. */
    long size() {
        return requests + units.size();
    }

    /** Units with an error. */
    long errors() {
        long errors = bad[ERRORS];
        for (Unit unit : units.values()) {
            errors += unit.isBad(ERRORS) ? 1 : 0;
        }
        return errors;
    }

    /** Adds an encoded cell. */
    void add(byte[] encoded) {
        ByteReader reader = new ByteReader().over(encoded, 0, encoded.length);
        int version = reader.readByte();
        if (version < 1 || version > VERSION) {
            throw new IllegalStateException(
                    "canary cell has version %d; this build reads versions up to %d".formatted(version, VERSION));
        }
        int rates = (int) reader.readUnsigned();
        int kinds = (int) reader.readUnsigned();
        requests += reader.readUnsigned();
        for (int i = 0; i < rates; i++) {
            known[i] += reader.readUnsigned();
            bad[i] += reader.readUnsigned();
        }
        for (int i = 0; i < kinds; i++) {
            readBuckets(i, reader);
        }
        readUnits(units, kinds, reader);
        long count = reader.readUnsigned();
        for (long i = 0; i < count; i++) {
            String exemplar = StateCodec.read(reader);
            if (exemplars.size() < MOST_EXEMPLARS) {
                exemplars.add(exemplar);
            }
        }
        if (version > 1) {
            readUnits(scored, kinds, reader);
            traces.read(reader);
        }
    }

    private void readBuckets(int kind, ByteReader reader) {
        long buckets = reader.readUnsigned();
        long index = 0;
        for (long i = 0; i < buckets; i++) {
            index += reader.readSigned();
            buckets(kind).add((int) index, reader.readUnsigned());
        }
    }

    private static void readUnits(Map<Long, Unit> target, int kinds, ByteReader reader) {
        long count = reader.readUnsigned();
        for (long i = 0; i < count; i++) {
            Unit unit = target.computeIfAbsent(reader.readLong(), unused -> new Unit());
            unit.known |= (int) reader.readUnsigned();
            unit.bad |= (int) reader.readUnsigned();
            for (int kind = 0; kind < kinds; kind++) {
                unit.highest[kind] = Math.max(unit.highest[kind], (int) reader.readSigned());
            }
        }
    }

    /** This cell as bytes. */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter(256);
        writer.writeByte(VERSION);
        writer.writeUnsigned(known.length);
        writer.writeUnsigned(values.length);
        writer.writeUnsigned(requests);
        for (int i = 0; i < known.length; i++) {
            writer.writeUnsigned(known[i]);
            writer.writeUnsigned(bad[i]);
        }
        for (BucketCounts buckets : values) {
            writeBuckets(buckets, writer);
        }
        writeUnits(units, writer);
        writer.writeUnsigned(exemplars.size());
        exemplars.forEach(exemplar -> StateCodec.write(exemplar, writer));
        writeUnits(scored, writer);
        traces.write(writer);
        return writer.toByteArray();
    }

    private static void writeUnits(Map<Long, Unit> units, ByteWriter writer) {
        writer.writeUnsigned(units.size());
        units.forEach((fingerprint, unit) -> {
            writer.writeLong(fingerprint);
            writer.writeUnsigned(unit.known);
            writer.writeUnsigned(unit.bad);
            for (int highest : unit.highest) {
                writer.writeSigned(highest);
            }
        });
    }

    static void writeBuckets(BucketCounts buckets, ByteWriter writer) {
        int size = buckets == null ? 0 : buckets.size();
        writer.writeUnsigned(size);
        if (size == 0) {
            return;
        }
        long[] indexes = new long[size];
        long[] counts = new long[size];
        buckets.copyTo(indexes, counts);
        long previous = 0;
        for (int i = 0; i < size; i++) {
            writer.writeSigned(indexes[i] - previous);
            writer.writeUnsigned(counts[i]);
            previous = indexes[i];
        }
    }
}
