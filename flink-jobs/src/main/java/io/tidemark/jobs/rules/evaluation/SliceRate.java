package io.tidemark.jobs.rules.evaluation;

import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.rules.evaluation.Assessment.State;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.interval.Bounds;
import io.tidemark.statistics.interval.WilsonInterval;
import io.tidemark.statistics.sequential.OnsetEvidence;

/** State of a {@link RateTest}: counts of its windows, and the evidence. */
final class SliceRate implements SliceTest {

    private static final long PANE_MILLIS = 10_000;
    private static final long EPOCH_MILLIS = RateEvidence.EPOCH_PANES * PANE_MILLIS;
    private static final WilsonInterval INTERVAL = new WilsonInterval(0.95);

    private final RateTest test;
    private final RateEvidence process;
    private final CountRing confirm;
    private final CountRing window;
    private OnsetEvidence evidence;
    private long epochUnits;
    private long epochStartMillis = Long.MIN_VALUE;
    private long firstMillis = Long.MIN_VALUE;

    /** Units seen since the rate of the short window came back under the limit. */
    private long quietUnits;

    /** Running sum that begins anew whenever it falls to zero: where it last did is where the trouble began. */
    private double risenBy;

    private long risingSinceMillis = Assessment.UNKNOWN_ONSET;

    SliceRate(RateTest test) {
        this.test = test;
        process = RateEvidence.against(test.evidenceLimit());
        confirm = new CountRing(test.confirm().toMillis());
        window = test.window() == null ? null : new CountRing(test.window().toMillis());
        evidence = process.start();
    }

    @Override
    public void add(WindowRow row, long endMillis) {
        BinomialCounts pane = test.source().count(row);
        if (pane.trials() == 0) {
            return;
        }
        if (firstMillis == Long.MIN_VALUE) {
            firstMillis = endMillis;
        }
        beginEpoch(endMillis);
        confirm.add(endMillis, pane.successes(), pane.trials());
        if (window != null) {
            window.add(endMillis, pane.successes(), pane.trials());
        }
        evidence = process.update(evidence, pane);
        epochUnits += pane.trials();
        quietUnits = rate(counts(confirm, endMillis)) <= test.limit() ? quietUnits + pane.trials() : 0;
        if (risenBy == 0) {
            risingSinceMillis = endMillis - PANE_MILLIS;
        }
        risenBy = Math.max(0, risenBy + process.step(pane));
    }

    /** An epoch that has run its day makes room for the next, unless a breach is being watched. */
    private void beginEpoch(long endMillis) {
        boolean isFirst = epochStartMillis == Long.MIN_VALUE;
        if (isFirst
                || endMillis - epochStartMillis >= EPOCH_MILLIS && rate(counts(confirm, endMillis)) <= test.limit()) {
            restart(endMillis);
        }
    }

    @Override
    public Assessment assess(long tickMillis) {
        BinomialCounts recent = counts(confirm, tickMillis);
        BinomialCounts judged = window == null ? recent : counts(window, tickMillis);
        if (judged.trials() == 0) {
            return Assessment.NONE;
        }
        Bounds bounds = INTERVAL.of(judged);
        return new Assessment(
                state(recent, judged, tickMillis),
                process.logEvidence(evidence),
                Double.NaN,
                recent,
                judged.successes() / (double) judged.trials(),
                test.limit(),
                bounds.lower(),
                bounds.upper(),
                judged.trials(),
                test.longest().toMillis(),
                risingSinceMillis,
                "");
    }

    private State state(BinomialCounts recent, BinomialCounts judged, long tickMillis) {
        if (recent.trials() == 0) {
            return State.BETWEEN;
        }
        if (quietUnits >= Math.max(test.minimumUnits(), 1 / test.limit())) {
            return State.WITHIN;
        }
        if (!isMature(judged, tickMillis)) {
            return State.INSUFFICIENT;
        }
        return rate(recent) > test.limit() && rate(judged) > test.limit() ? State.BEYOND : State.BETWEEN;
    }

    /** Whether the long window lies wholly in the time of this slice, and enough was seen. */
    private boolean isMature(BinomialCounts judged, long tickMillis) {
        if (window == null) {
            return epochUnits >= test.minimumUnits();
        }
        return judged.trials() >= test.minimumUnits()
                && tickMillis - firstMillis >= test.window().toMillis() - PANE_MILLIS;
    }

    private static BinomialCounts counts(CountRing ring, long tickMillis) {
        return BinomialCounts.of(ring.first(tickMillis), ring.second(tickMillis));
    }

    private static double rate(BinomialCounts counts) {
        return counts.trials() == 0 ? 0 : counts.successes() / (double) counts.trials();
    }

    @Override
    public void restart(long tickMillis) {
        evidence = process.start();
        epochUnits = 0;
        epochStartMillis = tickMillis;
    }

    @Override
    public void write(ByteWriter writer) {
        writer.writeSigned(firstMillis);
        writer.writeSigned(epochStartMillis);
        writer.writeUnsigned(epochUnits);
        writer.writeUnsigned(quietUnits);
        writer.writeDouble(risenBy);
        writer.writeSigned(risingSinceMillis);
        RateEvidence.write(evidence, writer);
        confirm.write(writer);
        if (window != null) {
            window.write(writer);
        }
    }

    void read(ByteReader reader) {
        firstMillis = reader.readSigned();
        epochStartMillis = reader.readSigned();
        epochUnits = reader.readUnsigned();
        quietUnits = reader.readUnsigned();
        risenBy = Double.longBitsToDouble(reader.readLong());
        risingSinceMillis = reader.readSigned();
        evidence = RateEvidence.read(process.size(), reader);
        confirm.read(reader);
        if (window != null) {
            window.read(reader);
        }
    }
}
