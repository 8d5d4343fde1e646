package io.tidemark.cli.stack;

import io.tidemark.alerts.LifecycleProcess;
import io.tidemark.consumers.RetrainingProcess;
import io.tidemark.consumers.RollbackProcess;
import io.tidemark.jobs.canary.CanaryJob;
import io.tidemark.jobs.rules.RulesJob;
import io.tidemark.jobs.windows.WindowsJob;
import io.tidemark.sink.SinkProcess;
import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.FreePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The processes of one run: jobs, alerts, consumers, sink. */
final class RunProcesses implements AutoCloseable {

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

    /** What Flink needs on Java 17. */
    private static final List<String> FLINK_OPENINGS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private static final List<String> SMALL = List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final List<Part> parts;

    private RunProcesses(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** A replay acts on nothing: the consumers run for live traffic only. */
    static RunProcesses start(String run, StackEndpoints endpoints, DataDirectory data) {
        List<Part> parts = new ArrayList<>();
        parts.add(startJob(PartNames.WINDOWS_JOB, "windows", run, WindowsJob.class, "-Xmx900m", endpoints, data));
        parts.add(startJob(PartNames.RULES_JOB, "rules", run, RulesJob.class, "-Xmx600m", endpoints, data));
        parts.add(startJob(PartNames.CANARY_JOB, "canary", run, CanaryJob.class, "-Xmx600m", endpoints, data));
        parts.add(startLifecycle(run, endpoints, data));
        if (run.isEmpty()) {
            parts.add(startConsumer(PartNames.ROLLBACK, "rollback", RollbackProcess.class, endpoints, data));
            parts.add(startConsumer(PartNames.RETRAINING, "retraining", RetrainingProcess.class, endpoints, data));
        }
        parts.add(startSink(run, endpoints, data));
        return new RunProcesses(parts);
    }

    /** Order of a clean stop: first who writes, then who stores what was written. */
    List<Part> parts() {
        return parts;
    }

    @Override
    public void close() {
        parts().forEach(part -> part.stop().run());
    }

    private static Part startJob(
            String part,
            String process,
            String run,
            Class<?> mainClass,
            String heap,
            StackEndpoints endpoints,
            DataDirectory data) {
        Map<String, String> settings = common(run, endpoints);
        settings.put(
                "flink.state-directory", data.checkpoints(run).resolve(process).toString());
        List<String> flags = new ArrayList<>(List.of("-Xms64m", heap, "-XX:+UseSerialGC"));
        flags.addAll(FLINK_OPENINGS);
        return service(PartNames.inRun(part, run), process, run, mainClass, flags, settings, data);
    }

    private static Part startLifecycle(String run, StackEndpoints endpoints, DataDirectory data) {
        Map<String, String> settings = common(run, endpoints);
        settings.put(
                "alerts.state-directory",
                data.checkpoints(run).resolve("alerts").toString());
        if (run.isEmpty()) {
            settings.put("alerts.instance", "alerts");
        }
        return service(
                PartNames.inRun(PartNames.ALERT_LIFECYCLE, run),
                "alerts",
                run,
                LifecycleProcess.class,
                SMALL,
                settings,
                data);
    }

    private static Part startConsumer(
            String name, String process, Class<?> mainClass, StackEndpoints endpoints, DataDirectory data) {
        Map<String, String> settings = common("", endpoints);
        settings.remove("run");
        return service(name, process, "", mainClass, SMALL, settings, data);
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
        return service(PartNames.inRun(PartNames.SINK, run), "sink", run, SinkProcess.class, flags, settings, data);
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

    private static Part service(
            String name,
            String process,
            String run,
            Class<?> mainClass,
            List<String> flags,
            Map<String, String> settings,
            DataDirectory data) {
        String file = run.isEmpty() ? process : process + "." + run;
        int metricsPort = FreePorts.next();
        settings.put("metrics.port", Integer.toString(metricsPort));
        List<String> arguments = List.of("--config=" + SettingsFile.write(data.settings(file), settings));
        ChildProcess.Specification specification =
                new ChildProcess.Specification(name, mainClass, flags, arguments, data.log(file));
        return new JavaService(name, "http://127.0.0.1:" + metricsPort, specification, STOP_DEADLINE).part();
    }
}
