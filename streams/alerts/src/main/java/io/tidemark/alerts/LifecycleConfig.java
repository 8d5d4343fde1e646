package io.tidemark.alerts;

import io.tidemark.alerts.lifecycle.LifecycleRules;
import io.tidemark.alerts.lifecycle.NoDataMode;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.platform.metrics.MetricsSettings;
import io.tidemark.platform.process.Lifeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings of the alert lifecycle.
 *
 * @param run name of a replay run; empty for live traffic
 * @param registryUrl schema registry
 * @param registryProperties further properties of the registry's client
 * @param rules how alerts live
 * @param tick how often the clock is looked at, live only
 * @param grace how far event time is taken to lie behind the clock, so that a signal on its way is not overtaken
 * @param stateDirectory folder of Kafka Streams' own small files
 * @param instance fixed name of this instance; one that comes back gets its partitions at once. Empty: none
 */
public record LifecycleConfig(
        String run,
        KafkaClientSettings kafka,
        String registryUrl,
        Map<String, String> registryProperties,
        LifecycleRules rules,
        Duration tick,
        Duration grace,
        String stateDirectory,
        String instance,
        MetricsSettings metrics) {

    private static final LifecycleRules DEFAULTS = LifecycleRules.defaults();
    private static final ConfigurationKey<String> RUN =
            ConfigurationKey.text("run", "", "name of a replay run; empty for live traffic");
    private static final ConfigurationKey<String> REGISTRY =
            ConfigurationKey.text("registry.url", null, "address of the schema registry");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES =
            ConfigurationKey.prefix("registry.properties", "further properties of the registry's client");
    private static final ConfigurationKey<String> NO_DATA = ConfigurationKey.oneOf(
            "alerts.no-data",
            "keep",
            Set.of("keep", "resolve", "alert"),
            "what missing data does to an alert: keep it, resolve it, or count as a breach");
    private static final ConfigurationKey<Duration> REMIND = ConfigurationKey.duration(
            "alerts.remind-after",
            DEFAULTS.remindAfter(),
            Duration.ofMinutes(1),
            "how often an alert that nobody has acknowledged is sent again");
    private static final ConfigurationKey<Duration> EXPIRE = ConfigurationKey.duration(
            "alerts.expire-after",
            DEFAULTS.expireAfter(),
            Duration.ofMinutes(2),
            "how long an alert lives without a signal; rules repeat theirs every minute");
    private static final ConfigurationKey<Duration> KEEP = ConfigurationKey.duration(
            "alerts.keep-closed",
            DEFAULTS.keepClosed(),
            Duration.ofMinutes(1),
            "how long a closed alert is remembered");
    private static final ConfigurationKey<Integer> OPEN = ConfigurationKey.integer(
            "alerts.most-open-per-rule",
            DEFAULTS.mostOpenPerRule(),
            1,
            100_000,
            "open alerts of one rule and partition; further ones are counted in one alert");
    private static final ConfigurationKey<Duration> TICK = ConfigurationKey.duration(
            "alerts.tick", Duration.ofSeconds(1), Duration.ofMillis(10), "how often the clock is looked at");
    private static final ConfigurationKey<Duration> GRACE = ConfigurationKey.duration(
            "alerts.grace",
            Duration.ofSeconds(30),
            Duration.ZERO,
            "how far event time is taken to lie behind the clock");
    private static final ConfigurationKey<String> STATE = ConfigurationKey.text(
            "alerts.state-directory",
            System.getProperty("java.io.tmpdir") + "/tidemark-alerts",
            "folder of Kafka Streams' own small files");
    private static final ConfigurationKey<String> INSTANCE = ConfigurationKey.text(
            "alerts.instance", "", "fixed name of this instance, so that it gets its partitions back at once");

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                RUN,
                REGISTRY,
                REGISTRY_PROPERTIES,
                NO_DATA,
                REMIND,
                EXPIRE,
                KEEP,
                OPEN,
                TICK,
                GRACE,
                STATE,
                INSTANCE,
                Lifeline.key()));
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(MetricsSettings.keys());
        return List.copyOf(keys);
    }

    /** The settings of a process. */
    public static LifecycleConfig from(Configuration configuration) {
        LifecycleRules rules = new LifecycleRules(
                NoDataMode.valueOf(configuration.get(NO_DATA).toUpperCase(Locale.ROOT)),
                configuration.get(REMIND),
                configuration.get(EXPIRE),
                configuration.get(KEEP),
                configuration.get(OPEN));
        return new LifecycleConfig(
                configuration.get(RUN),
                KafkaClientSettings.from(configuration),
                configuration.get(REGISTRY),
                configuration.get(REGISTRY_PROPERTIES),
                rules,
                configuration.get(TICK),
                configuration.get(GRACE),
                configuration.get(STATE),
                configuration.get(INSTANCE),
                MetricsSettings.from(configuration));
    }

    /** Whether this is live traffic, in which the clock counts. */
    public boolean isLive() {
        return run.isEmpty();
    }

    /** Kafka Streams application and consumer group of the run. */
    public String application() {
        return run.isEmpty() ? "tidemark-alerts" : "tidemark-alerts." + run;
    }

    /** Properties of Kafka Streams: exactly once, with the producer settings that every producer of the platform has. */
    public Properties streams() {
        Properties properties = kafka.client();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        if (!instance.isEmpty()) {
            properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
        }
        for (String name :
                List.of(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, ProducerConfig.COMPRESSION_TYPE_CONFIG)) {
            properties.put(StreamsConfig.producerPrefix(name), kafka.producer().get(name));
        }
        return properties;
    }
}
