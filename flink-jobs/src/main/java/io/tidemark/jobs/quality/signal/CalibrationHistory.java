package io.tidemark.jobs.quality.signal;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.quality.measure.CalibrationTable;
import io.tidemark.statistics.calibration.CalibrationError;
import io.tidemark.statistics.calibration.CalibrationShift;
import io.tidemark.statistics.calibration.ForecastSums;
import io.tidemark.statistics.calibration.SpiegelhalterTest;
import io.tidemark.statistics.distance.Homogeneity;
import io.tidemark.statistics.error.StatisticsException;
import java.util.Arrays;

/**
 * Whether stated confidences still come true: each week against the first one. A model that was calibrated in its first week is held
 * against calibration (Spiegelhalter's Z); one that never was, against its own gaps of then. Weeks do not overlap, so that
 * each is looked at once. Mutable.
 */
public final class CalibrationHistory {

    /** Level of the test of a week. */
    public static final double ALPHA = 0.01;

    /** Smallest calibration error beyond what chance alone gives that matters. */
    public static final double LEAST_EXCESS = 0.02;

    private static final double CALIBRATED_FROM = 0.05;
    private static final int WEEK = 7;
    private static final int VERSION = 1;

    private CalibrationTable first = CalibrationTable.EMPTY;
    private CalibrationTable week = CalibrationTable.EMPTY;
    private double firstCoverage;
    private int days;
    private boolean breached;

    /**
     * A week against the first one.
     *
     * @param z Spiegelhalter's Z of the week
     * @param firstZ that of the first week
     * @param pValue of the test of a change
     * @param error expected calibration error of the week
     * @param byChance what chance alone would give
     * @param n labelled forecasts of the week
     */
    public record Change(double z, double firstZ, double pValue, double error, double byChance, long n) {

        /** Whether it is significant and large enough to matter. */
        public boolean isBroken() {
            return pValue < ALPHA && error - byChance >= LEAST_EXCESS;
        }
    }

    /**
     * Takes a day in; a change when a week is over and can be judged, else null. A day that knows much less of its units than those of
     * the first week says nothing.
     *
     * @param coverage share of the units whose label is known
     */
    public Change add(CalibrationTable day, double coverage) {
        boolean isFirst = days < WEEK;
        if (isFirst) {
            first = first.plus(day);
            firstCoverage += coverage / WEEK;
            days++;
            return null;
        }
        if (!(coverage >= ScoreHistory.LEAST_COVERAGE * firstCoverage)) {
            return null;
        }
        week = week.plus(day);
        days++;
        if (days % WEEK != 0) {
            return null;
        }
        Change change = change();
        week = CalibrationTable.EMPTY;
        return change;
    }

    private Change change() {
        SpiegelhalterTest test = new SpiegelhalterTest();
        CalibrationError error = new CalibrationError();
        try {
            return new Change(
                    test.score(week.forecasts()),
                    test.score(first.forecasts()),
                    pValue(test, first.forecasts()),
                    error.score(week.bins()),
                    error.nullMean(week.bins()),
                    week.forecasts().count());
        } catch (StatisticsException e) {
            return null; // too few forecasts, or all of them certain
        }
    }

    private double pValue(SpiegelhalterTest test, ForecastSums before) {
        if (test.pValue(before) >= CALIBRATED_FROM) {
            return test.pValue(week.forecasts());
        }
        Homogeneity shift = new CalibrationShift().evaluate(first.bins(), week.bins());
        return shift.degreesOfFreedom() == 0 ? 1 : shift.pValue();
    }

    /** Notes whether it is broken now; whether it was broken before. */
    public boolean note(boolean isBroken) {
        boolean was = breached;
        breached = isBroken;
        return was;
    }

    /** For state. */
    public byte[] toBytes() {
        ByteWriter target = new ByteWriter(512);
        target.writeByte(VERSION);
        target.writeByte(breached ? 1 : 0);
        target.writeUnsigned(days);
        target.writeDouble(firstCoverage);
        for (CalibrationTable table : new CalibrationTable[] {first, week}) {
            byte[] bytes = table.toBytes();
            target.writeUnsigned(bytes.length);
            target.writeBytes(bytes, 0, bytes.length);
        }
        return target.toByteArray();
    }

    /** From state; an empty history from nothing. */
    public static CalibrationHistory fromBytes(byte[] bytes) {
        CalibrationHistory history = new CalibrationHistory();
        if (bytes == null) {
            return history;
        }
        ByteReader source = new ByteReader().over(bytes, 0, bytes.length);
        int version = source.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "calibration history of version %d; this release reads %d".formatted(version, VERSION));
        }
        history.breached = source.readByte() == 1;
        history.days = (int) source.readUnsigned();
        history.firstCoverage = Double.longBitsToDouble(source.readLong());
        history.first = table(source, bytes);
        history.week = table(source, bytes);
        return history;
    }

    private static CalibrationTable table(ByteReader source, byte[] bytes) {
        int length = (int) source.readUnsigned();
        byte[] own = Arrays.copyOfRange(bytes, source.position(), source.position() + length);
        source.skip(length);
        return CalibrationTable.fromBytes(own);
    }
}
