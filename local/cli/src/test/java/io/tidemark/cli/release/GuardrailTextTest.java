package io.tidemark.cli.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Guardrail;
import org.junit.jupiter.api.Test;

class GuardrailTextTest {

    @Test
    void theToleranceSaysWhetherItIsRelativeAbsoluteOrALimit() {
        Guardrail relative = GuardrailText.parse("errors,relative=0.1,weight=0.3,min=100");
        assertThat(relative.getRelative()).isTrue();
        assertThat(relative.getTolerance()).isEqualTo(0.1);
        assertThat(relative.getAlphaWeight()).isEqualTo(0.3);
        assertThat(relative.getMinimumCount()).isEqualTo(100);
        assertThat(GuardrailText.parse("errors,absolute=0.005").getRelative()).isFalse();
        assertThat(GuardrailText.parse("errors,limit=0.01").getLimit()).isEqualTo(0.01);
    }

    @Test
    void faultsNameTheKeyAndWhatIsAllowed() {
        assertThatThrownBy(() -> GuardrailText.parse("errors"))
                .hasMessageStartingWith("--guardrail 'errors' must say its tolerance");
        assertThatThrownBy(() -> GuardrailText.parse("errors,tolerance=1"))
                .hasMessageContaining("unknown key 'tolerance'; keys are relative, absolute, limit, weight, min");
        assertThatThrownBy(() -> GuardrailText.parse("errors,relative=much"))
                .hasMessageContaining("'relative=much' must look like key=number");
    }

    @Test
    void aCandidateTakesWhatItDoesNotNameFromTheControl() {
        VersionTuple control = TupleText.parse("--control", "base_model=m1,prompt=p8", VersionTuple.unknown());
        VersionTuple candidate = TupleText.parse("--candidate", "prompt=p9,eval_pass=e2", control);
        assertThat(TupleText.text(candidate)).isEqualTo("base_model=m1,prompt=p9,eval_pass=e2");
        assertThatThrownBy(() -> TupleText.parse("--control", "model=m1", VersionTuple.unknown()))
                .hasMessageContaining("'model=m1' must look like component=value; components are [base_model");
    }
}
