package io.tidemark.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CohenKappaTest {

    @Test
    void handComputedValue() { // agreement 35/50, chance 0.5 * 0.6 + 0.5 * 0.4
        CohenKappa kappa = CohenKappa.of(new long[][] {{20, 5}, {10, 15}});

        assertThat(kappa.agreement()).isEqualTo(0.7);
        assertThat(kappa.kappa()).isCloseTo(0.4, within(1e-12));
        assertThat(kappa.standardError()).isCloseTo(Math.sqrt(0.7 * 0.3 / 50) / 0.5, within(1e-12));
    }

    @Test
    void agreementThatCouldNotFailSaysNothing() {
        assertThatThrownBy(() -> CohenKappa.of(new long[][] {{9, 0}, {0, 0}})).hasMessageContaining("one answer only");
    }
}
