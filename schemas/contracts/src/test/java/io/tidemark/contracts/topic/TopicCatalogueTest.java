package io.tidemark.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {

    @Test
    void namesAreUniqueAndCarryTheirMajorVersion() {
        Set<String> names = new HashSet<>();
        for (Topic topic : TopicCatalogue.all()) {
            assertThat(names.add(topic.name())).as(topic.name()).isTrue();
            assertThat(topic.name()).matches("tidemark\\.[a-z]+\\.v1");
            assertThat(topic.partitions()).isPositive();
            assertThat(topic.retention()).isPositive();
        }
    }

    @Test
    void everyTopicWithASchemaHasADeadLetterTopicThatIsKeptAsLong() {
        assertThat(TopicCatalogue.deadLetters())
                .extracting(Topic::name)
                .containsExactlyElementsOf(TopicCatalogue.withSchema().stream()
                        .map(Topic::deadLetterName)
                        .toList());
        assertThat(TopicCatalogue.deadLetters().get(0).retention()).isEqualTo(TopicCatalogue.TRACES.retention());
    }

    @Test
    void aRunHasTopicsOfItsOwn() {
        assertThat(TopicCatalogue.TRACES.nameInRun("")).isEqualTo("tidemark.traces.v1");
        assertThat(TopicCatalogue.TRACES.nameInRun("r1")).isEqualTo("tidemark.traces.v1.r1");
        assertThat(TopicCatalogue.TRACES.subject()).isEqualTo("tidemark.traces.v1-value");
    }
}
