package io.tidemark.alerts.example;

import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Hands every decision to rebuild an index on, once. */
final class FollowAlerts {

    private FollowAlerts() {}

    static void follow(String kafka, String registryUrl, Consumer<Alert> act, BooleanSupplier stop) {
        AvroDeserializer<Alert> alerts =
                new AvroDeserializer<>(new ConfluentSchemaRegistry(registryUrl, Map.of()), Alert.class);
        // a consumer that really acts keeps these somewhere durable: a restart reads some alerts again
        Set<String> decisions = new HashSet<>();
        try (KafkaConsumer<String, Alert> consumer = new KafkaConsumer<>(
                KafkaClientSettings.plain(kafka).consumer("index-rebuilder"), new StringDeserializer(), alerts)) {
            consumer.subscribe(List.of(TopicCatalogue.ALERTS.name()));
            while (!stop.getAsBoolean()) {
                for (ConsumerRecord<String, Alert> record : consumer.poll(Duration.ofMillis(200))) {
                    Alert alert = record.value();
                    boolean isOurs = "rebuild_index".equals(alert.getAction());
                    if (isOurs && alert.getState() == AlertState.FIRING && decisions.add(alert.getDecisionId())) {
                        act.accept(alert);
                    }
                }
                consumer.commitSync();
            }
        }
    }
}
