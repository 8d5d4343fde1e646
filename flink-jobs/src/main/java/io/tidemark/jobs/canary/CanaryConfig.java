package io.tidemark.jobs.canary;

import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.review.ReviewSettings;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.source.ControlFeed;
import io.tidemark.jobs.source.KafkaControlFeed;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.jobs.source.TraceSourceConfig;
import io.tidemark.jobs.source.TraceSourceKeys;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Settings of the canary job.
 *
 * @param source how it reads traces
 * @param producer properties of the Kafka producer
 * @param rules how rollouts are judged
 * @param outcomeHorizon how long a trace of a rollout waits for outcomes, in event time
 * @param pairHorizon how long an answer of a shadow's release waits for its counterpart, in event time
 * @param agreementCosine cosine from which on two answers agree, for {@code agreement_embedding}
 * @param reviews how many disagreements people are asked to look at
 */
public record CanaryConfig(
        TraceSourceConfig source,
        Properties producer,
        CanaryRules rules,
        Duration outcomeHorizon,
        Duration pairHorizon,
        double agreementCosine,
        ReviewSettings reviews)
        implements Serializable {

    /** Name of the job. */
    public static final String JOB = "canary";

    private static final TraceSourceKeys SOURCE = new TraceSourceKeys(JOB);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Judges answer within minutes; labels that take days are the quality job's. */
    static final Duration STANDARD_HORIZON = Duration.ofHours(1);

    /** Both answers are given at about the same time; the shadow may wait in a queue. */
    static final Duration STANDARD_PAIR_HORIZON = Duration.ofMinutes(5);

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

    private static final ConfigurationKey<Duration> OUTCOME_HORIZON = ConfigurationKey.duration(
            "canary.outcome-horizon",
            STANDARD_HORIZON,
            SECOND,
            "how long a trace of a rollout waits for scores of judges and users, in event time");

    private static final ConfigurationKey<Duration> PAIR_HORIZON = ConfigurationKey.duration(
            "canary.pair-horizon",
            STANDARD_PAIR_HORIZON,
            SECOND,
            "how long an answer of a shadow's release waits for its counterpart, in event time");

    /** Lets most rewordings pass with the model that comes along (they lie from 0.70 on), and a "not" too often (0.81 to 0.91). */
    static final double STANDARD_COSINE = 0.85;

    private static final ConfigurationKey<Double> AGREEMENT_COSINE = ConfigurationKey.decimal(
            "canary.agreement-cosine",
            STANDARD_COSINE,
            0,
            1,
            "cosine from which on production's answer and the shadow's agree, for agreement_embedding");

    /** Name of the job with its run. */
    public String jobName() {
        return source.jobName();
    }

    String releasesTopic() {
        return TopicCatalogue.RELEASES.nameInRun(source.run());
    }

    /** The releases, for an operator that reads them itself. */
    ControlFeed.Factory<Release> releaseFeed() {
        Properties consumer = source.consumer();
        RegistryFactory registry = source.registry();
        String run = source.run();
        return () -> KafkaControlFeed.open(consumer, registry, TopicCatalogue.RELEASES, run, Release.class);
    }

    String outcomesTopic() {
        return TopicCatalogue.OUTCOMES.nameInRun(source.run());
    }

    /** The keys of the job's process. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                PLANNED_DURATION, REPORT_INTERVAL, VERDICT_EXPIRY, OUTCOME_HORIZON, PAIR_HORIZON, AGREEMENT_COSINE));
        keys.addAll(ReviewSettings.keys());
        keys.addAll(SOURCE.keys());
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(JobSettings.keys());
        return keys;
    }

    /** The settings of a process. Lateness is zero: a decision takes each pane as it closed. */
    public static CanaryConfig from(Configuration configuration) {
        CanaryRules rules = new CanaryRules(
                configuration.get(PLANNED_DURATION),
                configuration.get(REPORT_INTERVAL),
                configuration.get(VERDICT_EXPIRY));
        return new CanaryConfig(
                SOURCE.config(configuration, ArmSlice.DIMENSIONS, Duration.ZERO, ""),
                KafkaClientSettings.from(configuration).producer(),
                rules,
                configuration.get(OUTCOME_HORIZON),
                configuration.get(PAIR_HORIZON),
                configuration.get(AGREEMENT_COSINE),
                ReviewSettings.from(configuration));
    }
}
