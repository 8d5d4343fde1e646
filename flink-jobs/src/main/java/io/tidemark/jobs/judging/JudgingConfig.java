package io.tidemark.jobs.judging;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.jobs.embedding.EmbeddingConfig;
import io.tidemark.jobs.judging.judge.JudgeSettings;
import io.tidemark.jobs.judging.judge.Judges;
import io.tidemark.jobs.judging.judge.PromptTemplate;
import io.tidemark.jobs.review.ReviewSettings;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.sampling.SampleRate;
import io.tidemark.jobs.sampling.SampleSettings;
import io.tidemark.jobs.source.TraceSourceConfig;
import io.tidemark.jobs.source.TraceSourceKeys;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Settings of the judging job.
 *
 * @param source how it reads traces
 * @param producer properties of the Kafka producer
 * @param sampling which inferences are judged
 * @param pairs of which traces the answers of production and of a shadow are compared
 * @param pairHorizon how long an answer waits for its counterpart, in event time
 * @param judges names of the judges, each of which judges every sample
 * @param settings what the judges need
 * @param budgetNanoUsd most that the judgements of a tenant and day may cost, in billionths of a US dollar
 * @param capacity samples that are under way at one judge
 * @param patience how long a sample waits for a judge that does not answer
 * @param lowScore scores under it are proposed for review, in [0, 1]
 * @param reviews how many answers people are asked to look at
 * @param clock says when something was judged
 */
