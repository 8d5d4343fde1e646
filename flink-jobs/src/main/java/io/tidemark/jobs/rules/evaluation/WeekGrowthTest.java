package io.tidemark.jobs.rules.evaluation;

import io.tidemark.contracts.avro.Distribution;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.measure.MeasureCatalog;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.rules.evaluation.Assessment.State;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.Totals;
import io.tidemark.statistics.histogram.LogGrid;
import io.tidemark.statistics.trend.CostGrowth;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Growth of a total from one week to the next, looked at once a day over whole days of UTC: the ratio of two sums over
 * seven days, in which the weekly cycle cancels. Beyond when the growth exceeds the limit and its 95 % interval lies above
 * zero.
 *
 * @param measure a distribution of the catalogue
 * @param growth relative growth that is too much; 0.2 is 20 %
 * @param minimumUnits known values that each week must hold
 */
public record WeekGrowthTest(String measure, double growth, long minimumUnits) implements RuleTest {

    private static final long DAY_MILLIS = 86_400_000;
    private static final int WEEK = 7;
    private static final double HIGHEST_VALUE = 1e15;
    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    @Override
    public SliceTest start() {
        return new Days();
    }

    @Override
    public SliceTest read(ByteReader reader) {
        Days state = new Days();
        int count = (int) reader.readUnsigned();
        for (int i = 0; i < count; i++) {
            long day = reader.readSigned();
            long values = reader.readUnsigned();
            double sum = Double.longBitsToDouble(reader.readLong());
            double squares = Double.longBitsToDouble(reader.readLong());
            state.days.put(day, new Totals(values, sum, squares));
        }
        return state;
    }

    @Override
    public Duration patience() {
        return memory();
    }

    @Override
    public Duration memory() {
        return Duration.ofDays(2 * WEEK + 1L);
    }

    private final class Days implements SliceTest {

        private final TreeMap<Long, Totals> days = new TreeMap<>();
        private long assessedDay = Long.MIN_VALUE;
        private Assessment latest = Assessment.NONE;

        @Override
        public void add(WindowRow row, long endMillis) {
            Distribution values = row.getDistributions().get(measure);
            if (values == null || values.getKnown() == 0) {
                return;
            }
            long day = Math.floorDiv(endMillis - 1, DAY_MILLIS);
            days.merge(day, totals(values), Totals::plus);
            days.headMap(day - 2 * WEEK).clear();
        }

        private Totals totals(Distribution values) {
            double scale = MeasureCatalog.named(measure).scale();
            double squares = 0;
            for (int i = 0; i < values.getIndexes().size(); i++) {
                double value = Math.max(
                        0,
                        Math.min(
                                HIGHEST_VALUE, LogGrid.value(values.getIndexes().get(i))));
                squares += values.getCounts().get(i) * value * value;
            }
            return new Totals(values.getKnown(), values.getSum() / scale, squares);
        }

        @Override
        public Assessment assess(long tickMillis) {
            long day = Math.floorDiv(tickMillis, DAY_MILLIS);
            if (day != assessedDay) {
                assessedDay = day;
                latest = assessDay(day);
            }
            return latest;
        }

        private Assessment assessDay(long today) {
            if (days.isEmpty() || days.firstKey() > today - 2 * WEEK) {
                return Assessment.NONE;
            }
            Totals current = sum(today - WEEK, today);
            Totals previous = sum(today - 2 * WEEK, today - WEEK);
            boolean isEnough = current.count() >= minimumUnits && previous.count() >= minimumUnits;
            return isEnough && current.sum() > 0 && previous.sum() > 0 ? assess(current, previous) : Assessment.NONE;
        }

        private Totals sum(long fromDay, long toDay) {
            return days.subMap(fromDay, toDay).values().stream().reduce(Totals.NONE, Totals::plus);
        }

        private Assessment assess(Totals current, Totals previous) {
            CostGrowth.Growth found = new CostGrowth().estimate(current, previous);
            boolean isBeyond = found.growth() > growth && found.lower() > 0;
            double ratio = found.logRatio() / found.standardError();
            return new Assessment(
                    isBeyond ? State.BEYOND : State.WITHIN,
                    Double.NaN,
                    STANDARD.survivalProbability(ratio),
                    BinomialCounts.NONE,
                    found.growth(),
                    growth,
                    found.lower(),
                    found.upper(),
                    current.count(),
                    WEEK * DAY_MILLIS,
                    Assessment.UNKNOWN_ONSET,
                    "volume %+.0f %%, a call %+.0f %%"
                            .formatted(
                                    100 * Math.expm1(found.logVolumePart()),
                                    100 * Math.expm1(found.logUnitCostPart())));
        }

        @Override
        public void write(ByteWriter writer) {
            writer.writeUnsigned(days.size());
            for (Map.Entry<Long, Totals> day : days.entrySet()) {
                writer.writeSigned(day.getKey());
                writer.writeUnsigned(day.getValue().count());
                writer.writeDouble(day.getValue().sum());
                writer.writeDouble(day.getValue().sumOfSquares());
            }
        }
    }
}
