package io.tidemark.ingest.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeValidatorTest {

    private final OutcomeValidator validator = new OutcomeValidator(TraceLimits.DEFAULT);

    @Test
    void anOutcomeThatKeepsItsContractHasNoViolation() {
        assertThat(violations(outcome("thumbs", null, "down"))).isEmpty();
        assertThat(violations(outcome("thumbs", 1.0, null))).isEmpty();
        assertThat(violations(outcome("csat", 5.0, null))).isEmpty();
        assertThat(violations(outcome("label", null, "refund"))).isEmpty();
        assertThat(violations(outcome("ranking", null, "3,0,2|1"))).isEmpty();
        assertThat(violations(outcome("house_rule", -7.0, null))).isEmpty();
    }

    @Test
    void aValueThatIsNotAllowedIsNamedWithWhatIs() {
        assertThat(violations(outcome("csat", 6.0, null)))
                .containsExactly("value = '6.0' of csat must be a value in [1, 5]");
        assertThat(violations(outcome("faithfulness", null, "high")))
                .containsExactly("label = 'high' of faithfulness must be a value in [0, 1]");
        assertThat(violations(outcome("thumbs", null, "meh")))
                .containsExactly("label = 'meh' of thumbs must be the value 0 or 1, or one of the labels "
                        + "[down, fail, false, negative, no, pass, positive, true, up, yes]");
        assertThat(violations(outcome("label", 1.0, null)))
                .containsExactly("value = '1.0' of label must be a label that is not empty");
        assertThat(violations(outcome("ranking", null, "first")))
                .containsExactly(
                        "label = 'first' of ranking must be a label with the grades in the order shown, for example"
                                + " 3,0,2|1");
        assertThat(violations(outcome("house_rule", Double.NaN, null)))
                .containsExactly("value = 'NaN' must be a finite number");
        assertThat(violations(outcome("house_rule", null, null)))
                .containsExactly("value = 'null' must be set where label is not");
    }

    @Test
    void anOutcomeIsAboutATraceASessionOrASlice() {
        Outcome outcome = outcome("thumbs", 1.0, null);
        outcome.setTraceId("");
        assertThat(violations(outcome))
                .containsExactly("trace_id = '' must be set where neither session_id nor version is");
        outcome.setSessionId("session-1");
        assertThat(violations(outcome)).isEmpty();
        outcome.setSessionId(null);
        outcome.setVersion(VersionTuple.unknown().toAvro());
        assertThat(violations(outcome)).isEmpty();
        outcome.getVersion().setPrompt("");
        assertThat(violations(outcome)).containsExactly("version.prompt = '' must not be empty");
    }

    @Test
    void everyFieldIsLookedAt() {
        Outcome outcome = outcome("", 1.0, null);
        outcome.setTenant("a\nb");
        outcome.setCostNanoUsd(-1L);
        outcome.setEventTime(Instant.EPOCH);
        outcome.setObservedTime(Instant.EPOCH);
        outcome.setSource(null);
        outcome.setExplanation("x".repeat(5_000));
        outcome.setAttributes(Map.of("k", "v".repeat(5_000)));
        assertThat(violations(outcome))
                .containsExactly(
                        "tenant = 'a?b' must have no control character, has one at index 1",
                        "name = '' must not be empty",
                        "source = 'null' must be set",
                        "explanation = '5000 bytes' must have at most 4096 bytes in UTF-8",
                        "cost_nano_usd = '-1' must be >= 0",
                        "event_time = '1970-01-01T00:00:00Z' must lie after 1970-01-01T00:00:00Z",
                        "observed_time = '1970-01-01T00:00:00Z' must lie after 1970-01-01T00:00:00Z",
                        "attributes.k = '5000 bytes' must have at most 4096 bytes in UTF-8");
    }

    private List<String> violations(Outcome outcome) {
        return validator.violations(outcome).stream().map(Violation::message).toList();
    }

    private static Outcome outcome(String name, Double value, String label) {
        Outcome outcome = BlankOutcome.create();
        outcome.setTenant("acme");
        outcome.setTraceId("t-1");
        outcome.setName(name);
        outcome.setValue(value);
        outcome.setLabel(label);
        outcome.setEventTime(Instant.parse("2026-01-01T00:00:00Z"));
        outcome.setObservedTime(Instant.parse("2026-01-02T00:00:00Z"));
        return outcome;
    }
}
