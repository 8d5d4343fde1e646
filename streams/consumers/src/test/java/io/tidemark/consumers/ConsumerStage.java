package io.tidemark.consumers;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.consumers.audit.TopicReader;
import io.tidemark.consumers.decision.GuardSettings;
import io.tidemark.consumers.recovery.RecoverySettings;
import io.tidemark.consumers.target.Targets;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.platform.metrics.MetricsSettings;
import io.tidemark.platform.webhook.HmacSignature;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.stack.Topics;
import io.tidemark.testing.KafkaExtension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A consumer in a thread of the test, on real topics, and what the parts around it would write and read. */
final class ConsumerStage implements AutoCloseable {

    static final HmacSignature COMMAND_SECRET = new HmacSignature("a secret of the tests");

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final KafkaClientSettings kafka;
    private final SchemaRegistry registry;
    private final KafkaProducer<String, byte[]> producer;
    private final TopicReader<Action> actions;
    private final List<Action> seen = new ArrayList<>();
    private final String registryUrl;
    private final String name;
    private ActionConsumer consumer;
    private Thread thread;

    ConsumerStage(KafkaExtension extension) {
        this.kafka = KafkaClientSettings.plain(extension.bootstrapServers());
        this.registryUrl = extension.registryUrl();
        this.registry = new ConfluentSchemaRegistry(registryUrl, Map.of());
        this.name = extension.uniqueName("consumer");
        Topics.create(extension.bootstrapServers(), "", 2);
        this.producer = new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer());
        this.actions = new TopicReader<>(kafka, registry, TopicCatalogue.ACTIONS.name(), Action.class);
    }

    static GuardSettings guards(boolean armed, boolean approval) {
        return new GuardSettings(
                armed,
                Set.of("*"),
                Set.of("webhook:*", "nowhere:*"),
                Duration.ofMinutes(10),
                Duration.ZERO,
                100,
                1_000,
                Duration.ofHours(1),
                30,
                3,
                approval);
    }

    ConsumerStage start(GuardSettings guards, DecisionSource source, Targets targets) {
        return start(guards, source, targets, Clock.systemUTC());
    }

    ConsumerStage start(GuardSettings guards, DecisionSource source, Targets targets, Clock clock) {
        ConsumerConfig config = new ConsumerConfig(
                name,
                kafka,
                registryUrl,
                Map.of(),
                guards,
                new Retries(3, Duration.ofMillis(10)),
                RecoverySettings.defaults(),
                Optional.of(COMMAND_SECRET),
                true,
                new MetricsSettings("127.0.0.1", 0));
        consumer = new ActionConsumer(config, source, targets, new SimpleMeterRegistry(), clock);
        thread = new Thread(consumer, name);
        thread.start();
        return this;
    }

    <T extends SpecificRecord> void send(Topic topic, String key, T value) {
        producer.send(new ProducerRecord<>(
                topic.name(), key, new AvroSerializer<T>(registry, topic).serialize(topic.name(), value)));
        producer.flush();
    }

    /** Every record of the audit about one decision. */
    List<Action> of(String decisionId) {
        actions.poll(Duration.ofMillis(50)).forEach(each -> seen.add(each.value()));
        return seen.stream()
                .filter(each -> each.getDecisionId().equals(decisionId))
                .toList();
    }

    /** Waits for the record with which a decision, or a step of it, ends. */
    Action awaitRecord(String decisionId, ActionPhase phase) {
        await().atMost(DEADLINE).until(() -> of(decisionId).stream().anyMatch(each -> each.getPhase() == phase));
        return of(decisionId).stream()
                .filter(each -> each.getPhase() == phase)
                .findFirst()
                .orElseThrow();
    }

    static Instant now() {
        return Clock.systemUTC().instant();
    }

    KafkaClientSettings kafka() {
        return kafka;
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.stop();
            await().atMost(DEADLINE).until(() -> !thread.isAlive());
            consumer.close();
        }
        actions.close();
        producer.close();
    }
}
