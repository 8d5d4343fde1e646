package io.tidemark.jobs.canary;

import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.contracts.trace.TraceAdmission;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.source.TraceSourceConfig;
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

/**
 * Settings of the canary job.
 *
 * @param source how it reads traces
 * @param producer properties of the Kafka producer
 * @param rules how rollouts are judged
 */
public record CanaryConfig(TraceSourceConfig source, Properties producer, CanaryRules rules) implements Serializable {

    /** Name of the job. */
    public static final String JOB = "canary";

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final ConfigurationKey<String> RUN =
            ConfigurationKey.text("run", "", "name of the replay run; empty for live traffic");
    private static final ConfigurationKey<String> REGISTRY_URL =
            ConfigurationKey.text("registry.url", null, "URL of the schema registry");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES = ConfigurationKey.prefix(
            "registry.properties", "further properties of the registry client, for example basic.auth.user.info");
    private static final ConfigurationKey<Duration> OUT_OF_ORDERNESS = ConfigurationKey.duration(
            "canary.out-of-orderness",
            Duration.ofSeconds(10),
            Duration.ZERO,
            "how far out of order traces are on time; part of the delay of every verdict");
    private static final ConfigurationKey<Duration> MAXIMUM_SKEW = ConfigurationKey.duration(
            "traces.maximum-skew",
            TraceAdmission.DEFAULT_MAXIMUM_SKEW,
            Duration.ZERO,
            "how far ahead of its append time a trace may lie");
    private static final ConfigurationKey<Duration> DUPLICATE_HORIZON = ConfigurationKey.duration(
            "canary.duplicate-horizon",
            Duration.ofMinutes(5),
            Duration.ZERO,
            "how long an inference id is remembered, in event time; PT0S to count repeats");
    private static final ConfigurationKey<Duration> IDLENESS = ConfigurationKey.duration(
            "canary.idleness",
            Duration.ofSeconds(5),
            SECOND,
            "live: silence after which a partition holds time back no longer");
    private static final ConfigurationKey<Duration> ALIGNMENT_DRIFT = ConfigurationKey.duration(
            "canary.alignment-drift", Duration.ofHours(1), SECOND, "replay: how far a partition may run ahead");
    private static final ConfigurationKey<Duration> PLANNED_DURATION = ConfigurationKey.duration(
            "canary.planned-duration",
            CanaryRules.standard().plannedDuration(),
            Duration.ofMinutes(1),
            "length of a rollout for which evidence is staked; later panes still count");
    private static final ConfigurationKey<Duration> REPORT_INTERVAL = ConfigurationKey.duration(
            "canary.report-interval",
            CanaryRules.standard().reportInterval(),
            Duration.ofSeconds(10),
            "how often a rollout that is held says where it stands, in event time");
    private static final ConfigurationKey<Duration> VERDICT_EXPIRY = ConfigurationKey.duration(
            "canary.verdict-expiry",
            CanaryRules.standard().verdictExpiry(),
            SECOND,
            "how long after the deciding pane a consumer may act on a rollback");

    /** Name of the job with its run. */
    public String jobName() {
        return source.isLive() ? JOB : JOB + "." + source.run();
    }

    String releasesTopic() {
        return TopicCatalogue.RELEASES.nameInRun(source.run());
    }

    /** The keys of the job's process. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                RUN,
                REGISTRY_URL,
                REGISTRY_PROPERTIES,
                OUT_OF_ORDERNESS,
                MAXIMUM_SKEW,
                DUPLICATE_HORIZON,
                IDLENESS,
                ALIGNMENT_DRIFT,
                PLANNED_DURATION,
                REPORT_INTERVAL,
                VERDICT_EXPIRY));
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(JobSettings.keys());
        return keys;
    }

    /** The settings of a process. */
    public static CanaryConfig from(Configuration configuration) {
        KafkaClientSettings kafka = KafkaClientSettings.from(configuration);
        CanaryRules rules = new CanaryRules(
                configuration.get(PLANNED_DURATION),
                configuration.get(REPORT_INTERVAL),
                configuration.get(VERDICT_EXPIRY));
        return new CanaryConfig(source(configuration, kafka), kafka.producer(), rules);
    }

    /** Lateness is zero: a decision takes each pane as it closed. */
    private static TraceSourceConfig source(Configuration configuration, KafkaClientSettings kafka) {
        String url = configuration.get(REGISTRY_URL);
        Map<String, String> properties = Map.copyOf(configuration.get(REGISTRY_PROPERTIES));
        return new TraceSourceConfig(
                configuration.get(RUN),
                JOB,
                kafka.consumer("tidemark-" + JOB),
                () -> new ConfluentSchemaRegistry(url, properties),
                ArmSlice.DIMENSIONS,
                configuration.get(OUT_OF_ORDERNESS),
                Duration.ZERO,
                configuration.get(MAXIMUM_SKEW),
                configuration.get(DUPLICATE_HORIZON),
                configuration.get(IDLENESS),
                configuration.get(ALIGNMENT_DRIFT),
                "");
    }
}
