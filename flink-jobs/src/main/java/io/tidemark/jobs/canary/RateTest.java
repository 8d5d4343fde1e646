package io.tidemark.jobs.canary;

import io.tidemark.contracts.release.GuardrailMeasure;
import io.tidemark.contracts.release.GuardrailMeasure.Kind;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.source.TraceSource;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.histogram.LogGrid;
import io.tidemark.statistics.interval.BetaBinomialSequence;
import io.tidemark.statistics.interval.Bounds;
import io.tidemark.statistics.sequential.BernoulliAlternatives;
import io.tidemark.statistics.sequential.LogRatios;
import io.tidemark.statistics.sequential.RateRatioEProcess;
import java.util.Map;
import java.util.Optional;

/**
 * Shares of bad units: errors, refusals and the like, and values over a percentile of the control. The candidate is held
 * against the control of the same pane and the same tenant with the realised share, or against an absolute limit.
 */
final class RateTest implements GuardrailTest {

    private static final double HIGHEST_RATE = 0.99;
    private static final double[] BETTER = {0.5, 0.75, 1};

    /** Under this rate a candidate does no harm, whatever its ratio to a control that has even less. */
    private static final double NEGLIGIBLE_RATE = 0.005;

    private static final long ENOUGH_TO_BE_NEGLIGIBLE = 500;

    private final Guard guard;
    private final UnitCounter counter;
    private final SequentialEvidence evidence;
    private final FingerprintMemory memory = new FingerprintMemory();
    private final TenantTotals totals = new TenantTotals();
    private final ControlPercentile percentile;
    private final BetaBinomialSequence bounds;

    RateTest(Guard guard, long plannedPanes) {
        this.guard = guard;
        GuardrailMeasure measure = guard.measure();
        counter = new UnitCounter(measure);
        evidence = new SequentialEvidence(plannedPanes);
        percentile = new ControlPercentile(measure.percentile());
        bounds = BetaBinomialSequence.usual(guard.alpha());
    }

    @Override
    public void close(Map<String, TenantPane> tenants, long paneEndMillis) {
        memory.advance(paneEndMillis);
        double[] sums = new double[ratioCount()];
        if (threshold() != ControlPercentile.UNKNOWN) {
            double tolerated = toleratedRatio();
            tenants.forEach((tenant, pane) -> {
                TwoArmCounts counts = twoArms(pane);
                totals.add(tenant, counts);
                addRatios(counts, tolerated, sums);
            });
        }
        evidence.close(worse(sums), better(sums), paneEndMillis, TraceSource.PANE_MILLIS);
        learn(tenants);
    }

    private TwoArmCounts twoArms(TenantPane pane) {
        BinomialCounts candidate = counter.count(pane.candidate(), threshold(), memory);
        BinomialCounts control = counter.count(pane.control(), threshold(), memory);
        return new TwoArmCounts(candidate.successes(), candidate.trials(), control.successes(), control.trials());
    }

    private static int ratioCount() {
        return SequentialEvidence.WORSE.length + BETTER.length;
    }

