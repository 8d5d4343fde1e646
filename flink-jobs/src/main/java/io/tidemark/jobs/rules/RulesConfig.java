package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rule;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.source.ControlFeed;
import io.tidemark.jobs.source.KafkaControlFeed;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.jobs.windows.SliceLattice;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Settings of the rules job.
 *
 * @param run name of the replay run; empty for live traffic
 * @param consumer properties of the Kafka consumers
 * @param producer properties of the Kafka producer
 * @param registry connects to the schema registry
 * @param rules opens the published rules
 * @param releases opens the rollouts and other changes
 * @param lattice slice levels that rules may name: those of the windows job
 * @param watchdog live traffic only: how long nobody may say what time it is before time goes on by the clock, so that silence
 *     is noticed when everything is silent; zero for never
 * @param alignmentDrift replay only: how far a partition may run ahead of the slowest one, in event time
 */
public record RulesConfig(
        String run,
        Properties consumer,
        Properties producer,
        RegistryFactory registry,
        ControlFeed.Factory<Rule> rules,
        ControlFeed.Factory<Release> releases,
        SliceLattice lattice,
        Duration watchdog,
        Duration alignmentDrift)
        implements Serializable {

    static final String JOB = "rules";

    private static final ConfigurationKey<String> RUN =
            ConfigurationKey.text("run", "", "name of the replay run; empty for live traffic");
    private static final ConfigurationKey<String> REGISTRY_URL =
            ConfigurationKey.text("registry.url", null, "URL of the schema registry");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES = ConfigurationKey.prefix(
            "registry.properties", "further properties of the registry client, for example basic.auth.user.info");
    private static final ConfigurationKey<String> LEVELS = ConfigurationKey.text(
            "windows.levels", SliceLattice.STANDARD, "slice levels of the windows job: name=dimension+dimension;...");
    private static final ConfigurationKey<Duration> ALIGNMENT_DRIFT = ConfigurationKey.duration(
            "rules.alignment-drift",
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            "replay: how far a partition may run ahead");

    private static final ConfigurationKey<Duration> WATCHDOG = ConfigurationKey.duration(
            "rules.watchdog",
            Duration.ofMinutes(5),
            Duration.ZERO,
            "live: silence of the windows job after which time goes on by the clock; PT0S for never");

    boolean isLive() {
        return run.isEmpty();
    }

    /** Name of the job with its run. */
    String jobName() {
        return isLive() ? JOB : JOB + "." + run;
    }

    String windowsTopic() {
        return TopicCatalogue.WINDOWS.nameInRun(run);
    }

    /** The keys of the job's process. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys =
                new ArrayList<>(List.of(RUN, REGISTRY_URL, REGISTRY_PROPERTIES, LEVELS, WATCHDOG, ALIGNMENT_DRIFT));
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(JobSettings.keys());
        return keys;
    }

    /** The settings of a process. */
    public static RulesConfig from(Configuration configuration) {
        KafkaClientSettings kafka = KafkaClientSettings.from(configuration);
        String url = configuration.get(REGISTRY_URL);
        Map<String, String> properties = Map.copyOf(configuration.get(REGISTRY_PROPERTIES));
        return of(
                configuration.get(RUN),
                kafka,
                () -> new ConfluentSchemaRegistry(url, properties),
                SliceLattice.parse(configuration.get(LEVELS)),
                configuration.get(WATCHDOG),
                configuration.get(ALIGNMENT_DRIFT));
    }

    static RulesConfig of(
            String run,
            KafkaClientSettings kafka,
            RegistryFactory registry,
            SliceLattice lattice,
            Duration watchdog,
            Duration alignmentDrift) {
        Properties consumer = kafka.consumer("tidemark-" + JOB);
        // rows of a transaction that was given up must not be counted
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new RulesConfig(
                run,
                consumer,
                kafka.producer(),
                registry,
                () -> KafkaControlFeed.open(consumer, registry, TopicCatalogue.RULES, run, Rule.class),
                () -> KafkaControlFeed.open(consumer, registry, TopicCatalogue.RELEASES, run, Release.class),
                lattice,
                watchdog,
                alignmentDrift);
    }
}
