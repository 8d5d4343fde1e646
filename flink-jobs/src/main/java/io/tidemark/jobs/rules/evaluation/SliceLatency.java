package io.tidemark.jobs.rules.evaluation;

import io.tidemark.contracts.avro.Distribution;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.rules.evaluation.Assessment.State;
import io.tidemark.jobs.rules.evaluation.HourProfile.Hour;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.histogram.LogGrid;
import io.tidemark.statistics.histogram.LogHistogram;
import io.tidemark.statistics.interval.WilsonInterval;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/** State of a {@link LatencyChangeTest}: the hours of eight days, the usual p95, and the evidence of a sudden change. */
final class SliceLatency implements SliceTest {

    private static final WilsonInterval CAUTIOUS = new WilsonInterval(0.98);
    private static final double USUAL_QUANTILE = 0.95;

    /** Values from which the usual p95 is taken: fewer would make the tail a matter of chance. */
    private static final long BASELINE_VALUES = 10_000;

    private static final double LOG_SCALE = 1e6;

    /** A typical call that is slower by less, inputs aside, is no matter: 10 %. */
    private static final double LEAST_SLOWER = Math.log(1.1);

    private static final double HIGHEST_SHARE = 0.5;
    private static final int LONGEST_DAYS = 7;
    private static final int SHORTEST_DAYS = 2;
    private static final int FEWEST_HOURS = 20;

    private final LatencyChangeTest test;
    private final HourProfile profile = new HourProfile();
    private final CountRing confirm = new CountRing(LatencyChangeTest.CONFIRM.toMillis());
    private final CountRing logs = new CountRing(LatencyChangeTest.CONFIRM.toMillis());
    private final CountRing inputs = new CountRing(LatencyChangeTest.CONFIRM.toMillis());
    private LogHistogram baseline = LogHistogram.empty();
    private double threshold = Double.NaN;
    private final VaryingRateEvidence evidence = new VaryingRateEvidence();
    private long assessedHour = Long.MIN_VALUE;
    private Assessment latestGradual = Assessment.NONE;

    SliceLatency(LatencyChangeTest test) {
        this.test = test;
    }

    @Override
    public void add(WindowRow row, long endMillis) {
        Distribution values = row.getDistributions().get(test.measure());
        if (values == null || values.getKnown() == 0) {
            return;
        }
        LogHistogram histogram = Statistic.histogram(values);
        if (Double.isNaN(threshold)) {
            learn(histogram);
        }
        Hour part = part(histogram, row.getDistributions().get("input_tokens"));
        long hour = Math.floorDiv(endMillis - 1, HourProfile.HOUR_MILLIS);
        double usual = usualShare(hour);
        if (!Double.isNaN(usual)) {
            evidence.add(usual, BinomialCounts.of(part.over(), part.judged()));
        }
        confirm.add(endMillis, part.over(), part.judged());
        logs.add(endMillis, Math.round(part.logSum() * LOG_SCALE), part.values());
        inputs.add(endMillis, part.inputTokens(), part.inputs());
        profile.add(endMillis, part);
    }

    private void learn(LogHistogram histogram) {
        baseline = baseline.merge(histogram);
        if (baseline.count() >= BASELINE_VALUES) {
            threshold = baseline.quantile(USUAL_QUANTILE).orElse(Double.NaN);
            baseline = LogHistogram.empty();
        }
    }

    private Hour part(LogHistogram histogram, Distribution input) {
        double logSum = 0;
        for (int i = 0; i < histogram.indexes().length; i++) {
            double value = LogGrid.value(histogram.indexes()[i]);
            logSum += histogram.counts()[i] * Math.log(Math.max(1e-9, Math.min(1e15, value)));
        }
        boolean isJudged = !Double.isNaN(threshold);
        long judged = isJudged ? histogram.count() : 0;
        long over = isJudged ? histogram.countOver(threshold).over() : 0;
        long known = input == null ? 0 : input.getKnown();
        return new Hour(histogram.count(), judged, over, logSum, known, input == null ? 0 : input.getSum());
    }

    /** Share over the usual p95 that is to be expected in an hour, on the cautious side; NaN when nothing is known. */
    private double usualShare(long hour) {
        Hour reference = profile.reference(hour, test.minimumUnits());
        if (Double.isNaN(threshold) || reference.judged() < test.minimumUnits()) {
            return Double.NaN;
        }
        double upper = CAUTIOUS.of(BinomialCounts.of(reference.over(), reference.judged()))
                .upper();
        return Math.min(HIGHEST_SHARE, upper);
    }

    @Override
    public Assessment assess(long tickMillis) {
        long hour = Math.floorDiv(tickMillis - 1, HourProfile.HOUR_MILLIS);
        if (!test.gradual()) {
            return sudden(hour, tickMillis);
        }
        long whole = Math.floorDiv(tickMillis, HourProfile.HOUR_MILLIS);
        if (whole != assessedHour) {
            assessedHour = whole;
            latestGradual = gradual(whole);
        }
        return latestGradual;
    }

