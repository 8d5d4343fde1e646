package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.cli.format.ReplayFile;
import io.tidemark.cli.format.ReplayFormats;
import io.tidemark.cli.format.ReplayOptions;
import io.tidemark.cli.format.TraceReader;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.ExternalParts;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroSerializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of traffic that is refused, and of traffic that is not. */
class DeadLetterIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOPIC = TopicCatalogue.TRACES.name();

    @TempDir
    private static Path directory;

    private static StackSupervisor stack;
    private static KafkaProducer<byte[], byte[]> producer;
    private static AvroSerializer<Trace> serializer;

    @BeforeAll
    static void startTheStack() {
        stack = StackSupervisor.start(
                new DataDirectory(directory.resolve("data")), ExternalParts.none(), Ports.free(), 0, note -> {});
        stack.startRun("");
        producer = new KafkaProducer<>(
                stack.endpoints().kafka().producer(), new ByteArraySerializer(), new ByteArraySerializer());
        serializer = new AvroSerializer<>(stack.endpoints().newRegistryClient(), TopicCatalogue.TRACES);
    }

    @AfterAll
    static void stopTheStack() {
        if (producer != null) {
            producer.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void refusedRecordsAreListedWithTheirReasonAndCanBeSentAgain() throws Exception {
        send("no record at all".getBytes(StandardCharsets.UTF_8));
        send(ByteBuffer.allocate(8).put((byte) 0).putInt(987_654).array());
        send(serializer.serialize(TOPIC, trace("", Instant.parse("2026-01-01T00:00:00Z"))));
        send(serializer.serialize(TOPIC, trace("acme", Instant.parse("2999-01-01T00:00:00Z"))));
        producer.flush();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(list().output())
                .contains("NOT_A_RECORD", "UNKNOWN_SCHEMA_ID", "MISSING_TENANT", "FUTURE_EVENT_TIME"));

        Cli again = Cli.run("dlq", "replay", "--reason", "NOT_A_RECORD", "--data", data());
        assertThat(again.output()).isEqualTo("1 records sent\n");
        await().atMost(PATIENCE)
                .until(() -> Cli.run("dlq", "list", "--json", "--reason", "NOT_A_RECORD", "--data", data())
                                .output()
                                .lines()
                                .count()
                        == 2);
    }

    @Test
    void tailShowsTracesOfATenantAndWhatTheirProducerDidNotSay() throws Exception {
        CompletableFuture<Cli> tail = CompletableFuture.supplyAsync(
                () -> Cli.run("tail", "--tenant", "globex", "--limit", "1", "--data", data()));
        byte[] value = serializer.serialize(TOPIC, trace("globex", Instant.parse("2026-01-01T00:00:00Z")));
        // the follower starts at the end of the topic: something new must come after it is there
        await().atMost(PATIENCE).until(() -> {
            send(value);
            producer.flush();
            return tail.isDone();
        });
        assertThat(tail.join().output()).contains("globex", "unknown: base_model, fine_tune");
    }

    private static Path data() {
        return stack.data().root();
    }

    private static Cli list() {
        return Cli.run("dlq", "list", "--data", data());
    }

    private static void send(byte[] value) {
        producer.send(new ProducerRecord<>(TOPIC, InferenceIds.kafkaKey("any", "any"), value));
    }

    private static Trace trace(String tenant, Instant time) throws Exception {
        Path file = Files.writeString(
                directory.resolve("one.csv"), "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-02-01 00:00:00.0,10,20\n");
        try (TraceReader reader = ReplayFormats.named("azure-llm").open(ReplayFile.open(file), ReplayOptions.DEFAULT)) {
            Trace trace = reader.next();
            trace.setTenant(tenant);
            trace.setEventTime(time);
            return trace;
        }
    }
}
