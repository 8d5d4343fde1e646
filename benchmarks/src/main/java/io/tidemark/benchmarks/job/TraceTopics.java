package io.tidemark.benchmarks.job;

import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topics of a benchmark's run.
 *
 * @param kafka the broker
 * @param run name of the run
 * @param partitions partitions of the traces, and of results
 */
public record TraceTopics(KafkaClientSettings kafka, String run, int partitions) {

    /** Creates topics; control topics and that of the progress have one partition. */
    public void create(List<Topic> topics) throws ExecutionException, InterruptedException {
        Map<String, String> options = Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime");
        try (Admin admin = Admin.create(kafka.client())) {
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(
                                            topic.nameInRun(run), topic.partitions() == 1 ? 1 : partitions, (short) 1)
                                    .configs(options))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** Says in every partition of the traces that nothing more will come. */
    public void sendEndMarkers() {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int partition = 0; partition < partitions; partition++) {
                ProducerRecord<byte[], byte[]> marker =
                        new ProducerRecord<>(TopicCatalogue.TRACES.nameInRun(run), partition, null, null);
                marker.headers().add(RecordHeaders.END_MARKER, run.getBytes(StandardCharsets.UTF_8));
                producer.send(marker);
            }
        }
    }
}