    /** Adds the pane's log likelihood ratios of all alternatives against the tolerated regression. */
    private void addRatios(TwoArmCounts counts, double tolerated, double[] sums) {
        LogRatios ratios = guard.limit() == null ? againstControl(counts, tolerated) : againstLimit(counts);
        double tolerance = guard.limit() == null ? ratios.value(sums.length) : 0;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += ratios.value(i) - tolerance;
        }
    }

    private static LogRatios againstControl(TwoArmCounts counts, double tolerated) {
        double[] alternatives = new double[ratioCount() + 1];
        int i = 0;
        for (double worse : SequentialEvidence.WORSE) {
            alternatives[i++] = tolerated * worse;
        }
        for (double better : BETTER) {
            alternatives[i++] = Math.min(better, tolerated);
        }
        alternatives[i] = tolerated;
        return new RateRatioEProcess(alternatives).pane(counts);
    }

    private LogRatios againstLimit(TwoArmCounts counts) {
        double limit = limitRate();
        double[] alternatives = new double[ratioCount()];
        int i = 0;
        for (double worse : SequentialEvidence.WORSE) {
            alternatives[i++] = Math.min(HIGHEST_RATE, limit * worse);
        }
        for (double better : BETTER) {
            alternatives[i++] = limit * better / 2;
        }
        return new BernoulliAlternatives(limit, alternatives)
                .ratios(BinomialCounts.of(counts.canaryBad(), counts.canaryTotal()));
    }

    private double limitRate() {
        return isTail() ? 1 - guard.measure().percentile() : guard.limit();
    }

    private boolean isTail() {
        return guard.measure().kind() == Kind.TAIL;
    }

    private int threshold() {
        if (!isTail()) {
            return 0;
        }
        return guard.limit() == null ? percentile.bucket() : LogGrid.index(guard.limit());
    }

    /** Largest accepted ratio of the rates; an absolute tolerance is set against the control's rate so far. */
    private double toleratedRatio() {
        if (guard.relative()) {
            return 1 + guard.tolerance();
        }
        TwoArmCounts sofar = totals.all();
        double control = (sofar.baselineBad() + 0.5) / (sofar.baselineTotal() + 1.0);
        return 1 + guard.tolerance() / control;
    }

    private void learn(Map<String, TenantPane> tenants) {
        if (isTail() && guard.limit() == null && percentile.isLearning()) {
            tenants.values().forEach(pane -> counter.addValues(pane.control(), percentile.values()));
            percentile.learn();
        }
    }

    private static double[] worse(double[] sums) {
        return java.util.Arrays.copyOf(sums, SequentialEvidence.WORSE.length);
    }

    private static double[] better(double[] sums) {
        return java.util.Arrays.copyOfRange(sums, SequentialEvidence.WORSE.length, sums.length);
    }

    @Override
    public double logRegression() {
        return evidence.logRegression();
    }

    @Override
    public boolean isNonInferior(double logThreshold) {
        return evidence.logNonInferiority() >= logThreshold || isNegligible();
    }

    /** Without a tolerance, evidence against "worse or equal" is evidence for "better". */
    @Override
    public boolean isBetter(double logThreshold) {
        return guard.limit() == null && guard.tolerance() == 0 && evidence.logNonInferiority() >= logThreshold;
    }

    /** A ratio of two rates near zero cannot be known, and need not be. */
    private boolean isNegligible() {
        BinomialCounts candidate = candidate();
        boolean mayBe = guard.limit() == null
                && !isTail()
                && candidate.trials() >= ENOUGH_TO_BE_NEGLIGIBLE
                && candidate.successes() < NEGLIGIBLE_RATE * candidate.trials();
        return mayBe && bounds.of(candidate).upper() <= NEGLIGIBLE_RATE;
    }

    private BinomialCounts candidate() {
        return BinomialCounts.of(totals.all().canaryBad(), totals.all().canaryTotal());
    }

    @Override
    public long candidateUnits() {
        return totals.all().canaryTotal();
    }

    @Override
    public Reading read() {
        TwoArmCounts all = totals.all();
        BinomialCounts candidate = candidate();
        boolean isKnown = candidate.trials() > 0;
        Bounds interval = isKnown ? bounds.of(candidate) : null;
        return new Reading(
                evidence.onsetMillis(),
                all.canaryTotal(),
                all.baselineTotal(),
                isKnown ? candidate.successes() / (double) candidate.trials() : null,
                expected(all),
                isKnown ? interval.lower() : null,
                isKnown ? interval.upper() : null,
                totals.mixEffect());
    }

    private Double expected(TwoArmCounts all) {
        if (guard.limit() != null) {
            return limitRate();
        }
        return all.baselineTotal() == 0 ? null : all.baselineBad() / (double) all.baselineTotal();
    }

    @Override
    public Optional<BinomialCounts> count(Cell cell) {
        return threshold() == ControlPercentile.UNKNOWN
                ? Optional.of(BinomialCounts.NONE)
                : Optional.of(counter.count(cell, threshold(), null));
    }

    @Override
    public void write(ByteWriter writer) {
        evidence.write(writer);
        memory.write(writer);
        totals.write(writer);
        percentile.write(writer);
    }

    @Override
    public void restore(ByteReader reader) {
        evidence.read(reader);
        memory.read(reader);
        totals.read(reader);
        percentile.read(reader);
    }
}
