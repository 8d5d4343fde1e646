package io.tidemark.jobs.quality;

import io.tidemark.jobs.quality.measure.Cohort;
import io.tidemark.jobs.quality.measure.CohortName;
import io.tidemark.jobs.quality.measure.Finding;
import io.tidemark.jobs.quality.measure.Findings;
import io.tidemark.jobs.quality.measure.QualitySlice;
import io.tidemark.statistics.sampling.WeightedSums;
import java.util.Map;
import java.util.function.Consumer;

/** The rows of one slice at one restatement. */
final class CohortRows {

    private final String slice;
    private final long tickMillis;
    private final int smallestCell;
    private final Map<CohortName, Cohort> cohorts;

    /** @param minimumCell units under which a fairness slice is not shown; other slices show every cell */
    CohortRows(String slice, long tickMillis, int minimumCell, Map<CohortName, Cohort> cohorts) {
        this.slice = slice;
        this.tickMillis = tickMillis;
        this.smallestCell = QualitySlice.parse(slice).level().equals(QualitySlice.GROUP) ? minimumCell : 0;
        this.cohorts = cohorts;
    }

    /** Estimated share of units that a cohort knows; NaN without a unit. */
    double coverage(CohortName name) {
        WeightedSums population = sums(name.population());
        return population.n() == 0 ? Double.NaN : Math.min(1, sums(name.known()).weights() / population.weights());
    }

    void of(CohortName name, boolean isFinal, Consumer<CohortRow> target) {
        WeightedSums population = sums(name.population());
        double coverage = coverage(name);
        for (Finding finding : Findings.of(name.measure(), cohorts.get(name))) {
            boolean suppressed = finding.n() < smallestCell;
            target.accept(row(name, suppressed ? hidden(finding) : finding, isFinal, suppressed, population, coverage));
        }
    }

    private WeightedSums sums(CohortName name) {
        Cohort cohort = cohorts.get(name);
        return cohort == null ? WeightedSums.NONE : cohort.mean().sums(1);
    }

    private static Finding hidden(Finding finding) {
        double none = Double.NaN;
        return new Finding(finding.measure(), -1, none, none, none, none, none, null);
    }

    private CohortRow row(
            CohortName name,
            Finding finding,
            boolean isFinal,
            boolean suppressed,
            WeightedSums population,
            double coverage) {
        WeightedSums sums = finding.sums();
        boolean hasSums = sums != null;
        return new CohortRow(
                slice,
                name.text(),
                finding.measure(),
                tickMillis,
                isFinal,
                suppressed,
                finding.n(),
                finding.estimate(),
                finding.lower(),
                finding.upper(),
                finding.standardError(),
                finding.total(),
                hasSums ? sums.weights() : Double.NaN,
                hasSums ? sums.values() : Double.NaN,
                hasSums ? sums.squaredWeights() : Double.NaN,
                hasSums ? sums.squaredWeightValues() : Double.NaN,
                hasSums ? sums.squaredWeightSquares() : Double.NaN,
                suppressed ? -1 : population.n(),
                suppressed ? Double.NaN : population.weights(),
                suppressed ? Double.NaN : coverage);
    }
}
