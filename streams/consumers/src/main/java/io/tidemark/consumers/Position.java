package io.tidemark.consumers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a decision came from.
 *
 * @param record the alert's record; empty for a decision of a schedule or a person
 * @param group group that reads it
 */
record Position(Optional<ConsumerRecord<byte[], byte[]>> record, ConsumerGroupMetadata group) {

    /** From nowhere: nothing is to be committed. */
    static Position none() {
        return new Position(Optional.empty(), null);
    }

    /** The position that is settled when the decision is. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return record.map(each -> Map.of(
                        new TopicPartition(each.topic(), each.partition()), new OffsetAndMetadata(each.offset() + 1)))
                .orElse(Map.of());
    }

    /** The dead letter for an action that could not be done. */
    List<ProducerRecord<byte[], byte[]>> letters(String detail, String actor) {
        return record.map(each -> List.of(DeadLetter.of(each, detail, actor))).orElse(List.of());
    }
}
