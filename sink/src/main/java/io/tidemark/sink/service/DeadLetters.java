package io.tidemark.sink.service;

import io.tidemark.contracts.topic.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;

/** Writes refused records to their dead-letter topic, with the original bytes and the reason. */
final class DeadLetters {

    private static final String REFUSED_BY = "tidemark-sink";

    private final Producer<byte[], byte[]> producer;

    DeadLetters(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Returns when Kafka has acknowledged every record.
     *
     * @throws ExecutionException when one was not acknowledged; all may be written again
     */
    void write(String topic, List<Batch.Refused> refused) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> writes = new ArrayList<>();
        for (Batch.Refused each : refused) {
            writes.add(producer.send(record(topic, each)));
        }
        producer.flush();
        for (Future<RecordMetadata> write : writes) {
            write.get();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, Batch.Refused refused) {
        ConsumerRecord<byte[], byte[]> source = refused.record();
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, source.key(), source.value());
        source.headers().forEach(header -> letter.headers().add(header));
        Headers headers = letter.headers();
        put(headers, RecordHeaders.SOURCE_TOPIC, source.topic());
        put(headers, RecordHeaders.SOURCE_PARTITION, Integer.toString(source.partition()));
        put(headers, RecordHeaders.SOURCE_OFFSET, Long.toString(source.offset()));
        put(headers, RecordHeaders.REASON, refused.refusal().reason().name());
        put(headers, RecordHeaders.REASON_DETAIL, refused.refusal().detail());
        put(headers, RecordHeaders.REFUSED_BY, REFUSED_BY);
        return letter;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
