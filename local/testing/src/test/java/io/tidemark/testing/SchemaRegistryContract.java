package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.IncompatibleSchemaException;
import io.tidemark.registry.UnknownSchemaException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.RestService;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What Tidemark needs of a schema registry, asked through the client of Confluent. A registry is right when its subclass passes.
 */
abstract class SchemaRegistryContract {

    private static final String FIRST = record("{\"name\":\"a\",\"type\":\"string\"}");
    private static final String OPTIONAL_ADDED = record(
            "{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":[\"null\",\"long\"],\"default\":null}");
    private static final String MANDATORY_ADDED =
            record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"long\"}");
    private static final int UNKNOWN_ID = 2_000_000;

    private String subject;
    private RestService rest;

    /** URL of the registry under test. */
    abstract String url();

    @BeforeEach
    void freshSubject() throws Exception {
        subject = "contract-" + UUID.randomUUID() + "-value";
        rest = new RestService(url());
        rest.updateCompatibility("FULL_TRANSITIVE", subject);
    }

    @Test
    void registeringTwiceGivesOneIdAndOneVersion() throws Exception {
        int id = rest.registerSchema(FIRST, subject);
        assertThat(rest.registerSchema(FIRST, subject)).isEqualTo(id);
        assertThat(rest.getAllVersions(subject)).containsExactly(1);
        assertThat(schema(rest.getId(id).getSchemaString())).isEqualTo(schema(FIRST));
    }

    @Test
    void tidemarksOwnClientRegistersAndReadsBack() {
        ConfluentSchemaRegistry registry = new ConfluentSchemaRegistry(url(), Map.of());
        int id = registry.register(subject, schema(FIRST));
        assertThat(new ConfluentSchemaRegistry(url(), Map.of()).schemaById(id)).isEqualTo(schema(FIRST));
        assertThatThrownBy(() -> registry.schemaById(UNKNOWN_ID)).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> registry.register(subject, schema(MANDATORY_ADDED)))
                .isInstanceOf(IncompatibleSchemaException.class);
    }

    @Test
    void equalSchemasOfTwoSubjectsShareAnId() throws Exception {
        int id = rest.registerSchema(FIRST, subject);
        assertThat(rest.registerSchema(FIRST, subject + "-other")).isEqualTo(id);
        assertThat(rest.getAllSubjects()).contains(subject, subject + "-other");
    }

    @Test
    void versionsAreFoundByNumberAsLatestAndBySchema() throws Exception {
        int first = rest.registerSchema(FIRST, subject);
        int second = rest.registerSchema(OPTIONAL_ADDED, subject);
        assertThat(second).isNotEqualTo(first);
        assertThat(rest.getVersion(subject, 1).getId()).isEqualTo(first);
        assertThat(rest.getLatestVersion(subject).getId()).isEqualTo(second);
        assertThat(rest.getLatestVersion(subject).getVersion()).isEqualTo(2);
        assertThat(rest.lookUpSubjectVersion(FIRST, subject).getVersion()).isEqualTo(1);
    }

    @Test
    void anIncompatibleSchemaIsRefusedAndLeavesNoTrace() throws Exception {
        rest.registerSchema(FIRST, subject);
        assertThat(statusOf(() -> rest.registerSchema(MANDATORY_ADDED, subject)))
                .isEqualTo(409);
        assertThat(rest.getAllVersions(subject)).containsExactly(1);
    }

    @Test
    void compatibilityIsTestedWithoutRegistering() throws Exception {
        rest.registerSchema(FIRST, subject);
        assertThat(rest.testCompatibility(OPTIONAL_ADDED, subject, "latest")).isEmpty();
        assertThat(rest.testCompatibility(MANDATORY_ADDED, subject, false)).isNotEmpty();
        assertThat(rest.getAllVersions(subject)).containsExactly(1);
    }

    @Test
    void theLevelOfASubjectDecides() throws Exception {
        rest.registerSchema(FIRST, subject);
        rest.updateCompatibility("FORWARD", subject);
        assertThat(rest.getConfig(subject).getCompatibilityLevel()).isEqualTo("FORWARD");
        int id = rest.registerSchema(MANDATORY_ADDED, subject);
        assertThat(rest.getLatestVersion(subject).getId()).isEqualTo(id);
        assertThat(statusOf(() -> rest.updateCompatibility("SIDEWAYS", subject)))
                .isEqualTo(422);
    }

    @Test
    void whatIsMissingHasItsOwnErrorCode() throws Exception {
        assertThat(codeOf(() -> rest.getLatestVersion("contract-nobody"))).isEqualTo(40401);
        assertThat(codeOf(() -> rest.getAllVersions("contract-nobody"))).isEqualTo(40401);
        assertThat(codeOf(() -> rest.getId(UNKNOWN_ID))).isEqualTo(40403);
        rest.registerSchema(FIRST, subject);
        assertThat(codeOf(() -> rest.getVersion(subject, 7))).isEqualTo(40402);
        assertThat(codeOf(() -> rest.lookUpSubjectVersion(OPTIONAL_ADDED, subject)))
                .isEqualTo(40403);
    }

    @Test
    void textThatIsNoSchemaIsRefused() {
        assertThat(statusOf(() -> rest.registerSchema("{\"type\":\"nonsense\"}", subject)))
                .isEqualTo(422);
    }

    @Test
    void writersThatRaceGetOneId() throws Exception {
        Callable<Integer> register = () -> new RestService(url()).registerSchema(FIRST, subject);
        List<Callable<Integer>> writers = List.of(register, register, register, register, register, register);
        var threads = java.util.concurrent.Executors.newFixedThreadPool(writers.size());
        try {
            assertThat(threads.invokeAll(writers))
                    .extracting(future -> future.get())
                    .containsOnly(rest.registerSchema(FIRST, subject));
        } finally {
            threads.shutdownNow();
        }
        assertThat(rest.getAllVersions(subject)).containsExactly(1);
    }

    private static int statusOf(ThrowingCallable call) {
        return failure(call).getStatus();
    }

    private static int codeOf(ThrowingCallable call) {
        return failure(call).getErrorCode();
    }

    private static RestClientException failure(ThrowingCallable call) {
        try {
            call.call();
        } catch (RestClientException e) {
            return e;
        } catch (Throwable e) {
            throw new AssertionError("The registry was expected to answer with an error", e);
        }
        throw new AssertionError("The registry was expected to refuse");
    }

    static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"Contract\",\"namespace\":\"io.tidemark.contract\",\"fields\":[" + fields
                + "]}";
    }

    private static Schema schema(String text) {
        return new Schema.Parser().parse(text);
    }
}
