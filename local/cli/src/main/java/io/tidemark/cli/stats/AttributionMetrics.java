package io.tidemark.cli.stats;

import io.tidemark.statistics.attribution.ComponentAttribution;
import io.tidemark.statistics.attribution.ComponentAttribution.GroupEffect;
import io.tidemark.statistics.attribution.Kitagawa;
import io.tidemark.statistics.attribution.MantelHaenszel;
import io.tidemark.statistics.attribution.VersionCell;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.error.InputChecks;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Where a change comes from. */
final class AttributionMetrics {

    private static final int TABLE_COLUMNS = 4;

    private AttributionMetrics() {}

    static List<Metric> all() {
        return List.of(
                Metric.of("cmh", AttributionMetrics::mantelHaenszel),
                Metric.of("kitagawa", AttributionMetrics::kitagawa),
                Metric.of("component_attribution", AttributionMetrics::components));
    }

    private static MetricOutputs mantelHaenszel(MetricInputs inputs) {
        List<TwoArmCounts> strata = Arrays.stream(inputs.wholeRows("tables"))
                .map(AttributionMetrics::stratum)
                .toList();
        MantelHaenszel.Comparison found = new MantelHaenszel().compare(strata);
        return new MetricOutputs()
                .number("or_mh", found.oddsRatio())
                .number("chi2_cmh_no_cc", found.chiSquare())
                .number("p_value", found.pValue())
                .number("risk_difference_mh", found.riskDifference())
                .number("crude_risk_difference", found.crudeRiskDifference());
    }

    private static TwoArmCounts stratum(long[] table) {
        InputChecks.sameLength("columns of a table", table.length, "expected columns", TABLE_COLUMNS);
        InputChecks.counts("table", table);
        return new TwoArmCounts(table[0], table[0] + table[1], table[2], table[2] + table[3]);
    }

    private static MetricOutputs kitagawa(MetricInputs inputs) {
        Kitagawa.Decomposition found = new Kitagawa()
                .decompose(inputs.numbers("w0"), inputs.numbers("r0"), inputs.numbers("w1"), inputs.numbers("r1"));
        return new MetricOutputs()
                .number("total", found.total())
                .number("mix_effect", found.mix())
                .number("rate_effect", found.rate())
                .numbers("rate_by_stratum", column(found.strata(), Kitagawa.Stratum::rate))
                .numbers("mix_by_stratum", column(found.strata(), Kitagawa.Stratum::mix));
    }

    private static MetricOutputs components(MetricInputs inputs) {
        List<String> components = inputs.texts("components");
        List<VersionCell> cells = Arrays.stream(inputs.wholeRows("cells"))
                .map(row -> cell(components.size(), row))
                .toList();
        ComponentAttribution.Attribution found = new ComponentAttribution(components).attribute(cells);
        return new MetricOutputs()
                .groups(
                        "groups",
                        found.effects().stream().map(GroupEffect::components).toList())
                .numbers("effects", column(found.effects(), GroupEffect::effect))
                .numbers("standard_errors", column(found.effects(), GroupEffect::standardError))
                .numbers("z", column(found.effects(), GroupEffect::z))
                .number("intercept", found.intercept());
    }

    private static VersionCell cell(int components, long[] row) {
        InputChecks.sameLength("columns of a cell", row.length, "components and two counts", components + 2);
        List<Boolean> changed = IntStream.range(0, components)
                .mapToObj(i -> InputChecks.between("flag", row[i], 0, 1) == 1)
                .toList();
        return VersionCell.of(changed, BinomialCounts.of(row[components + 1], row[components]));
    }

    private static <T> double[] column(List<T> rows, ToDoubleFunction<T> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
