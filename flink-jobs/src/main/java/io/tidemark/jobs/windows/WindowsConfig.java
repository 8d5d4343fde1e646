package io.tidemark.jobs.windows;

import io.tidemark.contracts.trace.TraceAdmission;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.source.TraceSource;
import io.tidemark.jobs.source.TraceSourceConfig;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Settings of the windows job.
 *
 * @param source how it reads traces
 * @param producer properties of the Kafka producer
 * @param lattice slice levels
 * @param slicesPerTenant most slices of a tenant on one level
 * @param earlyInterval how often windows longer than five minutes give a row while they are open; zero for never
 * @param limits limits of tenants and provider keys
 */
public record WindowsConfig(
        TraceSourceConfig source,
        Properties producer,
        SliceLattice lattice,
        int slicesPerTenant,
        Duration earlyInterval,
        Limits limits)
        implements Serializable {

    /** Name of the job. */
    static final String JOB = "windows";

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_SLICES = 10_000_000;

    private static final ConfigurationKey<String> RUN =
            ConfigurationKey.text("run", "", "name of the replay run; empty for live traffic");
    private static final ConfigurationKey<String> REGISTRY_URL =
            ConfigurationKey.text("registry.url", null, "URL of the schema registry");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES = ConfigurationKey.prefix(
            "registry.properties", "further properties of the registry client, for example basic.auth.user.info");
    private static final ConfigurationKey<Duration> OUT_OF_ORDERNESS = ConfigurationKey.duration(
            "windows.out-of-orderness",
            Duration.ofSeconds(10),
            Duration.ZERO,
            "how far out of order traces are on time");
    private static final ConfigurationKey<Duration> ALLOWED_LATENESS = ConfigurationKey.duration(
            "windows.allowed-lateness",
            Duration.ofMinutes(10),
            Duration.ZERO,
            "how late a trace still restates its windows");
    private static final ConfigurationKey<Duration> MAXIMUM_SKEW = ConfigurationKey.duration(
            "traces.maximum-skew",
            TraceAdmission.DEFAULT_MAXIMUM_SKEW,
            Duration.ZERO,
            "how far ahead of its append time a trace may lie");
    private static final ConfigurationKey<Duration> DUPLICATE_HORIZON = ConfigurationKey.duration(
            "windows.duplicate-horizon",
            Duration.ofMinutes(5),
            Duration.ZERO,
            "how long an inference id is remembered, in event time; PT0S to count repeats");
    private static final ConfigurationKey<Duration> IDLENESS = ConfigurationKey.duration(
            "windows.idleness",
            Duration.ofSeconds(5),
            SECOND,
            "live: silence after which a partition holds time back no longer");
    private static final ConfigurationKey<Duration> ALIGNMENT_DRIFT = ConfigurationKey.duration(
            "windows.alignment-drift", Duration.ofHours(1), SECOND, "replay: how far a partition may run ahead");
    private static final ConfigurationKey<String> PRICE_FILE =
            ConfigurationKey.text("windows.price-file", "", "price table; empty for the one that comes along");
    private static final ConfigurationKey<String> LIMITS_FILE =
            ConfigurationKey.text("windows.limits-file", "", "limits of tenants and provider keys; empty for none");
    private static final ConfigurationKey<String> LEVELS = ConfigurationKey.text(
            "windows.levels", SliceLattice.STANDARD, "slice levels: name=dimension+dimension;...");
    private static final ConfigurationKey<Integer> SLICES_PER_TENANT = ConfigurationKey.integer(
            "windows.slices-per-tenant", 10_000, 1, MOST_SLICES, "most slices of a tenant on one level");
    private static final ConfigurationKey<Duration> EARLY_INTERVAL = ConfigurationKey.duration(
            "windows.early-interval",
            Duration.ofMinutes(5),
            Duration.ZERO,
            "how often long windows give a row while open, a multiple of PT5M; PT0S for never");

    public WindowsConfig {
        requireMultiple("windows.allowed-lateness", source.allowedLateness(), TraceSource.PANE_MILLIS);
        requireMultiple("windows.early-interval", earlyInterval, WindowSizes.MILLIS[WindowSizes.ROLLED]);
    }

    /** Name of the job with its run. */
    public String jobName() {
        return source.isLive() ? JOB : JOB + "." + source.run();
    }

    /** The keys of the job's process. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                RUN,
                REGISTRY_URL,
                REGISTRY_PROPERTIES,
                OUT_OF_ORDERNESS,
                ALLOWED_LATENESS,
                MAXIMUM_SKEW,
                DUPLICATE_HORIZON,
                IDLENESS,
                ALIGNMENT_DRIFT,
                PRICE_FILE,
                LIMITS_FILE,
                LEVELS,
                SLICES_PER_TENANT,
                EARLY_INTERVAL));
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(JobSettings.keys());
        return keys;
    }

    /** The settings of a process. */
    public static WindowsConfig from(Configuration configuration) {
        KafkaClientSettings kafka = KafkaClientSettings.from(configuration);
        SliceLattice lattice = SliceLattice.parse(configuration.get(LEVELS));
        String limitsFile = configuration.get(LIMITS_FILE);
        return new WindowsConfig(
                source(configuration, kafka, lattice),
                kafka.producer(),
                lattice,
                configuration.get(SLICES_PER_TENANT),
                configuration.get(EARLY_INTERVAL),
                limitsFile.isEmpty() ? Limits.none() : Limits.of(Path.of(limitsFile)));
    }

    private static TraceSourceConfig source(
            Configuration configuration, KafkaClientSettings kafka, SliceLattice lattice) {
        String url = configuration.get(REGISTRY_URL);
        Map<String, String> properties = Map.copyOf(configuration.get(REGISTRY_PROPERTIES));
        String run = configuration.get(RUN);
        return new TraceSourceConfig(
                run,
                JOB,
                kafka.consumer("tidemark-" + JOB),
                () -> new ConfluentSchemaRegistry(url, properties),
                lattice.keyDimensions(),
                configuration.get(OUT_OF_ORDERNESS),
                configuration.get(ALLOWED_LATENESS),
                configuration.get(MAXIMUM_SKEW),
                configuration.get(DUPLICATE_HORIZON),
                configuration.get(IDLENESS),
                configuration.get(ALIGNMENT_DRIFT),
                configuration.get(PRICE_FILE));
    }

    private static void requireMultiple(String key, Duration value, long unitMillis) {
        if (value.toMillis() % unitMillis != 0) {
            throw new ConfigurationException(
                    "%s = '%s' must be a multiple of %s".formatted(key, value, Duration.ofMillis(unitMillis)));
        }
    }
}
