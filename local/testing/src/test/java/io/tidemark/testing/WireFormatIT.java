package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.TrustedRecords;
import io.tidemark.registry.WireFormat;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bytes of a record are a contract with every other reader of the topics. */
class WireFormatIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    /**
     * Written by hand from the Avro specification, after the five bytes of the header: texts with their zig-zag length, "a1" is
     * 04 61 31; null as branch 00 of its union; the phase DONE as index 2; true as 01; one microsecond as 02.
     */
    private static final String BODY = "046131" // action_id
            + "046431" // decision_id
            + "00" // alert_id
            + "022a" // tenant
            + "0472" + "62" // kind
            + "04" // phase
            + "02" + "77" // adapter
            + "02" + "74" // target
            + "01" // dry_run
            + "0270" // actor
            + "020277" // reason
            + "00" // before
            + "00" // after
            + "02" // event_time
            + "04" // recorded_time
            + "02" // attempt
            + "00".repeat(10) // release_id to recover_millis: null
            + "00"; // scope: empty

    @Test
    void aRecordHasTheBytesThatConfluentsClientsExpect() {
        TrustedRecords.register();
        SchemaRegistry registry = new ConfluentSchemaRegistry(KAFKA.registryUrl(), Map.of());
        Action action = Action.newBuilder()
                .setActionId("a1")
                .setDecisionId("d1")
                .setTenant("*")
                .setKind("rb")
                .setPhase(ActionPhase.DONE)
                .setAdapter("w")
                .setTarget("t")
                .setDryRun(true)
                .setActor("p")
                .setReason("w")
                .setEventTime(Instant.EPOCH.plusNanos(1_000))
                .setRecordedTime(Instant.EPOCH.plusNanos(2_000))
                .setAttempt(1)
                .build();
        byte[] bytes;
        try (AvroSerializer<Action> serializer = new AvroSerializer<>(registry, TopicCatalogue.ACTIONS)) {
            bytes = serializer.serialize("any", action);
        }
        int id = registry.register(TopicCatalogue.ACTIONS.subject(), Action.getClassSchema());
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("00%08x".formatted(id) + BODY);
        assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
        try (AvroDeserializer<Action> deserializer = new AvroDeserializer<>(registry, Action.class)) {
            assertThat(deserializer.deserialize("any", bytes)).isEqualTo(action);
        }
    }
}