public record JudgingConfig(
        TraceSourceConfig source,
        Properties producer,
        SampleSettings sampling,
        SampleSettings pairs,
        Duration pairHorizon,
        List<String> judges,
        JudgeSettings settings,
        long budgetNanoUsd,
        int capacity,
        Duration patience,
        double lowScore,
        ReviewSettings reviews,
        Clock clock)
        implements Serializable {

    /** Name of the job. */
    public static final String JOB = "judging";

    private static final double NANO_USD = 1e9;

    /** A price in US dollars for a million tokens, in billionths of a dollar for one. */
    private static final double NANO_USD_PER_TOKEN = 1e3;

    private static final String UNKNOWN_PRICE = "";
    private static final TraceSourceKeys SOURCE = new TraceSourceKeys(JOB);
    private static final SampleSettings.Keys SAMPLING = SampleSettings.Keys.of(
            "judging.sampling", new SampleSettings(new SampleRate(0.02, 0), Map.of(), Duration.ofDays(1)));
    private static final ConfigurationKey<Double> PAIRS = ConfigurationKey.decimal(
            "judging.pairs.rate",
            0.0,
            0,
            1,
            "share of the traces of which the answers of production and of a shadow are compared by embedding; 0 for none");
    private static final ConfigurationKey<Duration> PAIR_HORIZON = ConfigurationKey.duration(
            "judging.pairs.horizon",
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            "how long an answer waits for its counterpart, in event time");
    private static final ConfigurationKey<String> JUDGES = ConfigurationKey.text(
            "judging.judges", Judges.RULES, "who judges, with commas: rules, embedding, openai-compatible");
    private static final ConfigurationKey<Double> BUDGET = ConfigurationKey.decimal(
            "judging.budget-usd", 10.0, 0, 1e6, "most that the judgements of a tenant and day may cost, in US dollars");
    private static final ConfigurationKey<Integer> CAPACITY =
            ConfigurationKey.integer("judging.in-flight", 64, 1, 100_000, "samples that are under way at one judge");
    private static final ConfigurationKey<Duration> PATIENCE = ConfigurationKey.duration(
            "judging.patience",
            Duration.ofMinutes(2),
            Duration.ofMillis(100),
            "how long a sample waits for a judge that does not answer; then it counts as unjudged");
    private static final ConfigurationKey<Double> LOW_SCORE = ConfigurationKey.decimal(
            "judging.low-score", 0.3, 0, 1, "scores under it are proposed for review; 0 for none");
    private static final ConfigurationKey<String> URL = ConfigurationKey.text(
            "judging.openai.url", "", "openai-compatible: address up to the version, such as http://judge:8000/v1");
    private static final ConfigurationKey<String> MODEL =
            ConfigurationKey.text("judging.openai.model", "", "openai-compatible: name of the model");
    private static final ConfigurationKey<String> API_KEY = ConfigurationKey.text(
            "judging.openai.api-key", "", "openai-compatible: key; empty where none is asked for");
    private static final ConfigurationKey<String> TEMPLATE = ConfigurationKey.oneOf(
            "judging.openai.template",
            PromptTemplate.IDS.get(0),
            Set.copyOf(PromptTemplate.IDS),
            "openai-compatible: prompt template");
    private static final ConfigurationKey<Duration> TIMEOUT = ConfigurationKey.duration(
            "judging.openai.timeout",
            Duration.ofSeconds(30),
            Duration.ofMillis(10),
            "openai-compatible: longest answer of the server");
    private static final ConfigurationKey<Integer> CONCURRENCY =
            ConfigurationKey.integer("judging.openai.concurrency", 8, 1, 256, "openai-compatible: requests at once");
    private static final ConfigurationKey<String> INPUT_PRICE = ConfigurationKey.text(
            "judging.openai.input-usd-per-million",
            UNKNOWN_PRICE,
            "openai-compatible: price of a million tokens that it reads, in US dollars; 0 when it costs nothing");
    private static final ConfigurationKey<String> OUTPUT_PRICE = ConfigurationKey.text(
            "judging.openai.output-usd-per-million",
            UNKNOWN_PRICE,
            "openai-compatible: price of a million tokens that it writes, in US dollars; 0 when it costs nothing");

    public JudgingConfig {
        judges = List.copyOf(judges);
        if (judges.isEmpty() || !Judges.NAMES.containsAll(judges)) {
            throw new ConfigurationException(
                    "%s = '%s' must name some of %s".formatted(JUDGES.name(), String.join(",", judges), Judges.NAMES));
        }
        if (judges.contains(Judges.OPENAI)) {
            require(URL, settings.openAi().url());
            require(MODEL, settings.openAi().model());
        }
        if ((judges.contains(Judges.EMBEDDING) || pairs.standard().rate() > 0)
                && settings.embedding().isRemote()
                && settings.embedding().url().isEmpty()) {
            throw new ConfigurationException("embedding.url = '' must name the server of the backend "
                    + settings.embedding().name());
        }
    }

    private static void require(ConfigurationKey<String> key, String value) {
        if (value.isEmpty()) {
            throw new ConfigurationException(
                    "%s = '' must be set for the judge %s".formatted(key.name(), Judges.OPENAI));
        }
    }

    /** Whether answers of shadows are compared with production's. */
    boolean judgesPairs() {
        return pairs.standard().rate() > 0;
    }

    /** Name of the job with its run. */
    public String jobName() {
        return source.isLive() ? JOB : JOB + "." + source.run();
    }

    /** The keys of the job's process. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                JUDGES,
                PAIRS,
                PAIR_HORIZON,
                BUDGET,
                CAPACITY,
                PATIENCE,
                LOW_SCORE,
                URL,
                MODEL,
                API_KEY,
                TEMPLATE,
                TIMEOUT,
                CONCURRENCY,
                INPUT_PRICE,
                OUTPUT_PRICE));
        keys.addAll(SAMPLING.all());
        keys.addAll(ReviewSettings.keys());
        keys.addAll(EmbeddingConfig.backendKeys());
        keys.addAll(SOURCE.keys());
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(JobSettings.keys());
        return keys;
    }

    /**
     * The settings of a process.
     *
     * @param clock says when something was judged
     * @throws ConfigurationException when a value breaks a rule; the message names it
     */
    public static JudgingConfig from(Configuration configuration, Clock clock) {
        List<String> judges = Arrays.stream(configuration.get(JUDGES).split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        return new JudgingConfig(
                SOURCE.config(configuration, Set.of(Dimension.TENANT), Duration.ofDays(1), ""),
                KafkaClientSettings.from(configuration).producer(),
                SAMPLING.from(configuration),
                new SampleSettings(new SampleRate(configuration.get(PAIRS), 0), Map.of(), Duration.ofDays(1)),
                configuration.get(PAIR_HORIZON),
                judges,
                new JudgeSettings(
                        EmbeddingConfig.backend(configuration), openAi(configuration, judges.contains(Judges.OPENAI))),
                Math.round(configuration.get(BUDGET) * NANO_USD),
                configuration.get(CAPACITY),
                configuration.get(PATIENCE),
                configuration.get(LOW_SCORE),
                ReviewSettings.from(configuration),
                clock);
    }

    private static JudgeSettings.OpenAi openAi(Configuration configuration, boolean isAsked) {
        return new JudgeSettings.OpenAi(
                configuration.get(URL),
                configuration.get(MODEL),
                configuration.get(API_KEY),
                configuration.get(TEMPLATE),
                configuration.get(TIMEOUT),
                configuration.get(CONCURRENCY),
                isAsked ? price(configuration, INPUT_PRICE) : 0,
                isAsked ? price(configuration, OUTPUT_PRICE) : 0);
    }

    /** A price must be said: a budget in money cannot be kept without. */
    private static double price(Configuration configuration, ConfigurationKey<String> key) {
        String text = configuration.get(key);
        try {
            double price = Double.parseDouble(text);
            if (price >= 0 && Double.isFinite(price)) {
                return price * NANO_USD_PER_TOKEN;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number that is no price
        }
        throw new ConfigurationException("%s = '%s' must be a price in US dollars, at least 0; 0 when it costs nothing"
                .formatted(key.name(), text));
    }
}
