package io.tidemark.cli.stack;

import io.tidemark.alerts.LifecycleProcess;
import io.tidemark.alerts.bridge.BridgeProcess;
import io.tidemark.consumers.RetrainingProcess;
import io.tidemark.consumers.RollbackProcess;
import io.tidemark.jobs.canary.CanaryJob;
import io.tidemark.jobs.drift.DriftConfig;
import io.tidemark.jobs.drift.DriftJob;
import io.tidemark.jobs.judging.JudgingConfig;
import io.tidemark.jobs.judging.JudgingJob;
import io.tidemark.jobs.quality.QualityJob;
import io.tidemark.jobs.rules.RulesJob;
import io.tidemark.jobs.windows.WindowsJob;
import io.tidemark.sink.SinkProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The processes of one run: jobs, alerts, consumers, sink. */
final class RunProcesses implements AutoCloseable {

    /** What Flink needs on Java 17. */
    private static final List<String> FLINK_OPENINGS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    /** The Flink jobs by the name of their settings; one JVM runs them all. */
    private static final Map<String, Class<?>> JOBS = new TreeMap<>(Map.of(
            "windows",
            WindowsJob.class,
            "rules",
            RulesJob.class,
            "canary",
            CanaryJob.class,
            DriftConfig.JOB,
            DriftJob.class));

    /** Jobs that a replay does without: recorded files bring no outcomes. */
    private static final Map<String, Class<?>> LIVE_JOBS = Map.of("quality", QualityJob.class);

    private static final Map<String, Class<?>> CONSUMERS =
            new TreeMap<>(Map.of("rollback", RollbackProcess.class, "retraining", RetrainingProcess.class));

    private static final List<String> SMALL = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final List<Part> parts;

    private RunProcesses(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * A replay acts on nothing: the consumers run for live traffic only.
     *
     * @param drift further settings of the drift job
     */
    static RunProcesses start(String run, StackEndpoints endpoints, DataDirectory data, Map<String, String> drift) {
        return new RunProcesses(List.of(
                startJobs(run, endpoints, data, drift),
                startActors(run, endpoints, data),
                startSink(run, endpoints, data)));
    }

    /** Order of a clean stop: first who writes, then who stores what was written. */
    List<Part> parts() {
        return parts;
    }

    @Override
    public void close() {
        parts().forEach(part -> part.stop().run());
    }

    private static Part startJobs(String run, StackEndpoints endpoints, DataDirectory data, Map<String, String> drift) {
        List<Hosted> jobs = new ArrayList<>();
        Map<String, Class<?>> started = new TreeMap<>(JOBS);
        if (run.isEmpty()) {
            started.putAll(LIVE_JOBS);
        }
        started.forEach((name, mainClass) -> {
            Map<String, String> settings = common(run, endpoints);
            settings.put(
                    "flink.state-directory", data.checkpoints(run).resolve(name).toString());
            if (name.equals(DriftConfig.JOB)) {
                settings.putAll(drift);
            }
            jobs.add(new Hosted(name, mainClass, settings));
        });
        return JavaService.start(PartNames.JOBS, "jobs", run, jobs, flinkFlags("-Xmx1600m"), data);
    }

    private static List<String> flinkFlags(String heap) {
        List<String> flags = new ArrayList<>(List.of("-Xms128m", heap, "-XX:+UseSerialGC"));
        flags.addAll(FLINK_OPENINGS);
        return flags;
    }

    /**
     * Starts the judging job in a JVM of its own: a model that it loads is no burden to the other jobs.
     *
     * @param judging its settings
     */
    static Part startJudging(Map<String, String> judging, StackEndpoints endpoints, DataDirectory data) {
        Map<String, String> settings = common("", endpoints);
        settings.put(
                "flink.state-directory",
                data.checkpoints("").resolve(JudgingConfig.JOB).toString());
        settings.putAll(judging);
        return JavaService.start(
                PartNames.JUDGES,
                "judges",
                "",
                List.of(new Hosted(JudgingConfig.JOB, JudgingJob.class, settings)),
                flinkFlags("-Xmx700m"),
                data);
    }

    /** Those who turn signals into alerts and alerts into actions. */
    private static Part startActors(String run, StackEndpoints endpoints, DataDirectory data) {
        List<Hosted> actors = new ArrayList<>();
        Map<String, String> lifecycle = common(run, endpoints);
        lifecycle.put(
                "alerts.state-directory",
                data.checkpoints(run).resolve("alerts").toString());
        if (run.isEmpty()) {
            lifecycle.put("alerts.instance", "alerts");
        }
        actors.add(new Hosted("alerts", LifecycleProcess.class, lifecycle));
        if (run.isEmpty()) {
            CONSUMERS.forEach((name, mainClass) -> {
                Map<String, String> settings = common(run, endpoints);
                settings.remove("run");
                actors.add(new Hosted(name, mainClass, settings));
            });
        }
        return JavaService.start(PartNames.ACTORS, "actors", run, actors, SMALL, data);
    }

    /**
     * Starts the bridges in a JVM of their own: one that breaks down ends its process.
     *
     * @param addresses where alerts go
     */
    static Part startBridges(Map<String, String> addresses, StackEndpoints endpoints, DataDirectory data) {
        Map<String, String> settings = common("", endpoints);
        settings.remove("run");
        settings.putAll(addresses);
        return JavaService.start(
                PartNames.BRIDGES,
                "bridges",
                "",
                List.of(new Hosted("bridges", BridgeProcess.class, settings)),
                SMALL,
                data);
    }

    private static Part startSink(String run, StackEndpoints endpoints, DataDirectory data) {
        ClickHouseAccess clickHouse = endpoints.clickHouse();
        Map<String, String> settings = common(run, endpoints);
        settings.put("clickhouse.url", clickHouse.httpUrl().toString());
        settings.put("clickhouse.database", clickHouse.database());
        settings.put("clickhouse.user", clickHouse.user());
        settings.put("clickhouse.password", clickHouse.password());
        settings.put("sink.migrate", "false");
        List<String> flags = List.of("-Xms128m", "-Xmx600m", "-XX:+UseSerialGC");
        return JavaService.start(
                PartNames.SINK, "sink", run, List.of(new Hosted("sink", SinkProcess.class, settings)), flags, data);
    }

    private static Map<String, String> common(String run, StackEndpoints endpoints) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("run", run);
        settings.put("lifeline", "stdin");
        settings.put("kafka.bootstrap-servers", endpoints.kafkaBootstrapServers());
        // a process that died is forgotten soon, and the one that follows it gets its partitions
        settings.put("kafka.properties.session.timeout.ms", "6000");
        settings.put("kafka.properties.heartbeat.interval.ms", "1500");
        endpoints.kafkaProperties().forEach((name, value) -> settings.put("kafka.properties." + name, value));
        settings.put("registry.url", endpoints.registryUrl());
        return settings;
    }
}
