package io.tidemark.cli.replay;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells the alert lifecycle that nothing more will come, when everybody who writes its input has ended. */
final class AlertsEnd {

    private static final List<Topic> INPUTS = List.of(TopicCatalogue.SIGNALS, TopicCatalogue.VERDICTS);

    private final StackEndpoints endpoints;
    private final String run;
    private int markers;

    AlertsEnd(StackEndpoints endpoints, String run) {
        this.endpoints = endpoints;
        this.run = run;
    }

    /**
     * Writes the end markers, when it is called first.
     *
     * @return how many there are
     */
    int end() {
        if (markers == 0) {
            markers = write();
        }
        return markers;
    }

    private int write() {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                endpoints.kafka().producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Topic input : INPUTS) {
                for (PartitionInfo partition : producer.partitionsFor(input.nameInRun(run))) {
                    sent.add(producer.send(marker(partition)));
                }
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
            return sent.size();
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    "the end markers of the alerts cannot be written: "
                            + e.getCause().getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while the end markers of the alerts were written", e);
        }
    }

    private ProducerRecord<byte[], byte[]> marker(PartitionInfo partition) {
        byte[] value = run.getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<byte[], byte[]>(
                partition.topic(),
                partition.partition(),
                (byte[]) null,
                (byte[]) null,
                List.of(new RecordHeader(RecordHeaders.END_MARKER, value)));
    }
}
