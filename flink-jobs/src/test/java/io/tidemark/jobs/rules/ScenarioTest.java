package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shared scenarios under the rules that come along. */
class ScenarioTest {

    private static final long CHANGE_SECONDS = 1_800;

    @Test
    void aTenantWhoseErrorRateRisesIsNamedInFiveMinutesAndNobodyElse() throws Exception {
        List<Signal> told = signals("s1_domain_switch_one_tenant");
        for (Signal s : told)
            System.err.println(s.getBreached() + " " + s.getRuleId() + " " + SliceName.text(s.getSlice()) + " "
                    + (s.getSlice().getVersion() == null
                            ? ""
                            : s.getSlice().getVersion().getPrompt()) + " @"
                    + s.getEventTime().getEpochSecond() + " onset "
                    + s.getOnsetTime().getEpochSecond() + " parent "
                    + (s.getParent() == null ? "-" : SliceName.text(s.getParent())) + " " + s.getSummary() + " "
                    + s.getEvidence().get(0).getEValue());
    }

    @Test
    void aChangeOfTheTextsAloneIsNoBreach() throws Exception {
        List<Signal> told = signals("s2_partial_oos_mix");
        for (Signal s : told)
            System.err.println("S2 " + s.getBreached() + " " + s.getRuleId() + " " + SliceName.text(s.getSlice())
                    + s.getSummary());
    }

    private static List<Signal> signals(String scenario) throws Exception {
        ScenarioPanes panes = ScenarioPanes.read(scenario);
        try (RulesRun run = RulesRun.shipped()) {
            panes.replay(run);
            return run.signals();
        }
    }
}
