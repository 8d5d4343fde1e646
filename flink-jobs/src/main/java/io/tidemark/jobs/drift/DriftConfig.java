package io.tidemark.jobs.drift;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.jobs.embedding.EmbeddingConfig;
import io.tidemark.jobs.review.ReviewSettings;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.source.TraceSourceConfig;
import io.tidemark.jobs.source.TraceSourceKeys;
import io.tidemark.jobs.windows.SliceLattice;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * Settings of the drift job.
 *
 * @param source how it reads traces
 * @param producer properties of the Kafka producer
 * @param windows windows in which drift is looked for
 * @param lattice slice levels
 * @param mostCells pairs of tenant and version tuple that a task keeps apart
 * @param policy when a test counts
 * @param embedding how texts are embedded
 * @param reviews how many candidates for golden sets people are asked to look at
 */
public record DriftConfig(
        TraceSourceConfig source,
        Properties producer,
        DriftWindows windows,
        SliceLattice lattice,
        int mostCells,
        DriftPolicy policy,
        EmbeddingConfig embedding,
        ReviewSettings reviews)
        implements Serializable {

    /** Name of the job. */
    public static final String JOB = "drift";

    /** The slice levels that drift has unless it is told otherwise. */
    public static final String LEVELS_STANDARD = "tenant_version=tenant+version;version=version;tenant=tenant;all=";

    private static final String MONDAY = "1970-01-05T00:00:00Z";
    private static final int MOST_CELLS = 1_000_000;
    private static final TraceSourceKeys SOURCE = new TraceSourceKeys(JOB);

    private static final ConfigurationKey<String> WINDOWS = ConfigurationKey.text(
            "drift.windows", "PT1H,P1D,P7D", "lengths of the windows, each a multiple of the shortest");
    private static final ConfigurationKey<String> ORIGIN = ConfigurationKey.text(
            "drift.window-origin",
            MONDAY,
            "a time at which windows begin; weeks begin on the day of the week that it names");
    private static final ConfigurationKey<String> LEVELS = ConfigurationKey.text(
            "drift.levels",
            LEVELS_STANDARD,
            "slice levels: name=dimension+dimension;... of tenant and version components");
    private static final ConfigurationKey<Integer> CELLS = ConfigurationKey.integer(
            "drift.most-cells", 20_000, 1, MOST_CELLS, "pairs of tenant and version tuple that a task keeps apart");
    private static final ConfigurationKey<String> FALSE_DISCOVERY_RATE = ConfigurationKey.text(
            "drift.false-discovery-rate", "0.01", "share of false discoveries allowed in one tick");
    private static final ConfigurationKey<String> FALSE_ALARM_DAYS = ConfigurationKey.text(
            "drift.false-alarm-days", "0.04", "share of days without drift that may have an alarm of hourly windows");
    private static final ConfigurationKey<Duration> PREVIOUS_SIGNALS = ConfigurationKey.duration(
            "drift.previous-window-signals-from",
            Duration.ofDays(1),
            Duration.ofSeconds(1),
            "shortest window whose move against the window before it signals");

    public DriftConfig {
        Set<Dimension> allowed = EnumSet.range(Dimension.BASE_MODEL, Dimension.SERVING);
        allowed.add(Dimension.TENANT);
        allowed.add(Dimension.ROLE);
        if (!allowed.containsAll(lattice.keyDimensions())) {
            throw new ConfigurationException(
                    "drift.levels = '%s' must slice by tenant and version components only".formatted(lattice.levels()));
        }
    }

    /** Name of the job with its run. */
    public String jobName() {
        return source.jobName();
    }

    /** The keys of the job's process. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(
                List.of(WINDOWS, ORIGIN, LEVELS, CELLS, FALSE_DISCOVERY_RATE, FALSE_ALARM_DAYS, PREVIOUS_SIGNALS));
        keys.addAll(EmbeddingConfig.keys());
        keys.addAll(ReviewSettings.keys());
        keys.addAll(SOURCE.keys());
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(JobSettings.keys());
        return keys;
    }

    /** The settings of a process. Lateness is zero: a decision takes each window as it closed. */
    public static DriftConfig from(Configuration configuration) {
        SliceLattice lattice = SliceLattice.parse(configuration.get(LEVELS));
        Set<Dimension> dimensions = EnumSet.range(Dimension.BASE_MODEL, Dimension.SERVING);
        dimensions.addAll(lattice.keyDimensions());
        return new DriftConfig(
                SOURCE.config(configuration, dimensions, Duration.ZERO, ""),
                KafkaClientSettings.from(configuration).producer(),
                windows(configuration.get(WINDOWS), configuration.get(ORIGIN)),
                lattice,
                configuration.get(CELLS),
                new DriftPolicy(
                        share(FALSE_DISCOVERY_RATE, configuration),
                        share(FALSE_ALARM_DAYS, configuration),
                        configuration.get(PREVIOUS_SIGNALS)),
                EmbeddingConfig.from(configuration),
                ReviewSettings.from(configuration));
    }

    private static double share(ConfigurationKey<String> key, Configuration configuration) {
        try {
            return Double.parseDouble(configuration.get(key));
        } catch (NumberFormatException e) {
            throw new ConfigurationException("%s = '%s' must be a number in (0, 1), for example 0.01"
                    .formatted(key.name(), configuration.get(key)));
        }
    }

    private static DriftWindows windows(String lengths, String origin) {
        try {
            List<Integer> seconds = Arrays.stream(lengths.split(",", -1))
                    .map(length -> (int) Duration.parse(length.strip()).toSeconds())
                    .toList();
            return new DriftWindows(seconds, Instant.parse(origin).toEpochMilli());
        } catch (DateTimeException e) {
            throw new ConfigurationException(
                    "drift.windows = '%s', drift.window-origin = '%s' cannot be read; examples: PT1H,P1D and %s"
                            .formatted(lengths, origin, MONDAY));
        }
    }
}
