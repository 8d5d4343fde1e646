package io.tidemark.consumers;

import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.RefusalReason;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The dead letter of an alert whose target never answered: replayed, it reaches the consumers again. */
final class DeadLetter {

    private DeadLetter() {}

    static ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> source, String detail, String actor) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(TopicCatalogue.ALERTS.deadLetterName(), source.key(), source.value());
        add(letter, RecordHeaders.SOURCE_TOPIC, source.topic());
        add(letter, RecordHeaders.SOURCE_PARTITION, Integer.toString(source.partition()));
        add(letter, RecordHeaders.SOURCE_OFFSET, Long.toString(source.offset()));
        add(letter, RecordHeaders.REASON, RefusalReason.UNDELIVERABLE.name());
        add(letter, RecordHeaders.REASON_DETAIL, detail);
        add(letter, RecordHeaders.REFUSED_BY, actor);
        return letter;
    }

    private static void add(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
