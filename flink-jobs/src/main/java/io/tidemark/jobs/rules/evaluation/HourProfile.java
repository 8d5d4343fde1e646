package io.tidemark.jobs.rules.evaluation;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A latency by the hour over eight days, so that each hour can be held against the same hour of the week before; with the
 * size of the inputs, so that longer prompts are not taken for a slower service.
 */
final class HourProfile {

    static final long HOUR_MILLIS = 3_600_000;
    static final int WEEK_HOURS = 168;
    static final int DAY_HOURS = 24;
    private static final int KEPT_HOURS = WEEK_HOURS + DAY_HOURS + 1;
    private static final int SHAPE_HOURS = 48;
    private static final int FEWEST_SHAPE_HOURS = 12;

    private final TreeMap<Long, Hour> hours = new TreeMap<>();

    /**
     * One hour, or several together.
     *
     * @param values known latencies
     * @param judged those of them that came when the threshold was known
     * @param logSum sum of their logarithms
     * @param inputs calls with a known input size
     * @param inputTokens sum of the input sizes
     */
    record Hour(long values, long judged, long over, double logSum, long inputs, long inputTokens) {

        static final Hour NONE = new Hour(0, 0, 0, 0, 0, 0);

        Hour plus(Hour other) {
            return new Hour(
                    values + other.values,
                    judged + other.judged,
                    over + other.over,
                    logSum + other.logSum,
                    inputs + other.inputs,
                    inputTokens + other.inputTokens);
        }

        /** Logarithm of the geometric mean; NaN without values. */
        double logMean() {
            return values == 0 ? Double.NaN : logSum / values;
        }

        /** Mean input size in tokens; NaN when unknown. */
        double meanInput() {
            return inputs == 0 ? Double.NaN : inputTokens / (double) inputs;
        }
    }

    void add(long endMillis, Hour part) {
        long hour = Math.floorDiv(endMillis - 1, HOUR_MILLIS);
        hours.merge(hour, part, Hour::plus);
        hours.headMap(hour - KEPT_HOURS).clear();
    }

    /** The whole hours {@code [from, to)} together. */
    Hour sum(long from, long to) {
        return hours.subMap(from, to).values().stream().reduce(Hour.NONE, Hour::plus);
    }

    /** First hour that is known; the largest long when none is. */
    long first() {
        return hours.isEmpty() ? Long.MAX_VALUE : hours.firstKey();
    }

    /**
     * What an hour is held against: the same hour of the week before, or of the day before when that week is not known. Any
     * other hour would take the course of the day for a change.
     *
     * @param least judged values that it must hold, else it is empty
     */
    Hour reference(long hour, long least) {
        for (long earlier : new long[] {hour - WEEK_HOURS, hour - DAY_HOURS}) {
            Hour known = hours.getOrDefault(earlier, Hour.NONE);
            if (known.judged >= least) {
                return known;
            }
        }
        return Hour.NONE;
    }

    /** For each of the 24 hours before an hour: how much its log mean exceeds that of the same hour some days before. */
    List<Double> dayAgainst(long hour, int daysBefore) {
        List<Double> differences = new ArrayList<>();
        for (long each = hour - DAY_HOURS; each < hour; each++) {
            Hour now = hours.getOrDefault(each, Hour.NONE);
            Hour then = hours.getOrDefault(each - (long) daysBefore * DAY_HOURS, Hour.NONE);
            if (now.values > 0 && then.values > 0) {
                differences.add(now.logMean() - then.logMean());
            }
        }
        return differences;
    }

    /**
     * Whether the last two days look like a step and not like a slope: the better of both fits to the log means of the hours,
     * less those of the week before where they are known. Too few hours for a slope are a step.
     */
    boolean isStep(long hour) {
        List<Double> values = new ArrayList<>();
        for (Map.Entry<Long, Hour> each :
                hours.subMap(hour - SHAPE_HOURS, hour + 1).entrySet()) {
            Hour lastWeek = hours.getOrDefault(each.getKey() - WEEK_HOURS, Hour.NONE);
            values.add(each.getValue().logMean() - (lastWeek.values == 0 ? 0 : lastWeek.logMean()));
        }
        return values.size() < FEWEST_SHAPE_HOURS || stepError(values) <= lineError(values);
    }

    private static double stepError(List<Double> values) {
        double best = Double.POSITIVE_INFINITY;
        for (int split = 1; split < values.size(); split++) {
            best = Math.min(
                    best,
                    squaredDeviations(values.subList(0, split))
                            + squaredDeviations(values.subList(split, values.size())));
        }
        return best;
    }

    private static double squaredDeviations(List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
    }

    private static double lineError(List<Double> values) {
        double centre = (values.size() - 1) / 2.0;
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double product = 0;
        double spread = 0;
        for (int i = 0; i < values.size(); i++) {
            product += (i - centre) * (values.get(i) - mean);
            spread += (i - centre) * (i - centre);
        }
        return squaredDeviations(values) - product * product / spread;
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(hours.size());
        for (Map.Entry<Long, Hour> hour : hours.entrySet()) {
            writer.writeSigned(hour.getKey());
            writer.writeUnsigned(hour.getValue().values);
            writer.writeUnsigned(hour.getValue().judged);
            writer.writeUnsigned(hour.getValue().over);
            writer.writeDouble(hour.getValue().logSum);
            writer.writeUnsigned(hour.getValue().inputs);
            writer.writeUnsigned(hour.getValue().inputTokens);
        }
    }

    void read(ByteReader reader) {
        int count = (int) reader.readUnsigned();
        for (int i = 0; i < count; i++) {
            long hour = reader.readSigned();
            long values = reader.readUnsigned();
            long judged = reader.readUnsigned();
            long over = reader.readUnsigned();
            double logSum = Double.longBitsToDouble(reader.readLong());
            long inputs = reader.readUnsigned();
            hours.put(hour, new Hour(values, judged, over, logSum, inputs, reader.readUnsigned()));
        }
    }
}
