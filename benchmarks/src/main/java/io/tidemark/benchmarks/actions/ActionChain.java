package io.tidemark.benchmarks.actions;

import io.tidemark.alerts.LifecycleProcess;
import io.tidemark.consumers.RetrainingProcess;
import io.tidemark.consumers.RollbackProcess;
import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.TrustedRecords;
import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The lifecycle and both consumers, armed, as processes that can be killed; every decision has a target of its own. */
public final class ActionChain implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final List<String> SMALL = List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final KafkaClientSettings kafka;
    private final SchemaRegistry registry;
    private final KafkaProducer<String, byte[]> producer;
    private final List<ChildProcess.Specification> specifications = new ArrayList<>();
    private final List<ChildProcess> children = new ArrayList<>();

    /**
     * Starts the three processes.
     *
     * @param targets number of targets of each kind that are set up
     */
    public ActionChain(String bootstrapServers, String registryUrl, RecordingServer server, int targets, Path folder) {
        TrustedRecords.register();
        this.kafka = KafkaClientSettings.plain(bootstrapServers);
        this.registry = new ConfluentSchemaRegistry(registryUrl, Map.of());
        Topics.create(bootstrapServers, "", PARTITIONS);
        this.producer = new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer());
        List<String> common = List.of(
                "kafka.bootstrap-servers=" + bootstrapServers,
                "kafka.properties.session.timeout.ms=6000",
                "registry.url=" + registryUrl,
                "lifeline=stdin");
        add(
                "lifecycle",
                LifecycleProcess.class,
                folder,
                common,
                List.of("alerts.instance=lifecycle", "alerts.state-directory=" + folder.resolve("state")));
        add("rollback", RollbackProcess.class, folder, common, armed("rollback", server, targets));
        List<String> retraining = new ArrayList<>(armed("retrain", server, targets));
        retraining.addAll(List.of(
                "retraining.debounce=PT0S", "retraining.budget-per-run-usd=0", "retraining.data-window-days=30"));
        add("retraining", RetrainingProcess.class, folder, common, retraining);
        specifications.forEach(each -> children.add(ChildProcess.start(each)));
    }

    private static List<String> armed(String kind, RecordingServer server, int targets) {
        List<String> settings = new ArrayList<>(List.of(
                "actions.armed=true",
                "actions.tenants=*",
                "actions.targets=webhook:*",
                "actions.cooldown=PT0S",
                "actions.most-per-target=1000000",
                "actions.most-overall=1000000"));
        for (int number = 0; number < targets; number++) {
            String target = Decisions.target(kind, number);
            settings.add("targets.webhook.%s=%s".formatted(target, server.address(target)));
        }
        return settings;
    }

    private void add(String name, Class<?> mainClass, Path folder, List<String> common, List<String> settings) {
        Path file = folder.resolve(name + ".properties");
        List<String> lines = new ArrayList<>(common);
        lines.addAll(settings);
        try {
            Files.createDirectories(folder);
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("the settings cannot be written to '%s'".formatted(file), e);
        }
        specifications.add(new ChildProcess.Specification(
                name, mainClass, SMALL, List.of("--config=" + file), folder.resolve(name + ".log")));
    }

    /** Number of processes. */
    int size() {
        return children.size();
    }

    /** Kills one process as {@code kill -9} does, and starts it again. */
    void killAndRestart(int index) {
        children.get(index).kill();
        children.set(index, ChildProcess.start(specifications.get(index)));
    }

    void send(Verdict verdict) {
        send(TopicCatalogue.VERDICTS, verdict.getReleaseId(), verdict);
    }

    void send(Signal signal) {
        send(TopicCatalogue.SIGNALS, signal.getRuleId() + "|" + SliceKey.of(signal.getSlice()), signal);
    }

    private <T extends SpecificRecord> void send(Topic topic, String key, T value) {
        byte[] bytes = new AvroSerializer<T>(registry, topic).serialize(topic.name(), value);
        producer.send(new ProducerRecord<>(topic.name(), key, bytes));
        producer.flush();
    }

    KafkaClientSettings kafka() {
        return kafka;
    }

    SchemaRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        producer.close();
        children.forEach(ChildProcess::close);
    }
}
