package io.tidemark.alerts.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.stack.Topics;
import io.tidemark.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FollowAlertsIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @Test
    void theExampleActsOnceOnEachDecision() {
        Topics.create(KAFKA.bootstrapServers(), "", 2);
        List<String> acted = new CopyOnWriteArrayList<>();
        AtomicBoolean stop = new AtomicBoolean();
        Thread consumer = new Thread(() -> FollowAlerts.follow(
                KAFKA.bootstrapServers(), KAFKA.registryUrl(), alert -> acted.add(alert.getDecisionId()), stop::get));
        consumer.start();
        send("d1", AlertState.PENDING);
        send("d1", AlertState.FIRING);
        send("d1", AlertState.FIRING);
        send("d2", AlertState.FIRING);

        await().atMost(Duration.ofSeconds(60)).until(() -> acted.contains("d2"));
        stop.set(true);
        await().atMost(Duration.ofSeconds(60)).until(() -> !consumer.isAlive());

        assertThat(acted).containsExactly("d1", "d2");
    }

    private static void send(String decision, AlertState state) {
        AvroSerializer<Alert> serializer =
                new AvroSerializer<>(new ConfluentSchemaRegistry(KAFKA.registryUrl(), Map.of()), TopicCatalogue.ALERTS);
        Alert alert = Alert.newBuilder()
                .setAlertId("alert")
                .setDecisionId(decision)
                .setAction("rebuild_index")
                .setState(state)
                .build();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaClientSettings.plain(KAFKA.bootstrapServers()).producer(),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    TopicCatalogue.ALERTS.name(),
                    alert.getAlertId().getBytes(StandardCharsets.UTF_8),
                    serializer.serialize("", alert)));
        }
    }
}
