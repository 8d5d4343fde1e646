package io.tidemark.jobs.quality;

import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.TraceAdmission;
import io.tidemark.jobs.quality.join.JoinRules;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.sampling.SampleRate;
import io.tidemark.jobs.sampling.SampleSettings;
import io.tidemark.jobs.source.TraceSourceConfig;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Settings of the quality job.
 *
 * @param source how it reads traces
 * @param producer properties of the Kafka producer
 * @param rules how outcomes are joined
 * @param sampling which traces are joined
 * @param restateInterval time between restatements; divides a day
 * @param signalAgeDays label age at which days are compared for trends; one of the label ages
 * @param joinsSessions whether outcomes of whole sessions are joined too
 * @param fairnessFeatures categorical features that fairness is sliced by
 * @param minimumCell units under which a fairness slice is not shown
 */
public record QualityConfig(
        TraceSourceConfig source,
        Properties producer,
        JoinRules rules,
        SampleSettings sampling,
        Duration restateInterval,
        int signalAgeDays,
        boolean joinsSessions,
        List<String> fairnessFeatures,
        int minimumCell)
        implements Serializable {

    /** Name of the job. */
    public static final String JOB = "quality";

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ConfigurationKey<String> RUN =
            ConfigurationKey.text("run", "", "name of the replay run; empty for live traffic");
    private static final ConfigurationKey<String> REGISTRY_URL =
            ConfigurationKey.text("registry.url", null, "URL of the schema registry");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES =
            ConfigurationKey.prefix("registry.properties", "further properties of the registry client");
    private static final ConfigurationKey<String> LABEL_AGES =
            ConfigurationKey.text("quality.label-ages", "1,3,7", "days at which labels are compared, ascending");
    private static final ConfigurationKey<Duration> BOUND = ConfigurationKey.duration(
            "quality.bound", Duration.ofDays(8), Duration.ofDays(1), "how long an inference waits for outcomes");
    private static final ConfigurationKey<String> POSITIVE_CLASS = ConfigurationKey.text(
            "quality.positive-class", "", "class that scores and selection rates are about; empty for none");
    private static final ConfigurationKey<Duration> RESTATE_INTERVAL = ConfigurationKey.duration(
            "quality.restate-interval", Duration.ofHours(1), SECOND, "time between restatements; divides a day");
    private static final ConfigurationKey<Integer> SIGNAL_AGE = ConfigurationKey.integer(
            "quality.signal-age-days", 3, 1, 365, "label age at which days are compared for trends");
    private static final ConfigurationKey<Boolean> SESSIONS =
            ConfigurationKey.bool("quality.sessions", true, "whether outcomes of whole sessions are joined");
    private static final ConfigurationKey<String> FAIRNESS_FEATURES = ConfigurationKey.text(
            "quality.fairness-features", "", "categorical features to slice by, with commas; empty for none");
    private static final ConfigurationKey<Integer> MINIMUM_CELL = ConfigurationKey.integer(
            "quality.minimum-cell", 30, 1, 1_000_000, "units under which a fairness slice is not shown");
    private static final ConfigurationKey<Duration> OUT_OF_ORDERNESS = ConfigurationKey.duration(
            "quality.out-of-orderness",
            Duration.ofMinutes(1),
            Duration.ZERO,
            "how far out of order records are on time");
    private static final ConfigurationKey<Duration> ALLOWED_LATENESS = ConfigurationKey.duration(
            "quality.allowed-lateness", Duration.ofHours(1), Duration.ZERO, "how much later inferences still count");
    private static final ConfigurationKey<Duration> IDLENESS = ConfigurationKey.duration(
            "quality.idleness",
            Duration.ofSeconds(5),
            SECOND,
            "live: silence after which a partition holds time no longer");
    private static final SampleSettings.Keys SAMPLING = SampleSettings.Keys.of(
            "quality.sampling", new SampleSettings(new SampleRate(0.1, 0), Map.of(), Duration.ofDays(1)));

    public QualityConfig {
        fairnessFeatures = List.copyOf(fairnessFeatures);
        if (JoinRules.DAY_MILLIS % restateInterval.toMillis() != 0) {
            throw new ConfigurationException(
                    "%s = '%s' must divide a day".formatted(RESTATE_INTERVAL.name(), restateInterval));
        }
        if (!rules.labelAges().contains(signalAgeDays)) {
            throw new ConfigurationException("%s = '%d' must be one of the label ages %s"
                    .formatted(SIGNAL_AGE.name(), signalAgeDays, rules.labelAges()));
        }
    }

    /** Name of the job with its run. */
    public String jobName() {
        return source.isLive() ? JOB : JOB + "." + source.run();
    }

    String outcomesTopic() {
        return TopicCatalogue.OUTCOMES.nameInRun(source.run());
    }

    /** The keys of the job's process. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                RUN,
                REGISTRY_URL,
                REGISTRY_PROPERTIES,
                LABEL_AGES,
                BOUND,
                POSITIVE_CLASS,
                RESTATE_INTERVAL,
                SIGNAL_AGE,
                SESSIONS,
                FAIRNESS_FEATURES,
                MINIMUM_CELL,
                OUT_OF_ORDERNESS,
                ALLOWED_LATENESS,
                IDLENESS));
        keys.addAll(SAMPLING.all());
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(JobSettings.keys());
        return keys;
    }

    /**
     * The settings of a process.
     *
     * @throws ConfigurationException when a value breaks a rule; the message names it
     */
    public static QualityConfig from(Configuration configuration) {
        KafkaClientSettings kafka = KafkaClientSettings.from(configuration);
        return new QualityConfig(
                source(configuration, kafka),
                kafka.producer(),
                rules(configuration),
                SAMPLING.from(configuration),
                configuration.get(RESTATE_INTERVAL),
                configuration.get(SIGNAL_AGE),
                configuration.get(SESSIONS),
                names(configuration.get(FAIRNESS_FEATURES)),
                configuration.get(MINIMUM_CELL));
    }

    private static JoinRules rules(Configuration configuration) {
        String ages = configuration.get(LABEL_AGES);
        try {
            return new JoinRules(
                    names(ages).stream().map(Integer::valueOf).toList(),
                    configuration.get(BOUND),
                    configuration.get(POSITIVE_CLASS));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "%s = '%s' is refused: %s".formatted(LABEL_AGES.name(), ages, e.getMessage()));
        }
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static TraceSourceConfig source(Configuration configuration, KafkaClientSettings kafka) {
        String url = configuration.get(REGISTRY_URL);
        Map<String, String> properties = Map.copyOf(configuration.get(REGISTRY_PROPERTIES));
        return new TraceSourceConfig(
                configuration.get(RUN),
                JOB,
                kafka.consumer("tidemark-" + JOB),
                () -> new ConfluentSchemaRegistry(url, properties),
                Set.of(Dimension.TENANT),
                configuration.get(OUT_OF_ORDERNESS),
                configuration.get(ALLOWED_LATENESS),
                TraceAdmission.DEFAULT_MAXIMUM_SKEW,
                Duration.ZERO,
                configuration.get(IDLENESS),
                Duration.ofHours(1),
                "");
    }
}
