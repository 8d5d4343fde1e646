package io.tidemark.assembly.stream;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.platform.metrics.MetricsSettings;
import io.tidemark.platform.process.Lifeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings of the trace assembler.
 *
 * @param registryUrl schema registry
 * @param registryProperties further properties of the registry's client
 * @param stateDirectory where Kafka Streams keeps its lock and checkpoint files
 * @param threads stream threads
 * @param limits how long and how much it waits
 */
public record AssemblyConfig(
        KafkaClientSettings kafka,
        String registryUrl,
        Map<String, String> registryProperties,
        Path stateDirectory,
        int threads,
        AssemblyLimits limits,
        MetricsSettings metrics) {

    /** Name of the application, its consumer group, and the prefix of its internal topics. */
    public static final String APPLICATION = "tidemark-assembly";

    private static final ConfigurationKey<String> REGISTRY =
            ConfigurationKey.text("registry.url", null, "address of the schema registry");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES =
            ConfigurationKey.prefix("registry.properties", "further properties of the registry's client");
    private static final ConfigurationKey<String> STATE =
            ConfigurationKey.text("assembly.state-directory", null, "directory of Kafka Streams' own files");
    private static final ConfigurationKey<Integer> THREADS =
            ConfigurationKey.integer("assembly.threads", 1, 1, 64, "stream threads");
    private static final ConfigurationKey<Duration> WAIT = ConfigurationKey.duration(
            "assembly.wait", Duration.ofSeconds(15), Duration.ofMillis(1), "longest wait for the spans of a trace");
    private static final ConfigurationKey<Duration> SETTLE = ConfigurationKey.duration(
            "assembly.settle",
            Duration.ofSeconds(3),
            Duration.ofMillis(1),
            "wait after the last span of a trace of which no parent is missing");
    private static final ConfigurationKey<Duration> REMEMBER = ConfigurationKey.duration(
            "assembly.remember",
            Duration.ofMinutes(10),
            Duration.ofMillis(1),
            "how long a finished trace is remembered");
    private static final ConfigurationKey<Integer> OPEN = ConfigurationKey.integer(
            "assembly.open-spans", 200_000, 1, 100_000_000, "most spans that wait, in each partition");
    private static final ConfigurationKey<Integer> REMEMBERED = ConfigurationKey.integer(
            "assembly.remembered-traces", 50_000, 1, 100_000_000, "most finished traces remembered, in each partition");
    private static final ConfigurationKey<Integer> SPANS =
            ConfigurationKey.integer("assembly.trace-spans", 1_000, 1, 1_000_000, "most spans of a trace");

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                REGISTRY,
                REGISTRY_PROPERTIES,
                STATE,
                THREADS,
                WAIT,
                SETTLE,
                REMEMBER,
                OPEN,
                REMEMBERED,
                SPANS,
                Lifeline.key()));
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(MetricsSettings.keys());
        return List.copyOf(keys);
    }

    /** The settings of a process. */
    public static AssemblyConfig from(Configuration configuration) {
        return new AssemblyConfig(
                KafkaClientSettings.from(configuration),
                configuration.get(REGISTRY),
                configuration.get(REGISTRY_PROPERTIES),
                Path.of(configuration.get(STATE)),
                configuration.get(THREADS),
                new AssemblyLimits(
                        configuration.get(WAIT),
                        configuration.get(SETTLE),
                        configuration.get(REMEMBER),
                        configuration.get(OPEN),
                        configuration.get(REMEMBERED),
                        configuration.get(SPANS)),
                MetricsSettings.from(configuration));
    }

    /**
     * Properties of Kafka Streams. Exactly once, not for repeats, which every reader counts once, but for losses: that a trace is finished is remembered in
     * another topic than the trace itself, and a process that is killed between the two writes would take its spans for duplicates when it reads them again.
     */
    public Properties streams() {
        Properties properties = kafka.client();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.putIfAbsent(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "500");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        Properties producer = kafka.producer();
        for (String name : List.of(
                ProducerConfig.ACKS_CONFIG,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                ProducerConfig.COMPRESSION_TYPE_CONFIG)) {
            properties.put(StreamsConfig.producerPrefix(name), producer.get(name));
        }
        return properties;
    }
}
