package io.tidemark.jobs.rules.evaluation;

import io.tidemark.contracts.avro.Distribution;
import io.tidemark.contracts.measure.Measure;
import io.tidemark.contracts.measure.MeasureCatalog;
import io.tidemark.statistics.histogram.LogHistogram;
import java.util.Locale;

/** One number about the values of a measure in a pane, in the unit of the measure. */
public enum Statistic {
    MEAN,
    P50,
    P95,
    P99;

    private static final double[] QUANTILES = {Double.NaN, 0.50, 0.95, 0.99};

    /** Its name in rules. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The number; NaN when no value is known. */
    double of(String measure, Distribution values) {
        if (values == null || values.getKnown() == 0) {
            return Double.NaN;
        }
        if (this == MEAN) {
            Measure declared = MeasureCatalog.named(measure);
            return values.getSum() / (double) values.getKnown() / declared.scale();
        }
        return histogram(values).quantile(QUANTILES[ordinal()]).orElse(Double.NaN);
    }

    /** The histogram of a distribution as rows carry it. */
    static LogHistogram histogram(Distribution values) {
        int[] indexes = values.getIndexes().stream().mapToInt(Integer::intValue).toArray();
        long[] counts = values.getCounts().stream().mapToLong(Long::longValue).toArray();
        return new LogHistogram(indexes, counts);
    }
}
