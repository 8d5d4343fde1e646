package io.tidemark.jobs.windows;

import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.source.TraceSource;
import io.tidemark.jobs.source.TraceSourceConfig;
import io.tidemark.jobs.source.TraceSourceKeys;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private static final TraceSourceKeys SOURCE = new TraceSourceKeys(JOB);
    private static final int MOST_SLICES = 10_000_000;

    private static final ConfigurationKey<Duration> ALLOWED_LATENESS = ConfigurationKey.duration(
            "windows.allowed-lateness",
            Duration.ofMinutes(10),
            Duration.ZERO,
            "how late a trace still restates its windows");
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
        return source.jobName();
    }

    /** The keys of the job's process. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(
                List.of(ALLOWED_LATENESS, PRICE_FILE, LIMITS_FILE, LEVELS, SLICES_PER_TENANT, EARLY_INTERVAL));
        keys.addAll(SOURCE.keys());
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(JobSettings.keys());
        return keys;
    }

    /** The settings of a process. */
    public static WindowsConfig from(Configuration configuration) {
        SliceLattice lattice = SliceLattice.parse(configuration.get(LEVELS));
        String limitsFile = configuration.get(LIMITS_FILE);
        return new WindowsConfig(
                SOURCE.config(
                        configuration,
                        lattice.keyDimensions(),
                        configuration.get(ALLOWED_LATENESS),
                        configuration.get(PRICE_FILE)),
                KafkaClientSettings.from(configuration).producer(),
                lattice,
                configuration.get(SLICES_PER_TENANT),
                configuration.get(EARLY_INTERVAL),
                limitsFile.isEmpty() ? Limits.none() : Limits.of(Path.of(limitsFile)));
    }

    private static void requireMultiple(String key, Duration value, long unitMillis) {
        if (value.toMillis() % unitMillis != 0) {
            throw new ConfigurationException(
                    "%s = '%s' must be a multiple of %s".formatted(key, value, Duration.ofMillis(unitMillis)));
        }
    }
}
