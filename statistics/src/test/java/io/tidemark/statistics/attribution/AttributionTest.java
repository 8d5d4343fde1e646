package io.tidemark.statistics.attribution;

import static io.tidemark.statistics.sequential.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.attribution.ComponentAttribution.Attribution;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttributionTest {

    private final ComponentAttribution components = new ComponentAttribution(List.of("model", "prompt", "index"));

    @Test
    void aDifferenceOfTwoCellsIsTheDifferenceOfTheirRates() {
        Attribution found = components.attribute(
                List.of(cell("", 1_000, 10, false, false, false), cell("", 500, 20, false, true, false)));
        assertThat(found.effects()).hasSize(1);
        assertThat(found.effects().get(0).components()).containsExactly("prompt");
        assertThat(found.effects().get(0).effect()).isCloseTo(0.03, within(1e-12));
        assertThat(found.intercept()).isCloseTo(0.01, within(1e-12));
        double pooled = 0.02;
        double error = Math.sqrt(pooled * (1 - pooled) * (1 / 1_000.0 + 1 / 500.0));
        assertThat(found.effects().get(0).standardError()).isCloseTo(error, within(1e-12));
        assertThat(found.effects().get(0).z()).isCloseTo(0.03 / error, within(1e-9));
    }

    @Test
    void componentsThatChangedTogetherAreOneGroup() {
        Attribution found = components.attribute(List.of(
                cell("", 1_000, 10, false, false, false),
                cell("", 500, 20, true, true, false),
                cell("", 500, 5, false, false, true)));
        assertThat(found.effects().get(0).components()).containsExactly("model", "prompt");
        assertThat(found.effects().get(1).components()).containsExactly("index");
    }

    @Test
    void effectsThatCannotBeSeparatedAreNotGuessed() {
        List<VersionCell> overlapping = List.of(
                cell("", 1_000, 10, false, false, true),
                cell("", 500, 20, true, false, false),
                cell("", 500, 9, false, true, false));
        assertRefused(ErrorCode.NOT_IDENTIFIABLE, () -> components.attribute(overlapping));
        List<VersionCell> tenantIsTheComponent =
                List.of(cell("a", 1_000, 10, false, false, false), cell("b", 500, 20, true, false, false));
        assertRefused(ErrorCode.NOT_IDENTIFIABLE, () -> components.attribute(tenantIsTheComponent));
    }

    @Test
    void strataTakeOutTheDifferenceOfTenants() {
        Attribution found = components.attribute(List.of(
                cell("a", 1_000, 10, false, false, false),
                cell("a", 100, 2, true, false, false),
                cell("b", 200, 40, false, false, false),
                cell("b", 3_000, 630, true, false, false)));
        assertThat(found.effects()).hasSize(1);
        assertThat(found.effects().get(0).effect()).isCloseTo(0.01, within(1e-10));
        assertThat(found.intercept()).isCloseTo(0.01, within(1e-10));
    }

    @Test
    void partsOfCellsMayComeInAnyOrder() {
        List<VersionCell> parts = new ArrayList<>(List.of(
                cell("", 400, 4, false, false, false),
                cell("", 250, 9, false, true, false),
                cell("", 600, 6, false, false, false),
                cell("", 250, 11, false, true, false),
                cell("", 0, 0, true, false, false)));
        double effect = components.attribute(parts).effects().get(0).effect();
        assertThat(effect).isCloseTo(0.03, within(1e-12));
        Collections.reverse(parts);
        assertThat(components.attribute(parts).effects().get(0).effect()).isCloseTo(effect, within(1e-12));
    }

    @Test
    void trillionsOfUnitsKeepTheirDigits() {
        long n = 1_000_000_000_000L;
        Attribution found = components.attribute(
                List.of(cell("", n, n / 50, false, false, false), cell("", n, n / 50 + 1_000_000, true, false, false)));
        assertThat(found.effects().get(0).effect()).isCloseTo(1e-6, within(1e-13));
    }

    @Test
    void mixAndRateAddUp() {
        Kitagawa.Decomposition found = new Kitagawa()
                .decompose(new double[] {3, 1}, new double[] {0.1, 0.5}, new double[] {1, 1}, new double[] {0.2, 0.5});
        assertThat(found.total()).isCloseTo(0.35 - 0.2, within(1e-12));
        assertThat(found.mix()).isCloseTo(-0.25 * 0.15 + 0.25 * 0.5, within(1e-12));
        assertThat(found.rate()).isCloseTo(0.1 * 0.625, within(1e-12));
        assertThat(found.strata()).hasSize(2);
    }

    @Test
    void oneStratumOfMantelHaenszelIsAPlainComparison() {
        MantelHaenszel.Comparison found = new MantelHaenszel()
                .compare(List.of(new TwoArmCounts(20, 100, 10, 100), new TwoArmCounts(3, 10, 0, 0)));
        assertThat(found.oddsRatio()).isCloseTo(20.0 * 90 / (80 * 10), within(1e-12));
        assertThat(found.riskDifference()).isCloseTo(0.1, within(1e-12));
        assertThat(found.crudeRiskDifference()).isCloseTo(23 / 110.0 - 0.1, within(1e-12));
        // (20 - 15)^2 / (100 * 100 * 30 * 170 / (200^2 * 199))
        assertThat(found.chiSquare()).isCloseTo(25 / (5.1e7 / (4e4 * 199)), within(1e-12));
    }

    @Test
    void badInputIsRefused() {
        MantelHaenszel test = new MantelHaenszel();
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> test.compare(List.of()));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> test.compare(List.of(new TwoArmCounts(1, 5, 0, 0))));
        assertRefused(ErrorCode.DEGENERATE_VARIANCE, () -> test.compare(List.of(new TwoArmCounts(0, 5, 0, 5))));
        Kitagawa kitagawa = new Kitagawa();
        double[] one = {1};
        double[] half = {0.5};
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> kitagawa.decompose(one, half, new double[] {1, 1}, half));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> kitagawa.decompose(new double[] {0}, half, one, half));
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> kitagawa.decompose(new double[] {-1}, half, one, half));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> kitagawa.decompose(one, new double[] {2}, one, half));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> kitagawa.decompose(one, half, one, new double[] {Double.NaN}));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> components.attribute(List.of(cell("", 10, 1, true))));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> components.attribute(List.of()));
        assertRefused(
                ErrorCode.DEGENERATE_VARIANCE,
                () -> components.attribute(
                        List.of(cell("", 10, 0, true, false, false), cell("", 10, 0, false, false, false))));
    }

    private static VersionCell cell(String stratum, long units, long bad, Boolean... changed) {
        return new VersionCell(stratum, List.of(changed), BinomialCounts.of(bad, units));
    }
}
