package io.tidemark.alerts.topology;

import io.tidemark.alerts.LifecycleConfig;
import io.tidemark.alerts.lifecycle.VerdictSignals;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.Silence;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import java.time.Clock;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Signals and verdicts in; events and current states out. The keys of both inputs already bring everything about one rule and slice into
 * one partition, so nothing is shuffled. The store is kept in memory with a changelog: an alert takes about 1.5 KB, and how many are open
 * is bounded.
 */
public final class LifecycleTopology {

    static final String LIFECYCLE = "lifecycle";
    static final String ALERTS_STORE = "alerts";
    static final String SILENCES_STORE = "silences";
    static final String EVENTS = "events";
    static final String STATES = "states";
    static final String PROGRESS = "progress";

    private LifecycleTopology() {}

    /** The topology under the topic names of the configured run. */
    public static Topology build(
            LifecycleConfig config, SchemaRegistry registry, LifecycleMetrics metrics, Clock clock) {
        Topology topology = new Topology();
        SilenceCache silences = new SilenceCache(decoder(registry, Silence.class));
        silences(topology, config, silences);
        Function<byte[], Verdict> verdicts = decoder(registry, Verdict.class);
        read(topology, config, TopicCatalogue.SIGNALS, decoder(registry, Signal.class), metrics);
        read(topology, config, TopicCatalogue.VERDICTS, bytes -> signal(verdicts.apply(bytes)), metrics);
        topology.addProcessor(
                LIFECYCLE,
                () -> new LifecycleProcessor(config, silences, metrics, clock),
                reader(TopicCatalogue.SIGNALS.name()),
                reader(TopicCatalogue.VERDICTS.name()));
        topology.addStateStore(store(registry), LIFECYCLE);
        write(topology, config, registry, EVENTS, TopicCatalogue.ALERTS);
        write(topology, config, registry, STATES, TopicCatalogue.ALERT_STATES);
        topology.addSink(
                PROGRESS,
                TopicCatalogue.PROGRESS.nameInRun(config.run()),
                new StringSerializer(),
                new StringSerializer(),
                LIFECYCLE);
        return topology;
    }

    static String deadLetters(String source) {
        return source + "-dead-letters";
    }

    /** Whether an alert came from the signals or from the verdicts. */
    static boolean isFrom(String source, Alert alert) {
        boolean isVerdict = alert.getRuleId().startsWith(VerdictSignals.RULE_PREFIX);
        return isVerdict == source.equals(TopicCatalogue.VERDICTS.name());
    }

    private static String reader(String source) {
        return source + "-reader";
    }

    private static Signal signal(Verdict verdict) {
        return verdict == null ? null : VerdictSignals.of(verdict);
    }

    private static void read(
            Topology topology,
            LifecycleConfig config,
            Topic topic,
            Function<byte[], Signal> decoder,
            LifecycleMetrics metrics) {
        String source = topic.name();
        topology.addSource(
                source, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic.nameInRun(config.run()));
        boolean writesDeadLetters = topic.equals(TopicCatalogue.SIGNALS);
        topology.addProcessor(
                reader(source), () -> new SignalReader(source, decoder, metrics, writesDeadLetters), source);
        if (writesDeadLetters) {
            topology.addSink(
                    deadLetters(source),
                    topic.deadLetterName(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer(),
                    reader(source));
        }
    }

    private static void write(
            Topology topology, LifecycleConfig config, SchemaRegistry registry, String sink, Topic topic) {
        topology.addSink(
                sink,
                topic.nameInRun(config.run()),
                new StringSerializer(),
                new AvroSerializer<Alert>(registry, topic),
                LIFECYCLE);
    }

    private static StoreBuilder<KeyValueStore<String, Alert>> store(SchemaRegistry registry) {
        Serde<Alert> alerts = Serdes.serdeFrom(
                new AvroSerializer<>(registry, TopicCatalogue.ALERT_STATES),
                new AvroDeserializer<>(registry, Alert.class));
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(ALERTS_STORE), Serdes.String(), alerts);
    }

    private static void silences(Topology topology, LifecycleConfig config, SilenceCache cache) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(SILENCES_STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                "silences-source",
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                TopicCatalogue.SILENCES.nameInRun(config.run()),
                "silences-writer",
                cache::writer);
    }

    private static <T extends org.apache.avro.specific.SpecificRecord> Function<byte[], T> decoder(
            SchemaRegistry registry, Class<T> type) {
        AvroDeserializer<T> deserializer = new AvroDeserializer<>(registry, type);
        return bytes -> deserializer.deserialize("", bytes);
    }
}
