package io.tidemark.jobs.rules.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contracts.avro.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleParserTest {

    private static final String VALID =
            """
            id: too-many-errors
            description: Calls fail.
            kind: error
            severity: warning
            slices:
              levels: [all, tenant]
            test:
              type: sequential-rate
              measure: errors
              limit: 0.01
            runbook: docs/rules.md
            """;

    @ParameterizedTest
    @MethodSource("shipped")
    void everyRuleThatComesAlongIsValid(String file) throws InvalidRuleException {
        AlertRule rule = new RuleParser().parse(file, texts().get(file));
        assertThat(rule.runbook()).startsWith("alert-rules/");
    }

    static Set<String> shipped() {
        return texts().keySet();
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>(ShippedRules.texts());
        texts.putAll(ShippedRules.textsFor("recommender"));
        return texts;
    }

    @Test
    void whatIsNotSaidHasADefault() throws InvalidRuleException {
        AlertRule rule = parse(VALID);
        assertThat(rule.severity()).isEqualTo(Severity.WARNING);
        assertThat(rule.action()).isNull();
        assertThat(rule.sustain()).isZero();
        assertThat(rule.resolveAfter()).hasMinutes(5);
        assertThat(rule.roles()).extracting(Enum::name).containsExactlyInAnyOrder("PRODUCTION", "CANARY", "UNKNOWN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    severity: warning  | severity: page     | rules/too-many-errors.yaml, line 4, key 'severity': 'page' is not allowed; allowed are critical, warning, info
                    kind: error        | kind: fault        | rules/too-many-errors.yaml, line 3, key 'kind': 'fault' is not allowed; allowed are error, latency, cost, drift, quality, safety, capacity, no_data
                    limit: 0.01        | limit: 5           | rules/too-many-errors.yaml, line 10, key 'test.limit': '5' is not allowed; allowed is a number between 0 and 1
                    limit: 0.01        | limits: 0.01       | line 10, key 'test.limits': is no key of this place; allowed are alpha, confirm, limit, measure, minimum-requests, of, over, type
                    measure: errors    | measure: error     | line 9, key 'test.measure': 'error' is not allowed; allowed are errors, errors_4xx,
                    [all, tenant]      | [all, customer]    | line 6, key 'slices.levels': 'customer' is not allowed; allowed are tenant_version_intent,
                    sequential-rate    | mean               | line 8, key 'test.type': 'mean' is not allowed; allowed are sequential-rate, sustained-rate, burn-rate,
                    id: too-many-errors| id: other          | line 1, key 'id': 'other' is not allowed; allowed is the name of the file, 'too-many-errors'
                    runbook: docs/rules.md | sustain: 5m        | line 11, key 'sustain': '5m' is not allowed; allowed is a duration of at least PT0S in steps of PT10S, such as PT5M
                    measure: errors    | measure: ttft      | line 8, key 'test.over': is missing; a rate of 'ttft' needs the value that is too much
                    kind: error        | kind: [            | line 5: is no YAML
                    """)
    void aMistakeIsNamedWithFileLineKeyAndWhatIsAllowed(String right, String wrong, String message) {
        assertThatThrownBy(() -> parse(VALID.replace(right, wrong)))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageContaining(message);
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        InvalidRuleException refused = catchThrowableOfType(
                InvalidRuleException.class,
                () -> parse(
                        VALID.replace("warning", "page").replace("0.01", "2").replace("runbook", "run")));
        assertThat(refused.problems())
                .extracting(RuleProblem::key)
                .contains("severity", "test.limit", "runbook", "run");
    }

    @Test
    void anEmptyFileIsNoRule() {
        assertThatThrownBy(() -> parse("")).hasMessage("rules/too-many-errors.yaml: is empty");
    }

    @Test
    void theSchemaForEditorsKnowsTheSameKeysAndTests() throws IOException {
        JsonNode schema = schema();
        Map<String, Set<String>> ofSchema = new TreeMap<>();
        schema.at("/properties/test/oneOf")
                .forEach(test -> ofSchema.put(test.path("title").asText(), names(test.path("properties"))));
        Map<String, Set<String>> ofParser = new TreeMap<>();
        for (String type : TestTypes.names()) {
            ofParser.put(type, allowedKeys(type));
        }
        assertThat(ofSchema).isEqualTo(ofParser);
        assertThat(names(schema.path("properties")))
                .isEqualTo(keysNamedIn(refusal(VALID + "nonsense: 1\n", "nonsense")));
    }

    private static Set<String> allowedKeys(String type) {
        Set<String> keys = new TreeSet<>();
        // keys that exclude each other are asked for one after the other
        for (String variant : new String[] {"shape: sudden", "shape: gradual", "shape: sudden\n  above: 1"}) {
            String text =
                    VALID.replace("sequential-rate", type).replace("  limit: 0.01", "  nonsense: 1\n  " + variant);
            keys.addAll(keysNamedIn(refusal(text, "test.nonsense")));
        }
        return keys;
    }

    private static Set<String> keysNamedIn(String message) {
        return new TreeSet<>(
                Arrays.asList(message.replaceFirst(".*allowed are ", "").split(", ", -1)));
    }

    private static String refusal(String text, String key) {
        InvalidRuleException refused = catchThrowableOfType(InvalidRuleException.class, () -> parse(text));
        return refused.problems().stream()
                .filter(problem -> problem.key().equals(key))
                .findFirst()
                .orElseThrow()
                .message();
    }

    private static JsonNode schema() throws IOException {
        try (InputStream file = ShippedRules.class.getResourceAsStream("shipped/rule.schema.json")) {
            return new ObjectMapper().readTree(file);
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static AlertRule parse(String text) throws InvalidRuleException {
        return new RuleParser().parse("rules/too-many-errors.yaml", text);
    }
}
