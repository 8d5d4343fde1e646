package io.tidemark.jobs.embedding.drift;

import io.tidemark.jobs.drift.Comparison;
import io.tidemark.statistics.distance.kernel.FourierContrast;
import io.tidemark.statistics.distance.kernel.HallBuckleyEagleson;
import java.util.LinkedHashMap;
import java.util.Map;

/** Samples of texts with the factors by which they are set against one another. */
final class Contrast {

    private final Map<TextTotals, Double> factors = new LinkedHashMap<>();

    /** Adds a factor of a sample; factors of one sample add up. */
    void add(double factor, TextTotals totals) {
        factors.merge(totals, factor, Double::sum);
    }

    void addAll(double factor, Contrast other) {
        other.factors.forEach((totals, each) -> add(factor * each, totals));
    }

    /**
     * The size of the move over all texts; the statistic and its significance over distinct ones.
     *
     * @param nullLaw of the baseline
     */
    Comparison compare(HallBuckleyEagleson nullLaw) {
        FourierContrast distinct = over(true);
        double all = over(false).discrepancy();
        double probability = nullLaw.forScale(distinct.scale()).pValue(distinct.discrepancy());
        return new Comparison(distinct.discrepancy(), all, probability);
    }

    /** The contrast of all texts. */
    FourierContrast overAll() {
        return over(false);
    }

    private FourierContrast over(boolean distinct) {
        FourierContrast contrast = null;
        for (Map.Entry<TextTotals, Double> each : factors.entrySet()) {
            var sums = distinct ? each.getKey().distinct() : each.getKey().all();
            if (contrast == null) {
                contrast = new FourierContrast(sums.sums().length);
            }
            if (each.getValue() != 0 && sums.count() > 1) {
                contrast.add(each.getValue(), sums);
            }
        }
        return contrast;
    }
}
