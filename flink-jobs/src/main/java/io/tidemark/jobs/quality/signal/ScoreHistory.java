package io.tidemark.jobs.quality.signal;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.error.StatisticsException;
import io.tidemark.statistics.trend.WeekdayPairedTrend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The last fourteen days of one measure, and the rules that they break. Mutable. */
public final class ScoreHistory {

    /** Level of the trend test. */
    public static final double ALPHA = 0.05;

    /** Share of the usual coverage under which a day says nothing. */
    public static final double LEAST_COVERAGE = 0.8;

    private static final int DAYS = 14;
    private static final int WEEK = 7;
    private static final int VERSION = 1;

    private final List<DayScore> days = new ArrayList<>();
    private final Set<String> breached = new HashSet<>();

    /** Takes a day; one that is there already is replaced. */
    public void add(DayScore score) {
        days.removeIf(each -> each.day() == score.day() || each.day() <= score.day() - DAYS);
        days.add(score);
        days.sort((left, right) -> Long.compare(left.day(), right.day()));
    }

    /**
     * The change over the two weeks that end with the last day; null when the days do not allow an answer: when one is
     * missing, or knows much less of its units than the first week did.
     */
    public WeekdayPairedTrend.Change change() {
        if (days.size() < DAYS) {
            return null;
        }
        double usual = days.subList(0, WEEK).stream()
                .mapToDouble(DayScore::coverage)
                .average()
                .orElse(0);
        if (days.stream().anyMatch(each -> !(each.coverage() >= LEAST_COVERAGE * usual))) {
            return null;
        }
        try {
            return new WeekdayPairedTrend()
                    .estimate(days.stream().map(DayScore::totals).toList());
        } catch (StatisticsException e) {
            return null;
        }
    }

    /** Whether a rule is broken; false without an answer. */
    public static boolean isBroken(QualityRule rule, WeekdayPairedTrend.Change change) {
        return change != null && change.alarms(ALPHA, rule.drop());
    }

    /** Notes whether a rule is broken now; whether it was broken before. */
    public boolean note(QualityRule rule, boolean isBroken) {
        boolean was = breached.contains(rule.id());
        if (isBroken) {
            breached.add(rule.id());
        } else {
            breached.remove(rule.id());
        }
        return was;
    }

    /** First and last day of the window, by number. */
    public List<Long> span() {
        return days.stream().map(DayScore::day).toList();
    }

    /** For state. */
    public byte[] toBytes() {
        ByteWriter target = new ByteWriter(512);
        target.writeByte(VERSION);
        target.writeUnsigned(days.size());
        for (DayScore each : days) {
            target.writeSigned(each.day());
            target.writeDouble(each.size());
            target.writeDouble(each.mean());
            target.writeDouble(each.error());
            target.writeDouble(each.coverage());
        }
        int flags = 0;
        for (int i = 0; i < QualityRule.all().size(); i++) {
            flags |= breached.contains(QualityRule.all().get(i).id()) ? 1 << i : 0;
        }
        target.writeUnsigned(flags);
        return target.toByteArray();
    }

    /** From state; an empty history from nothing. */
    public static ScoreHistory fromBytes(byte[] bytes) {
        ScoreHistory history = new ScoreHistory();
        if (bytes == null) {
            return history;
        }
        ByteReader source = new ByteReader().over(bytes, 0, bytes.length);
        int version = source.readByte();
        if (version != VERSION) {
            throw new IllegalStateException("history of version %d; this release reads %d".formatted(version, VERSION));
        }
        for (long left = source.readUnsigned(); left > 0; left--) {
            history.days.add(new DayScore(
                    source.readSigned(),
                    readDouble(source),
                    readDouble(source),
                    readDouble(source),
                    readDouble(source)));
        }
        long flags = source.readUnsigned();
        for (int i = 0; i < QualityRule.all().size(); i++) {
            if ((flags & 1L << i) != 0) {
                history.breached.add(QualityRule.all().get(i).id());
            }
        }
        return history;
    }

    private static double readDouble(ByteReader source) {
        return Double.longBitsToDouble(source.readLong());
    }
}
