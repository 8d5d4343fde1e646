package io.tidemark.jobs.judging.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.outcome.OutcomeCatalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {

    /** A template that is changed gets a new version: scores of two texts under one name could not be told apart. */
    private static final Map<String, String> RELEASED = Map.of(
            "answer-quality@1", "3ef345ef7fc9719caab9a8f87d8ca02b",
            "grounded-answer@1", "f49d82f2855507918656ba805da26083");

    @Test
    void releasedTemplatesDoNotChange() {
        assertThat(RELEASED.keySet()).containsExactlyInAnyOrderElementsOf(PromptTemplate.IDS);
        RELEASED.forEach(
                (id, hash) -> assertThat(AlertIds.hash(PromptTemplate.load(id).toString()))
                        .as(id)
                        .isEqualTo(hash));
    }

    @Test
    void everyScoreThatIsAskedForIsMeasured() {
        PromptTemplate.IDS.forEach(id -> {
            PromptTemplate template = PromptTemplate.load(id);
            assertThat(template.scores())
                    .isNotEmpty()
                    .allMatch(score -> OutcomeCatalogue.outcome(score) != null)
                    .allMatch(score -> template.system().contains("\"" + score + "\": 0.00"));
            assertThat(template.user().contains("{{context}}")).isEqualTo(template.needsContext());
        });
    }

    @Test
    void anUnknownTemplateIsRefused() {
        assertThatThrownBy(() -> PromptTemplate.load("praise@1"))
                .hasMessage("there is no prompt template 'praise@1', only [answer-quality@1, grounded-answer@1]");
    }
}