    private Assessment sudden(long hour, long tickMillis) {
        BinomialCounts recent = BinomialCounts.of(confirm.first(tickMillis), confirm.second(tickMillis));
        double usual = usualShare(hour);
        if (recent.trials() == 0 || Double.isNaN(usual)) {
            return Assessment.NONE;
        }
        double observed = recent.successes() / (double) recent.trials();
        double limit = Math.min(1, usual * test.ratio());
        Hour reference = profile.reference(hour, test.minimumUnits());
        double larger = largerInputs(mean(inputs, tickMillis), reference.meanInput());
        double slower = mean(logs, tickMillis) / LOG_SCALE - reference.logMean();
        boolean isExplained = slower - larger < LEAST_SLOWER;
        boolean isBeyond = observed > limit && !isExplained && profile.isStep(hour);
        State state = observed <= usual ? State.WITHIN : isBeyond ? State.BEYOND : State.BETWEEN;
        return new Assessment(
                state,
                evidence.logEvidence(),
                Double.NaN,
                recent,
                observed,
                limit,
                Double.NaN,
                Double.NaN,
                recent.trials(),
                LatencyChangeTest.CONFIRM.toMillis(),
                Assessment.UNKNOWN_ONSET,
                "sudden: share over the usual p95 of %.4g; inputs %+.0f %%"
                        .formatted(threshold, 100 * Math.expm1(larger)));
    }

    private static double mean(CountRing ring, long tickMillis) {
        return ring.second(tickMillis) == 0 ? Double.NaN : ring.first(tickMillis) / (double) ring.second(tickMillis);
    }

    private Assessment gradual(long hour) {
        int days = (int) Math.min(LONGEST_DAYS, (hour - profile.first()) / HourProfile.DAY_HOURS - 1);
        if (profile.first() == Long.MAX_VALUE || days < SHORTEST_DAYS) {
            return Assessment.NONE;
        }
        List<Double> differences = profile.dayAgainst(hour, days);
        Hour now = profile.sum(hour - HourProfile.DAY_HOURS, hour);
        Hour then = profile.sum(hour - (days + 1L) * HourProfile.DAY_HOURS, hour - (long) days * HourProfile.DAY_HOURS);
        if (differences.size() < FEWEST_HOURS || then.values() < test.minimumUnits()) {
            return Assessment.NONE;
        }
        double larger = largerInputs(now.meanInput(), then.meanInput());
        double mean =
                differences.stream().mapToDouble(Double::doubleValue).average().orElseThrow() - larger;
        double squares = differences.stream()
                .mapToDouble(each -> (each - larger - mean) * (each - larger - mean))
                .sum();
        int freedom = differences.size() - 1;
        double error = Math.max(1e-12, Math.sqrt(squares / freedom / differences.size()));
        TDistribution law = TDistribution.of(freedom);
        double margin = law.inverseSurvivalProbability(0.025) * error;
        boolean isBeyond = Math.expm1(mean) > test.growth() && mean - margin > 0 && !profile.isStep(hour - 1);
        State state = isBeyond ? State.BEYOND : Math.expm1(mean) < test.growth() / 2 ? State.WITHIN : State.BETWEEN;
        return new Assessment(
                state,
                Double.NaN,
                law.survivalProbability(mean / error),
                BinomialCounts.NONE,
                Math.expm1(mean),
                test.growth(),
                Math.expm1(mean - margin),
                Math.expm1(mean + margin),
                now.values(),
                HourProfile.DAY_HOURS * HourProfile.HOUR_MILLIS,
                Assessment.UNKNOWN_ONSET,
                "gradual: typical latency %.4g, against %.4g %d days before; inputs %+.0f %%"
                        .formatted(Math.exp(now.logMean()), Math.exp(then.logMean()), days, 100 * Math.expm1(larger)));
    }

    /** Logarithm of the growth of the inputs; 0 when they shrank or are not known. */
    private static double largerInputs(double now, double then) {
        return Double.isNaN(now) || Double.isNaN(then) || then <= 0 ? 0 : Math.max(0, Math.log(now / then));
    }

    @Override
    public void restart(long tickMillis) {
        evidence.clear();
    }

    @Override
    public void write(ByteWriter writer) {
        writer.writeDouble(threshold);
        writer.writeUnsigned(baseline.indexes().length);
        for (int i = 0; i < baseline.indexes().length; i++) {
            writer.writeSigned(baseline.indexes()[i]);
            writer.writeUnsigned(baseline.counts()[i]);
        }
        evidence.write(writer);
        confirm.write(writer);
        logs.write(writer);
        inputs.write(writer);
        profile.write(writer);
    }

    void read(ByteReader reader) {
        threshold = Double.longBitsToDouble(reader.readLong());
        int[] indexes = new int[(int) reader.readUnsigned()];
        long[] counts = new long[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = (int) reader.readSigned();
            counts[i] = reader.readUnsigned();
        }
        baseline = new LogHistogram(indexes, counts);
        evidence.read(reader);
        confirm.read(reader);
        logs.read(reader);
        inputs.read(reader);
        profile.read(reader);
    }
}
