package io.tidemark.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shared scenarios under all rules that come along. */
class ScenarioTest {

    private static final long CHANGE_SECONDS = 1_800;

    @Test
    void aTenantWhoseErrorRateRisesIsNamedInFiveMinutesAndNobodyElse() throws Exception {
        List<Signal> alerts = explainingThemselves("s1_domain_switch_one_tenant");

        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.getSlice().getTenant()).isEqualTo("tenant-a");
            assertThat(alert.getSlice().getVersion().getPrompt()).endsWith("p8");
            assertThat(alert.getRuleId()).isEqualTo("error-rate");
        });
        Signal first = alerts.get(0);
        assertThat(first.getEventTime().getEpochSecond()).isBetween(CHANGE_SECONDS, CHANGE_SECONDS + 300);
        assertThat(first.getOnsetTime().getEpochSecond()).isBetween(CHANGE_SECONDS - 60, CHANGE_SECONDS + 60);
        assertThat(first.getEvidence().get(0).getEValue()).isGreaterThan(100);
        assertThat(alerts).extracting(Signal::getOnsetTime).containsOnly(first.getOnsetTime());
    }

    @Test
    void aChangeOfTheTextsAloneIsNoBreach() throws Exception {
        assertThat(explainingThemselves("s2_partial_oos_mix")).isEmpty();
    }

    private static List<Signal> explainingThemselves(String scenario) throws Exception {
        ScenarioPanes panes = ScenarioPanes.read(scenario);
        try (RulesRun run = RulesRun.shipped()) {
            panes.replay(run);
            return run.signals().stream()
                    .filter(signal -> signal.getParent() == null && signal.getBreached())
                    .toList();
        }
    }
}
