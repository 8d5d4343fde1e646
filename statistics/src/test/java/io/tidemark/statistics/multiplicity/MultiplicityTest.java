package io.tidemark.statistics.multiplicity;

import static io.tidemark.statistics.error.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MultiplicityTest {

    static List<DiscoveryRule> rules() {
        return List.of(new BenjaminiHochberg(), new EvidenceBenjaminiHochberg());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void nothingTestedIsNothingFound(DiscoveryRule rule) {
        assertThat(rule.discoveries(new double[0], 0.05)).isEmpty();
        assertThat(rule.id()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void badEvidenceIsRefused(DiscoveryRule rule) {
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> rule.discoveries(new double[] {Double.NaN}, 0.05));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> rule.discoveries(new double[] {-0.1}, 0.05));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> rule.discoveries(new double[] {0.5}, 0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> rule.discoveries(new double[] {0.5}, 1));
    }

    @Test
    void benjaminiHochbergStepsUp() {
        double[] p = {0.04, 0.01, 0.9, 0.03, 0.04};
        // sorted 0.01, 0.03, 0.04, 0.04, 0.9 against 0.01, 0.02, 0.03, 0.04, 0.05: the fourth holds
        assertThat(new BenjaminiHochberg().discoveries(p, 0.05)).containsExactly(0, 1, 3, 4);
        assertThat(BenjaminiHochberg.adjusted(p))
                .containsExactly(new double[] {0.05, 0.05, 0.9, 0.05, 0.05}, within(1e-15));
        assertThat(new BenjaminiHochberg().discoveries(new double[] {0, 1}, 0.05))
                .containsExactly(0);
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> BenjaminiHochberg.adjusted(new double[] {1.1}));
    }

    @Test
    void evidenceStepsUpTheSameWay() {
        EvidenceBenjaminiHochberg rule = new EvidenceBenjaminiHochberg();
        double[] e = {2, 410, 0.3, 95, 85, 1.1, 0, 12};
        // 8 / 0.05 = 160: 410, 2 * 95, 3 * 85 reach it, 4 * 12 does not
        assertThat(rule.discoveries(e, 0.05)).containsExactly(1, 3, 4);
        assertThat(rule.discoveriesOfLogs(Arrays.stream(e).map(Math::log).toArray(), 0.05))
                .containsExactly(1, 3, 4);
        assertThat(rule.discoveries(new double[] {20}, 0.05)).containsExactly(0);
        assertThat(rule.discoveries(new double[] {19.9}, 0.05)).isEmpty();
        assertThat(rule.discoveries(new double[] {0, 0}, 0.05)).isEmpty();
    }

    @Test
    void logsReachWhereEvidenceOverflows() {
        EvidenceBenjaminiHochberg rule = new EvidenceBenjaminiHochberg();
        assertThat(rule.discoveriesOfLogs(new double[] {3764, Double.NEGATIVE_INFINITY}, 0.05))
                .containsExactly(0);
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> rule.discoveriesOfLogs(new double[] {Double.NaN}, 0.05));
        assertRefused(
                ErrorCode.NON_FINITE_INPUT,
                () -> rule.discoveriesOfLogs(new double[] {Double.POSITIVE_INFINITY}, 0.05));
    }

    @Test
    void lordSpendsItsWealthAndEarnsWithDiscoveries() {
        LordPlusPlus method = new LordPlusPlus(0.05, 0.02);
        double g = 6 / (Math.PI * Math.PI);
        List<LordPlusPlus.Decision> decisions = method.decideAll(new double[] {0.001, 0.001, 0.5});
        assertThat(decisions.get(0).level()).isCloseTo(g * 0.02, within(1e-15));
        assertThat(decisions.get(1).level()).isCloseTo(g * 0.02 / 4 + g * 0.03, within(1e-15));
        assertThat(decisions.get(2).level()).isCloseTo(g * 0.02 / 9 + g * 0.03 / 4 + g * 0.05, within(1e-15));
        assertThat(decisions).extracting(LordPlusPlus.Decision::rejected).containsExactly(true, true, false);
        assertThat(decisions.get(2).state()).isEqualTo(new LordPlusPlus.State(3, new long[] {1, 2}));
        assertThat(decisions.get(2).state())
                .hasSameHashCodeAs(new LordPlusPlus.State(3, new long[] {1, 2}))
                .isNotEqualTo(LordPlusPlus.State.start());
    }

    @Test
    void badSettingsAndValuesOfLordAreRefused() {
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new LordPlusPlus(0, 0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new LordPlusPlus(0.05, 0.06));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new LordPlusPlus(0.05, 0));
        LordPlusPlus method = new LordPlusPlus(0.05, 0.05);
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> method.decide(LordPlusPlus.State.start(), 1.5));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> method.decideAll(new double[] {Double.NaN}));
    }
}
