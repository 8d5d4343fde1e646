package io.tidemark.jobs.canary;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.counts.TwoArmCounts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Units and errors of both arms over the last ten minutes of panes: for the share that is shown and for hard limits. */
final class RecentTraffic {

    private static final int PANES = 60;
    private static final int MINUTE = 6;
    private static final int SILENCE = 18;
    private static final double HIGHEST_ERROR_RATE = 0.10;
    private static final double TIMES_EXPECTED = 2;
    private static final long ENOUGH_FOR_A_LIMIT = 100;
    private static final double ENOUGH_EXPECTED = 30;
    private static final long ENOUGH_FOR_HEALTH = 20;

    private final Deque<Pane> panes = new ArrayDeque<>();

    /**
     * Counts of one pane, or of several.
     *
     * @param candidates units of the candidate
     * @param controls units of the control
     * @param errors units with an error, among the units that tell and had none before
     * @param expectedErrors how many of the candidate's would have one at the rate of the control in each tenant
     */
    record Pane(long candidates, long controls, TwoArmCounts errors, double expectedErrors) {
        static final Pane NONE = new Pane(0, 0, TwoArmCounts.NONE, 0);

        Pane plus(Pane other) {
            return new Pane(
                    candidates + other.candidates,
                    controls + other.controls,
                    errors.plus(other.errors),
                    expectedErrors + other.expectedErrors);
        }
    }

    void add(Pane pane) {
        panes.addLast(pane);
        if (panes.size() > PANES) {
            panes.removeFirst();
        }
    }

    private Pane last(int count, int before) {
        Pane sum = Pane.NONE;
        Iterator<Pane> newest = panes.descendingIterator();
        for (int i = 0; i < before + count && newest.hasNext(); i++) {
            Pane pane = newest.next();
            sum = i < before ? sum : sum.plus(pane);
        }
        return sum;
    }

    /** Realised share of the candidate over the last minute; null without traffic. */
    Double share() {
        Pane minute = last(MINUTE, 0);
        long all = minute.candidates + minute.controls;
        return all == 0 ? null : minute.candidates / (double) all;
    }

    /** Why the candidate must go at once, whatever the statistics say; null when nothing is that bad. */
    String hardLimit() {
        Pane minute = last(MINUTE, 0);
        TwoArmCounts errors = minute.errors;
        if (errors.canaryTotal() >= ENOUGH_FOR_A_LIMIT) {
            double rate = errors.canaryBad() / (double) errors.canaryTotal();
            if (rate > HIGHEST_ERROR_RATE && errors.canaryBad() > TIMES_EXPECTED * minute.expectedErrors) {
                return "errors of %.1f %% of %d units in the last minute exceed the hard limit of %.0f %%"
                        .formatted(rate * 100, errors.canaryTotal(), HIGHEST_ERROR_RATE * 100);
            }
        }
        return silence();
    }

    private String silence() {
        Pane now = last(SILENCE, 0);
        Pane before = last(PANES - SILENCE, SILENCE);
        if (now.candidates > 0 || before.controls == 0) {
            return null;
        }
        double expected = now.controls * (before.candidates / (double) before.controls);
        return expected < ENOUGH_EXPECTED
                ? null
                : "no traffic of the candidate for three minutes, where about %.0f units were to be expected"
                        .formatted(expected);
    }

    /** Whether the control is within the hard limit over the last ten minutes; null without enough traffic. */
    Boolean isControlHealthy() {
        TwoArmCounts errors = last(PANES, 0).errors;
        return isHealthy(errors.baselineTotal(), errors.baselineBad());
    }

    /** The same rule for a tuple of which only units and errors are known. */
    static Boolean isHealthy(long units, long errors) {
        return units < ENOUGH_FOR_HEALTH ? null : errors <= HIGHEST_ERROR_RATE * units;
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(panes.size());
        for (Pane pane : panes) {
            writer.writeUnsigned(pane.candidates);
            writer.writeUnsigned(pane.controls);
            StateCodec.write(pane.errors, writer);
            writer.writeDouble(pane.expectedErrors);
        }
    }

    void read(ByteReader reader) {
        long size = reader.readUnsigned();
        for (long i = 0; i < size; i++) {
            panes.addLast(new Pane(
                    reader.readUnsigned(),
                    reader.readUnsigned(),
                    StateCodec.readTwoArmCounts(reader),
                    StateCodec.readDouble(reader)));
        }
    }
}
