package io.tidemark.jobs.quality.signal;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.interval.WilsonInterval;
import io.tidemark.statistics.sequential.BernoulliAlternatives;
import io.tidemark.statistics.sequential.LogRatios;
import io.tidemark.statistics.sequential.ShiryaevRobertsDetector;

/**
 * Concept drift: whether a version errs more often than in its first week, at one label age. Each day is a pane of an e-SR detector
 * that says nothing false in a thousand days on average, whatever its first week: the usual rate is the upper bound of that week's,
 * weekdays and weekends apart. Mutable.
 */
public final class ErrorHistory {

    private static final double[] RATIOS = {1.1, 1.25, 1.5, 2};
    private static final double HIGHEST_RATE = 0.99;
    private static final double LOWEST_RATE = 0.001;
    private static final double ALPHA = 0.001;
    private static final double CONFIDENCE = 0.9;
    private static final int WEEK = 7;
    private static final int MONDAY_OF_EPOCH_DAY = 4;
    private static final int WORK_DAYS = 5;
    private static final int VERSION = 1;
    private static final ShiryaevRobertsDetector DETECTOR = new ShiryaevRobertsDetector(RATIOS.length, ALPHA);

    private final long[] errors = new long[2];
    private final long[] units = new long[2];
    private double firstCoverage;
    private int days;
    private long lastDay = Long.MIN_VALUE;
    private LogRatios state = DETECTOR.start();
    private boolean breached;

    /**
     * Takes a day in, once.
     *
     * @return whether there is evidence of more errors than in the first week
     */
    public boolean add(DayScore day) {
        if (day.day() <= lastDay) {
            return DETECTOR.alarms(state);
        }
        lastDay = day.day();
        int group = group(day.day());
        long trials = Math.max(1, Math.round(day.size()));
        long wrong = Math.min(trials, Math.max(0, Math.round((1 - day.mean()) * day.size())));
        if (days < WEEK) {
            errors[group] += wrong;
            units[group] += trials;
            firstCoverage += day.coverage() / WEEK;
            days++;
        } else if (units[group] > 0 && day.coverage() >= ScoreHistory.LEAST_COVERAGE * firstCoverage) {
            state = DETECTOR.update(state, alternatives(group).ratios(BinomialCounts.of(wrong, trials)));
        }
        return DETECTOR.alarms(state);
    }

    private static int group(long day) {
        return Math.floorMod(day - MONDAY_OF_EPOCH_DAY, WEEK) < WORK_DAYS ? 0 : 1;
    }

    private BernoulliAlternatives alternatives(int group) {
        double usual = usualRate(group);
        double[] others = new double[RATIOS.length];
        for (int i = 0; i < others.length; i++) {
            others[i] = Math.min((1 + HIGHEST_RATE) / 2, usual * RATIOS[i]);
        }
        return new BernoulliAlternatives(usual, others);
    }

    private double usualRate(int group) {
        double upper = new WilsonInterval(CONFIDENCE)
                .of(BinomialCounts.of(errors[group], units[group]))
                .upper();
        return Math.min(HIGHEST_RATE, Math.max(LOWEST_RATE, upper));
    }

    /** Error rate of the first week's weekdays, or of its weekend; NaN while there is none. */
    public double firstRate(long day) {
        int group = group(day);
        return units[group] == 0 ? Double.NaN : errors[group] / (double) units[group];
    }

    /** The evidence so far: an alarm when it reaches {@link #threshold()}. */
    public double evidence() {
        return Math.min(Double.MAX_VALUE, Math.exp(DETECTOR.logStatistic(state)));
    }

    /** Evidence of an alarm: the mean number of days to a false one. */
    public static double threshold() {
        return 1 / ALPHA;
    }

    /** Notes whether it is broken now; whether it was broken before. */
    public boolean note(boolean isBroken) {
        boolean was = breached;
        breached = isBroken;
        return was;
    }

    /** For state. */
    public byte[] toBytes() {
        ByteWriter target = new ByteWriter(64);
        target.writeByte(VERSION);
        target.writeByte(breached ? 1 : 0);
        target.writeUnsigned(days);
        target.writeLong(lastDay);
        target.writeDouble(firstCoverage);
        for (int group = 0; group < units.length; group++) {
            target.writeUnsigned(errors[group]);
            target.writeUnsigned(units[group]);
        }
        for (double each : state.values()) {
            target.writeDouble(each);
        }
        return target.toByteArray();
    }

    /** From state; an empty history from nothing. */
    public static ErrorHistory fromBytes(byte[] bytes) {
        ErrorHistory history = new ErrorHistory();
        if (bytes == null) {
            return history;
        }
        ByteReader source = new ByteReader().over(bytes, 0, bytes.length);
        int version = source.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "error history of version %d; this release reads %d".formatted(version, VERSION));
        }
        history.breached = source.readByte() == 1;
        history.days = (int) source.readUnsigned();
        history.lastDay = source.readLong();
        history.firstCoverage = Double.longBitsToDouble(source.readLong());
        for (int group = 0; group < history.units.length; group++) {
            history.errors[group] = source.readUnsigned();
            history.units[group] = source.readUnsigned();
        }
        double[] values = new double[RATIOS.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.longBitsToDouble(source.readLong());
        }
        history.state = new LogRatios(values);
        return history;
    }
}
