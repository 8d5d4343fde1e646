package io.tidemark.alerts.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.RefusalReason;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.webhook.HttpCaller.Answer;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.UnknownSchemaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One bridge: every alert event in its order, at least once, with retries; the position is committed behind what was delivered or
 * dead-lettered. What fires is learnt anew from the current states at every start.
 */
final class Bridge implements Runnable, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final BridgeConfig config;
    private final Delivery delivery;
    private final MeterRegistry meters;
    private final Clock clock;
    private final AvroDeserializer<Alert> deserializer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> deadLetters;
    private final Map<String, Alert> firing = new LinkedHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Instant sentAgain = Instant.EPOCH;

    Bridge(BridgeConfig config, Delivery delivery, MeterRegistry meters, Clock clock) {
        this.config = config;
        this.delivery = delivery;
        this.meters = meters;
        this.clock = clock;
        this.deserializer = new AvroDeserializer<>(
                new ConfluentSchemaRegistry(config.registryUrl(), config.registryProperties()), Alert.class);
        this.consumer = new KafkaConsumer<>(
                config.kafka().consumer("tidemark-bridge-" + delivery.name()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.deadLetters =
                new KafkaProducer<>(config.kafka().producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void run() {
        learnWhatFires();
        consumer.subscribe(List.of(TopicCatalogue.ALERTS.name()));
        while (stopped.getCount() > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                decode(record).ifPresent(alert -> take(record, alert));
                consumer.commitSync(Map.of(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1)));
            }
            sendAgain();
        }
    }

    private void learnWhatFires() {
        List<TopicPartition> partitions = consumer.partitionsFor(TopicCatalogue.ALERT_STATES.name()).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            consumer.poll(POLL).forEach(record -> decode(record).ifPresent(this::remember));
        }
        consumer.unsubscribe();
    }

    private void remember(Alert alert) {
        if (alert.getState() == AlertState.FIRING) {
            firing.put(alert.getAlertId(), alert);
        } else {
            firing.remove(alert.getAlertId());
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Alert alert) {
        remember(alert);
        if (!delivery.wants(alert)) {
            return;
        }
        Optional<String> failure = deliver(alert);
        count(failure.isEmpty() ? "delivered" : "dead-lettered");
        failure.ifPresent(reason -> deadLetter(record, reason));
    }

    /** Why an event was not delivered in the end; empty when it was. */
    private Optional<String> deliver(Alert alert) {
        String failure = "";
        Duration wait = config.firstWait();
        for (int attempt = 1; attempt <= config.attempts(); attempt++) {
            try {
                Answer answer = delivery.send(alert);
                if (answer.isSuccess()) {
                    return Optional.empty();
                }
                failure = "HTTP status " + answer.status();
                if (!answer.isWorthRetry()) {
                    return Optional.of(failure);
                }
            } catch (IOException e) {
                failure = e.toString();
            }
            if (attempt < config.attempts()) {
                count("retried");
                pause(wait);
                wait = wait.multipliedBy(2);
            }
        }
        return Optional.of(failure);
    }

    private void pause(Duration wait) {
        try {
            if (stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new KafkaException("stopped in the middle of a delivery; it is tried again at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted in the middle of a delivery", e);
        }
    }

    /** A repetition that fails is made up for by the next. */
    private void sendAgain() {
        Instant now = clock.instant();
        if (delivery.resend().isZero() || firing.isEmpty() || now.isBefore(sentAgain.plus(delivery.resend()))) {
            return;
        }
        sentAgain = now;
        try {
            Answer answer = delivery.sendAgain(new ArrayList<>(firing.values()));
            count(answer.isSuccess() ? "repeated" : "repetition-failed");
        } catch (IOException e) {
            count("repetition-failed");
        }
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> source, String reason) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(TopicCatalogue.ALERTS.deadLetterName(), source.key(), source.value());
        header(letter, RecordHeaders.SOURCE_TOPIC, source.topic());
        header(letter, RecordHeaders.SOURCE_PARTITION, Integer.toString(source.partition()));
        header(letter, RecordHeaders.SOURCE_OFFSET, Long.toString(source.offset()));
        header(letter, RecordHeaders.REASON, RefusalReason.UNDELIVERABLE.name());
        header(letter, RecordHeaders.REASON_DETAIL, reason);
        header(letter, RecordHeaders.REFUSED_BY, "tidemark-bridge-" + delivery.name());
        try {
            deadLetters.send(letter).get();
        } catch (ExecutionException e) {
            throw new KafkaException("the dead letter was not written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while a dead letter was written", e);
        }
    }

    private Optional<Alert> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(deserializer.deserialize(record.topic(), record.value()));
        } catch (NotARecordException | UnknownSchemaException | SerializationException e) {
            count("unreadable");
            return Optional.empty();
        }
    }

    private void count(String outcome) {
        meters.counter("tidemark.bridge.events", "bridge", delivery.name(), "outcome", outcome)
                .increment();
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the loop soon. */
    void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        consumer.close();
        deadLetters.close();
    }
}
