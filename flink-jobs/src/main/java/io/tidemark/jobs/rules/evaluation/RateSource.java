package io.tidemark.jobs.rules.evaluation;

import io.tidemark.contracts.avro.Distribution;
import io.tidemark.contracts.avro.Total;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.measure.MeasureCatalog;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.histogram.LogGrid;
import java.util.List;

/**
 * What a rule about a rate counts: the calls of a measure, among those for which it is known; or the calls whose value is
 * over a threshold.
 *
 * @param measure name in the catalogue
 * @param of name of the measure that holds the units, where they are not calls: tool errors of tool calls; else null
 * @param over threshold in the unit of the measure; null for measures that count
 */
public record RateSource(String measure, String of, Double over) {

    /** Bad and good units of a pane; none when it is unknown. */
    public BinomialCounts count(WindowRow row) {
        return over == null ? counted(row) : exceeding(row.getDistributions().get(measure));
    }

    private BinomialCounts counted(WindowRow row) {
        Total bad = row.getTotals().get(measure);
        long units = units(row, bad);
        long failures = bad == null ? 0 : bad.getValue();
        return units <= 0 ? BinomialCounts.NONE : BinomialCounts.of(Math.min(failures, units), units);
    }

    private long units(WindowRow row, Total bad) {
        if (of != null) {
            Total units = row.getTotals().get(of);
            return bad == null || units == null ? 0 : units.getValue();
        }
        if (bad != null) {
            return bad.getKnown();
        }
        return MeasureCatalog.named(measure).nullable() ? 0 : row.getRequests();
    }

    private BinomialCounts exceeding(Distribution values) {
        if (values == null || values.getKnown() == 0) {
            return BinomialCounts.NONE;
        }
        int threshold = LogGrid.index(over);
        List<Integer> indexes = values.getIndexes();
        long exceeding = 0;
        for (int i = indexes.size() - 1; i >= 0 && indexes.get(i) > threshold; i--) {
            exceeding += values.getCounts().get(i);
        }
        return BinomialCounts.of(Math.min(exceeding, values.getKnown()), values.getKnown());
    }
}
