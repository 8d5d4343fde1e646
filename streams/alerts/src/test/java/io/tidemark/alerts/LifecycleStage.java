package io.tidemark.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.Silence;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.TrustedRecords;
import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.Topics;
import io.tidemark.testing.KafkaExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One lifecycle process on real topics, and what the parts around it would write and read. */
final class LifecycleStage implements AutoCloseable {

    static final int PARTITIONS = 2;

    private final String run;
    private final KafkaClientSettings kafka;
    private final SchemaRegistry registry;
    private final KafkaProducer<String, byte[]> producer;
    private final ChildProcess.Specification specification;
    private ChildProcess child;

    LifecycleStage(KafkaExtension extension, String run, Path folder, String... flags) {
        TrustedRecords.register();
        this.run = run;
        this.kafka = KafkaClientSettings.plain(extension.bootstrapServers());
        this.registry = new ConfluentSchemaRegistry(extension.registryUrl(), Map.of());
        Topics.create(extension.bootstrapServers(), run, PARTITIONS);
        this.producer = new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer());
        List<String> arguments = new ArrayList<>(List.of(
                "--run=" + run,
                "--lifeline=stdin",
                "--kafka.bootstrap-servers=" + extension.bootstrapServers(),
                "--kafka.properties.session.timeout.ms=6000",
                "--registry.url=" + extension.registryUrl(),
                "--alerts.state-directory=" + folder.resolve("state"),
                "--alerts.instance=lifecycle"));
        arguments.addAll(List.of(flags));
        this.specification = new ChildProcess.Specification(
                "alert lifecycle",
                LifecycleProcess.class,
                List.of("-Xmx200m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                arguments,
                folder.resolve("lifecycle.log"));
    }

    LifecycleStage start() {
        child = ChildProcess.start(specification);
        return this;
    }

    void kill() {
        child.kill();
    }

    void send(Signal signal) {
        send(
                TopicCatalogue.SIGNALS,
                signal.getRuleId() + "|" + SliceKey.of(signal.getSlice()),
                new AvroSerializer<Signal>(registry, TopicCatalogue.SIGNALS).serialize("", signal));
    }

    void send(Verdict verdict) {
        send(
                TopicCatalogue.VERDICTS,
                verdict.getReleaseId(),
                new AvroSerializer<Verdict>(registry, TopicCatalogue.VERDICTS).serialize("", verdict));
    }

    void send(Silence silence) {
        send(
                TopicCatalogue.SILENCES,
                silence.getSilenceId(),
                new AvroSerializer<Silence>(registry, TopicCatalogue.SILENCES).serialize("", silence));
        producer.flush();
    }

    void send(Topic topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic.nameInRun(run), key, value));
    }

    /** What the replay writes when nothing more will come. */
    void end() {
        for (Topic topic : List.of(TopicCatalogue.SIGNALS, TopicCatalogue.VERDICTS)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(
                        topic.nameInRun(run),
                        partition,
                        (String) null,
                        null,
                        List.of(new RecordHeader(RecordHeaders.END_MARKER, run.getBytes(UTF_8)))));
            }
        }
        producer.flush();
    }

    void flush() {
        producer.flush();
    }

    TopicTail<Alert> events() {
        return tail(TopicCatalogue.ALERTS.nameInRun(run), Alert.class);
    }

    TopicTail<Alert> states() {
        return tail(TopicCatalogue.ALERT_STATES.nameInRun(run), Alert.class);
    }

    List<ConsumerRecord<String, byte[]>> raw(String topic) {
        try (TopicTail<Alert> tail = new TopicTail<>(consumer(), topic, null)) {
            return new ArrayList<>(tail.raw());
        }
    }

    boolean hasEnded() {
        return raw(TopicCatalogue.PROGRESS.nameInRun(run)).size() == 2 * PARTITIONS;
    }

    private <T extends SpecificRecord> TopicTail<T> tail(String topic, Class<T> type) {
        return new TopicTail<>(consumer(), topic, new AvroDeserializer<>(registry, type));
    }

    private Properties consumer() {
        Properties properties = kafka.client();
        properties.put("isolation.level", "read_committed");
        return properties;
    }

    @Override
    public void close() {
        producer.close();
        if (child != null) {
            child.close();
        }
    }
}
