package io.tidemark.jobs.quality.measure;

import io.tidemark.statistics.calibration.BrierScore;
import io.tidemark.statistics.calibration.CalibrationError;
import io.tidemark.statistics.calibration.ForecastSums;
import io.tidemark.statistics.calibration.SpiegelhalterTest;
import io.tidemark.statistics.interval.Bounds;
import io.tidemark.statistics.ranking.AreaUnderCurve;
import io.tidemark.statistics.sampling.WeightedEstimate;
import io.tidemark.statistics.sampling.WeightedSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the sums of a cohort say: one finding of a mean, several of a table. */
public final class Findings {

    /** Thousandths of a confidence: the resolution of tables. */
    public static final int RESOLUTION = 1_000;

    private static final double CONFIDENCE = 0.95;
    private static final double NORMAL_95 = 1.959963984540054;

    private Findings() {}

    /** The findings of a cohort; none from an empty one, and none of the population. */
    public static List<Finding> of(String measure, Cohort cohort) {
        if (measure.equals(QualityMeasures.CALIBRATION)) {
            return calibration(cohort);
        }
        if (measure.equals(QualityMeasures.SCORES)) {
            return area("auc", cohort.bins());
        }
        return measure.equals(QualityMeasures.POPULATION) ? List.of() : List.of(mean(measure, cohort.mean()));
    }

    private static Finding mean(String measure, FixedSums fixed) {
        WeightedSums sums = fixed.sums(QualityMeasures.scale(measure));
        if (sums.n() <= 0) {
            return Finding.of(measure, 0, Double.NaN);
        }
        WeightedEstimate estimate = WeightedEstimate.of(sums);
        Bounds bounds = bounds(QualityMeasures.isRate(measure), estimate);
        return new Finding(
                measure,
                sums.n(),
                estimate.mean(),
                bounds == null ? Double.NaN : bounds.lower(),
                bounds == null ? Double.NaN : bounds.upper(),
                estimate.standardError(),
                QualityMeasures.hasTotal(measure) ? estimate.total() : Double.NaN,
                sums);
    }

    private static Bounds bounds(boolean isRate, WeightedEstimate estimate) {
        if (isRate) {
            return estimate.rateInterval(CONFIDENCE);
        }
        return estimate.effectiveSize() < 2 || estimate.n() < 2 ? null : estimate.meanInterval(CONFIDENCE);
    }

    private static List<Finding> calibration(Cohort cohort) {
        CalibrationTable table = CalibrationTable.of(cohort);
        ForecastSums forecasts = table.forecasts();
        long n = forecasts.count();
        if (n == 0) {
            return List.of();
        }
        CalibrationError error = new CalibrationError();
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.of("brier", n, new BrierScore().score(forecasts)));
        findings.add(Finding.of("calibration_error", n, error.score(table.bins())));
        findings.add(Finding.of("calibration_error_by_chance", n, error.nullMean(table.bins())));
        if (forecasts.variance() > 0) {
            findings.add(Finding.of("spiegelhalter_z", n, new SpiegelhalterTest().score(forecasts)));
        }
        findings.addAll(area("confidence_auc", cohort.bins()));
        return findings;
    }

    private static List<Finding> area(String measure, Map<Integer, FixedSums> table) {
        double[] positives = new double[table.size()];
        double[] negatives = new double[table.size()];
        long n = 0;
        long ones = 0;
        int at = 0;
        for (FixedSums cell : table.values()) {
            WeightedSums sums = cell.sums(1);
            positives[at] = sums.values();
            negatives[at++] = sums.weights() - sums.values();
            n += cell.n();
            ones += cell.ones();
        }
        if (ones == 0 || ones == n) {
            return List.of();
        }
        double area = AreaUnderCurve.of(positives, negatives);
        double error = AreaUnderCurve.standardError(area, ones, (double) n - ones);
        return List.of(new Finding(
                measure,
                n,
                area,
                Math.max(0, area - NORMAL_95 * error),
                Math.min(1, area + NORMAL_95 * error),
                error,
                Double.NaN,
                null));
    }
}
