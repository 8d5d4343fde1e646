package io.tidemark.ingest.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.Trace;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BlankTraceTest {

    /** Avro's own builder reads the defaults of nested records, which it does for trusted classes only. */
    @BeforeAll
    static void trustTheContracts() {
        String contracts = Trace.class.getPackageName();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), type -> type.getPackageName()
                        .equals(contracts)));
    }

    @Test
    void itHoldsTheDefaultsOfTheSchema() {
        assertThat(BlankTrace.create()).isEqualTo(Trace.newBuilder().build());
        assertThat(BlankTrace.createSpan()).isEqualTo(Span.newBuilder().build());
    }
}
