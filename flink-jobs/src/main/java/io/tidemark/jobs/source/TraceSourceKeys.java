package io.tidemark.jobs.source;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.TraceAdmission;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings that every job has that reads traces; what belongs to one job alone begins with its name. */
public final class TraceSourceKeys {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final ConfigurationKey<String> RUN =
            ConfigurationKey.text("run", "", "name of the replay run; empty for live traffic");
    private static final ConfigurationKey<String> REGISTRY_URL =
            ConfigurationKey.text("registry.url", null, "URL of the schema registry");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES = ConfigurationKey.prefix(
            "registry.properties", "further properties of the registry client, for example basic.auth.user.info");
    private static final ConfigurationKey<Duration> MAXIMUM_SKEW = ConfigurationKey.duration(
            "traces.maximum-skew",
            TraceAdmission.DEFAULT_MAXIMUM_SKEW,
            Duration.ZERO,
            "how far ahead of its append time a trace may lie");

    private final String job;
    private final ConfigurationKey<Duration> outOfOrderness;
    private final ConfigurationKey<Duration> duplicateHorizon;
    private final ConfigurationKey<Duration> idleness;
    private final ConfigurationKey<Duration> alignmentDrift;

    /** @param job name of the job */
    public TraceSourceKeys(String job) {
        this.job = job;
        outOfOrderness = ConfigurationKey.duration(
                job + ".out-of-orderness",
                Duration.ofSeconds(10),
                Duration.ZERO,
                "how far out of order traces are on time; part of the delay of every result");
        duplicateHorizon = ConfigurationKey.duration(
                job + ".duplicate-horizon",
                Duration.ofMinutes(5),
                Duration.ZERO,
                "how long an inference id is remembered, in event time; PT0S to count repeats");
        idleness = ConfigurationKey.duration(
                job + ".idleness",
                Duration.ofSeconds(5),
                SECOND,
                "live: silence after which a partition holds time back no longer");
        alignmentDrift = ConfigurationKey.duration(
                job + ".alignment-drift", Duration.ofHours(1), SECOND, "replay: how far a partition may run ahead");
    }

    /** Every key. */
    public List<ConfigurationKey<?>> keys() {
        return List.of(
                RUN,
                REGISTRY_URL,
                REGISTRY_PROPERTIES,
                outOfOrderness,
                MAXIMUM_SKEW,
                duplicateHorizon,
                idleness,
                alignmentDrift);
    }

    /**
     * How the job reads traces.
     *
     * @param keyDimensions dimensions that it slices by
     * @param allowedLateness how much later than on time a trace still counts
     * @param priceFile price table; empty for the one that comes along
     */
    public TraceSourceConfig config(
            Configuration configuration, Set<Dimension> keyDimensions, Duration allowedLateness, String priceFile) {
        String url = configuration.get(REGISTRY_URL);
        Map<String, String> properties = Map.copyOf(configuration.get(REGISTRY_PROPERTIES));
        return new TraceSourceConfig(
                configuration.get(RUN),
                job,
                KafkaClientSettings.from(configuration).consumer("tidemark-" + job),
                () -> new ConfluentSchemaRegistry(url, properties),
                keyDimensions,
                configuration.get(outOfOrderness),
                allowedLateness,
                configuration.get(MAXIMUM_SKEW),
                configuration.get(duplicateHorizon),
                configuration.get(idleness),
                configuration.get(alignmentDrift),
                priceFile);
    }
}
