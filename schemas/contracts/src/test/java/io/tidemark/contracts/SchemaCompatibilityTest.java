package io.tidemark.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every schema must read, and be readable by, every released version of itself. Released versions lie in {@code
 * released/<topic>/<n>.avsc}; a release adds files there and never changes one.
 */
class SchemaCompatibilityTest {

    private static final Path RELEASED = Path.of("released");

    static List<Topic> topics() {
        return TopicCatalogue.withSchema();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theSchemaIsFullyCompatibleWithEveryReleasedVersion(Topic topic) throws IOException {
        List<Path> released = releasedVersions(topic);
        assertThat(released).as("released versions of %s", topic.name()).isNotEmpty();
        Schema current = topic.schema().orElseThrow();
        for (Path file : released) {
            Schema old = new SchemaParser().parse(file).mainSchema();
            assertThat(problem(current, old)).as("new reader, writer %s", file).isEmpty();
            assertThat(problem(old, current)).as("reader %s, new writer", file).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyFieldAndEveryEnumHasADefault(Topic topic) {
        List<String> missing = new ArrayList<>();
        collectMissingDefaults(topic.schema().orElseThrow(), missing);
        assertThat(missing).isEmpty();
    }

    @Test
    void aChangedTypeWouldBeFound() {
        Schema current = TopicCatalogue.TRACES.schema().orElseThrow();
        String broken =
                current.toString().replace("{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}", "\"boolean\"");
        assertThat(problem(
                        new Schema.Parser(NameValidator.UTF_VALIDATOR)
                                .setValidateDefaults(false)
                                .parse(broken),
                        current))
                .contains("TYPE_MISMATCH");
    }

    private static List<Path> releasedVersions(Topic topic) throws IOException {
        try (Stream<Path> files = Files.list(RELEASED.resolve(topic.name()))) {
            return files.sorted().toList();
        }
    }

    private static String problem(Schema reader, Schema writer) {
        SchemaCompatibility.SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        return pair.getType() == SchemaCompatibilityType.COMPATIBLE
                ? ""
                : pair.getResult().getIncompatibilities().toString();
    }

    private static void collectMissingDefaults(Schema schema, List<String> missing) {
        switch (schema.getType()) {
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    if (!field.hasDefaultValue()) {
                        missing.add(schema.getName() + "." + field.name());
                    }
                    collectMissingDefaults(field.schema(), missing);
                }
            }
            case ENUM -> {
                if (schema.getEnumDefault() == null) {
                    missing.add(schema.getName());
                }
            }
            case UNION -> schema.getTypes().forEach(each -> collectMissingDefaults(each, missing));
            case ARRAY -> collectMissingDefaults(schema.getElementType(), missing);
            case MAP -> collectMissingDefaults(schema.getValueType(), missing);
            default -> {
                // a primitive has nothing to check
            }
        }
    }
}
