package io.tidemark.deploy.workload;

import static io.tidemark.deploy.workload.Workload.and;
import static io.tidemark.deploy.workload.Workload.names;

import io.tidemark.alerts.LifecycleConfig;
import io.tidemark.alerts.LifecycleProcess;
import io.tidemark.alerts.bridge.BridgeConfig;
import io.tidemark.alerts.bridge.BridgeProcess;
import io.tidemark.assembly.stream.AssemblyConfig;
import io.tidemark.assembly.stream.AssemblyProcess;
import io.tidemark.console.ConsoleConfig;
import io.tidemark.console.ConsoleProcess;
import io.tidemark.consumers.RetrainingProcess;
import io.tidemark.consumers.RollbackProcess;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.deploy.workload.Workload.Kind;
import io.tidemark.gateway.server.GatewayConfig;
import io.tidemark.gateway.server.GatewayProcess;
import io.tidemark.jobs.canary.CanaryConfig;
import io.tidemark.jobs.canary.CanaryJob;
import io.tidemark.jobs.drift.DriftConfig;
import io.tidemark.jobs.drift.DriftJob;
import io.tidemark.jobs.judging.JudgingConfig;
import io.tidemark.jobs.judging.JudgingJob;
import io.tidemark.jobs.quality.QualityConfig;
import io.tidemark.jobs.quality.QualityJob;
import io.tidemark.jobs.rules.RulesJob;
import io.tidemark.jobs.windows.WindowsConfig;
import io.tidemark.jobs.windows.WindowsJob;
import io.tidemark.sink.MigrationProcess;
import io.tidemark.sink.SinkConfig;
import io.tidemark.sink.SinkProcess;
import io.tidemark.sink.table.StoredTopic;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The one list of what runs on Kubernetes. Each entry has a manifest of its name under {@code deploy/k8s/base}. */
public final class Workloads {

    private static final String ALERT_DEAD_LETTERS = TopicCatalogue.ALERTS.deadLetterName();

    private static final Set<String> READ_BY_CONSUMERS = names(
            TopicCatalogue.ALERTS,
            TopicCatalogue.ALERT_STATES,
            TopicCatalogue.COMMANDS,
            TopicCatalogue.ACTIONS,
            TopicCatalogue.WINDOWS);

