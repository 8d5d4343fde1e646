package io.tidemark.stack.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class CompatibilityLevelTest {

    private static final Schema A =
            SchemaBuilder.record("R").fields().requiredLong("a").endRecord();
    private static final Schema A_AND_B = SchemaBuilder.record("R")
            .fields()
            .requiredLong("a")
            .requiredLong("b")
            .endRecord();
    private static final Schema A_AND_OPTIONAL_B = SchemaBuilder.record("R")
            .fields()
            .requiredLong("a")
            .optionalLong("b")
            .endRecord();

    @Test
    void aMandatoryFieldMayBeAddedForwardOnly() {
        assertThat(CompatibilityLevel.FORWARD.objections(A_AND_B, List.of(A))).isEmpty();
        assertThat(CompatibilityLevel.BACKWARD.objections(A_AND_B, List.of(A)))
                .singleElement()
                .asString()
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(CompatibilityLevel.FULL.objections(A_AND_B, List.of(A))).hasSize(1);
        assertThat(CompatibilityLevel.NONE.objections(A_AND_B, List.of(A))).isEmpty();
    }

    @Test
    void aMandatoryFieldMayBeRemovedBackwardOnly() {
        assertThat(CompatibilityLevel.BACKWARD.objections(A, List.of(A_AND_B))).isEmpty();
        assertThat(CompatibilityLevel.FORWARD.objections(A, List.of(A_AND_B))).hasSize(1);
    }

    @Test
    void onlyTransitiveLevelsLookBeyondTheLatestVersion() {
        List<Schema> earlier = List.of(A_AND_B, A_AND_OPTIONAL_B);
        assertThat(CompatibilityLevel.FULL.objections(A, earlier)).isEmpty();
        assertThat(CompatibilityLevel.FULL_TRANSITIVE.objections(A, earlier)).hasSize(1);
    }

    @Test
    void theFirstSchemaIsAlwaysWelcome() {
        assertThat(CompatibilityLevel.FULL_TRANSITIVE.objections(A, List.of())).isEmpty();
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> CompatibilityLevel.parse("SIDEWAYS"))
                .isInstanceOfSatisfying(RegistryError.class, error -> {
                    assertThat(error.code()).isEqualTo(42203);
                    assertThat(error.status()).isEqualTo(422);
                });
    }
}