    private static final List<Workload> ALL = List.of(
            new Workload(
                    "gateway",
                    Kind.SERVICE,
                    GatewayProcess.class,
                    GatewayConfig.keyList(),
                    "",
                    Set.of(),
                    names(TopicCatalogue.SPANS, TopicCatalogue.TRACES, TopicCatalogue.OUTCOMES)),
            new Workload(
                    "assembler",
                    Kind.STREAMS,
                    AssemblyProcess.class,
                    AssemblyConfig.keys(),
                    AssemblyConfig.APPLICATION,
                    names(TopicCatalogue.SPANS),
                    and(
                            names(TopicCatalogue.TRACES, TopicCatalogue.LOOSE_SPANS),
                            TopicCatalogue.SPANS.deadLetterName())),
            new Workload(
                    "sink",
                    Kind.SERVICE,
                    SinkProcess.class,
                    SinkConfig.keys(),
                    "tidemark-sink",
                    stored(),
                    refusedBySink()),
            new Workload(
                    "migration", Kind.ONCE, MigrationProcess.class, MigrationProcess.keys(), "", Set.of(), Set.of()),
            new Workload(
                    "lifecycle",
                    Kind.STREAMS,
                    LifecycleProcess.class,
                    LifecycleConfig.keys(),
                    "tidemark-alerts",
                    names(TopicCatalogue.SIGNALS, TopicCatalogue.VERDICTS, TopicCatalogue.SILENCES),
                    and(
                            names(TopicCatalogue.ALERTS, TopicCatalogue.ALERT_STATES, TopicCatalogue.PROGRESS),
                            TopicCatalogue.SIGNALS.deadLetterName())),
            new Workload(
                    "bridge",
                    Kind.SERVICE,
                    BridgeProcess.class,
                    BridgeConfig.keys(),
                    "tidemark-bridge",
                    names(TopicCatalogue.ALERTS, TopicCatalogue.ALERT_STATES),
                    Set.of(ALERT_DEAD_LETTERS)),
            new Workload(
                    "rollback",
                    Kind.SERVICE,
                    RollbackProcess.class,
                    RollbackProcess.keys(),
                    RollbackProcess.NAME,
                    READ_BY_CONSUMERS,
                    and(names(TopicCatalogue.ACTIONS), ALERT_DEAD_LETTERS)),
            new Workload(
                    "retraining",
                    Kind.SERVICE,
                    RetrainingProcess.class,
                    RetrainingProcess.keys(),
                    RetrainingProcess.NAME,
                    and(READ_BY_CONSUMERS, TopicCatalogue.RELEASES.name()),
                    and(names(TopicCatalogue.ACTIONS), ALERT_DEAD_LETTERS)),
            new Workload(
                    "console", Kind.SERVICE, ConsoleProcess.class, ConsoleConfig.keyList(), "", Set.of(), Set.of()),
            new Workload(
                    "windows",
                    Kind.FLINK_JOB,
                    WindowsJob.class,
                    WindowsConfig.keys(),
                    "tidemark-windows",
                    names(TopicCatalogue.TRACES),
                    names(TopicCatalogue.WINDOWS, TopicCatalogue.LATE, TopicCatalogue.PROGRESS)),
            new Workload(
                    "canary",
                    Kind.FLINK_JOB,
                    CanaryJob.class,
                    CanaryConfig.keys(),
                    "tidemark-canary",
                    names(TopicCatalogue.TRACES, TopicCatalogue.RELEASES, TopicCatalogue.OUTCOMES),
                    names(TopicCatalogue.VERDICTS, TopicCatalogue.REVIEWS, TopicCatalogue.PROGRESS)),
            new Workload(
                    "rules",
                    Kind.FLINK_JOB,
                    RulesJob.class,
                    RulesJob.keys(),
                    "tidemark-rules",
                    names(TopicCatalogue.WINDOWS, TopicCatalogue.RULES, TopicCatalogue.RELEASES),
                    names(TopicCatalogue.SIGNALS, TopicCatalogue.AUTOSCALING, TopicCatalogue.PROGRESS)),
            new Workload(
                    "drift",
                    Kind.FLINK_JOB,
                    DriftJob.class,
                    DriftConfig.keys(),
                    "tidemark-drift",
                    names(TopicCatalogue.TRACES, TopicCatalogue.BASELINES),
                    names(
                            TopicCatalogue.DRIFT,
                            TopicCatalogue.SIGNALS,
                            TopicCatalogue.REVIEWS,
                            TopicCatalogue.PROGRESS)),
            new Workload(
                    "judging",
                    Kind.FLINK_JOB,
                    JudgingJob.class,
                    JudgingConfig.keys(),
                    "tidemark-judging",
                    names(TopicCatalogue.TRACES, TopicCatalogue.OUTCOMES),
                    names(TopicCatalogue.OUTCOMES, TopicCatalogue.REVIEWS)),
            new Workload(
                    "quality",
                    Kind.FLINK_JOB,
                    QualityJob.class,
                    QualityConfig.keys(),
                    "tidemark-quality",
                    names(TopicCatalogue.TRACES, TopicCatalogue.OUTCOMES),
                    names(TopicCatalogue.QUALITY, TopicCatalogue.SIGNALS, TopicCatalogue.PROGRESS)));

    private Workloads() {}

    /** Every workload. */
    public static List<Workload> all() {
        return ALL;
    }

    private static Set<String> stored() {
        return new TreeSet<>(
                StoredTopic.all().stream().map(stored -> stored.topic().name()).toList());
    }

    private static Set<String> refusedBySink() {
        return new TreeSet<>(
                StoredTopic.all().stream().map(StoredTopic::deadLetterTopic).toList());
    }
}
