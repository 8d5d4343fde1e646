package io.tidemark.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;
import org.awaitility.Awaitility;

/**
 * A job manager and a task manager as separate processes on this machine, with the configuration of a rendered FlinkDeployment. What
 * is not taken from it: addresses and ports (all on the loopback interface), the folders of checkpoints and savepoints, and the
 * security of Kafka's clients, which the embedded broker does not have.
 */
final class FlinkProcesses implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final String LOOPBACK = "127.0.0.1";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OPENINGS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Dlog4j2.configurationFile=log4j2-child.xml");

    private final Path directory;
    private final RenderedJob job;
    private final Map<String, String> environment;
    private final int rest = FreePorts.next();
    private final HttpClient http = HttpClient.newHttpClient();
    private ChildProcess jobManager;
    private ChildProcess taskManager;

    FlinkProcesses(Path directory, RenderedJob job, String bootstrapServers, String registryUrl) {
        this.directory = directory;
        this.job = job;
        environment = new TreeMap<>(job.environment());
        environment.keySet().removeIf(name -> name.startsWith("TIDEMARK_KAFKA_PROPERTIES_"));
        environment.put("TIDEMARK_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        environment.put("TIDEMARK_REGISTRY_URL", registryUrl);
    }

    /**
     * Starts both.
     *
     * @param furtherArguments flags of the job beside those of the overlay
     * @param savepoint what to start from; empty for a first start
     */
    void start(List<String> furtherArguments, Optional<String> savepoint) throws IOException {
        writeConfiguration();
        List<String> arguments = new ArrayList<>(List.of("--configDir", directory.toString(), "--job-classname"));
        arguments.add(job.entryClass());
        savepoint.ifPresent(path -> arguments.addAll(List.of("--fromSavepoint", path)));
        arguments.addAll(job.arguments());
        arguments.addAll(furtherArguments);
        Configuration flink = GlobalConfiguration.loadConfiguration(directory.toString());
        jobManager = child(
                "job manager",
                StandaloneApplicationClusterEntryPoint.class,
                ProcessMemoryUtils.generateJvmParametersStr(JobManagerProcessUtils.processSpecFromConfig(flink)),
                arguments);
        startTaskManager();
        awaitRunning();
    }

    void startTaskManager() {
        Configuration flink = GlobalConfiguration.loadConfiguration(directory.toString());
        TaskExecutorProcessSpec sizes = TaskExecutorProcessUtils.processSpecFromConfig(flink);
        List<String> arguments = new ArrayList<>(List.of("--configDir", directory.toString()));
        arguments.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(sizes)));
        taskManager = child(
                "task manager", TaskManagerRunner.class, ProcessMemoryUtils.generateJvmParametersStr(sizes), arguments);
    }

    /** Ends the task manager as {@code kill -9} does. */
    void killTaskManager() {
        taskManager.kill();
    }

    /** Waits for checkpoints that are finished from now on. */
    void awaitCheckpoints(int count) throws IOException {
        int before = checkpoints();
        Awaitility.await().atMost(DEADLINE).until(() -> checkpoints() >= before + count);
    }

    private int checkpoints() throws IOException {
        return get("/jobs/" + jobId() + "/checkpoints").at("/counts/completed").asInt();
    }

    /** Number of times that the job was restored from a checkpoint. */
    int restored() throws IOException {
        return get("/jobs/" + jobId() + "/checkpoints").at("/counts/restored").asInt();
    }

    /** Stops the job with a savepoint, as its operator does before an upgrade, and returns where it lies. */
    String stopWithSavepoint() throws IOException {
        String id = jobId();
        String trigger = post("/jobs/" + id + "/stop", "{\"drain\": false}")
                .path("request-id")
                .asText();
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> savepoint(id, trigger).at("/status/id").asText().equals("COMPLETED"));
        String location = savepoint(id, trigger).at("/operation/location").asText();
        if (location.isEmpty()) {
            throw new IOException("no savepoint was made: " + savepoint(id, trigger));
        }
        return location;
    }

    private JsonNode savepoint(String id, String trigger) throws IOException {
        return get("/jobs/" + id + "/savepoints/" + trigger);
    }

    private void awaitRunning() {
        Awaitility.await().atMost(DEADLINE).ignoreExceptions().until(() -> {
            JsonNode vertices = get("/jobs/" + jobId()).path("vertices");
            return !vertices.isEmpty()
                    && vertices.findValuesAsText("status").stream().allMatch("RUNNING"::equals);
        });
    }

    private String jobId() throws IOException {
        return get("/jobs").at("/jobs/0/id").asText();
    }

    private void writeConfiguration() throws IOException {
        Map<String, String> flink = new TreeMap<>(job.flink());
        flink.put(
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString());
        flink.put(
                "execution.checkpointing.savepoint-dir",
                directory.resolve("savepoints").toUri().toString());
        flink.put("metrics.reporter.tidemark.host", LOOPBACK);
        flink.put("metrics.reporter.tidemark.port", "0");
        for (String address : List.of(
                "jobmanager.rpc.address",
                "jobmanager.bind-host",
                "taskmanager.bind-host",
                "taskmanager.host",
                "rest.address",
                "rest.bind-address")) {
            flink.put(address, LOOPBACK);
        }
        flink.put("jobmanager.rpc.port", Integer.toString(FreePorts.next()));
        flink.put("rest.port", Integer.toString(rest));
        StringBuilder yaml = new StringBuilder();
        flink.forEach((key, value) -> yaml.append("%s: \"%s\"%n".formatted(key, value)));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("config.yaml"), yaml);
    }

    private ChildProcess child(String name, Class<?> mainClass, String sizes, List<String> arguments) {
        List<String> flags = new ArrayList<>(OPENINGS);
        flags.addAll(words(sizes));
        List<String> all = new ArrayList<>(List.of(mainClass.getName()));
        all.addAll(arguments);
        return ChildProcess.start(new ChildProcess.Specification(
                name, ChildOfTest.class, flags, all, environment, directory.resolve(name.replace(' ', '-') + ".log")));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private JsonNode get(String path) throws IOException {
        return ask(HttpRequest.newBuilder(uri(path)).build());
    }

    private JsonNode post(String path, String body) throws IOException {
        return ask(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private URI uri(String path) {
        return URI.create("http://%s:%d%s".formatted(LOOPBACK, rest, path));
    }

    private JsonNode ask(HttpRequest request) throws IOException {
        try {
            return JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        for (ChildProcess child : java.util.Arrays.asList(taskManager, jobManager)) {
            if (child != null && child.isAlive()) {
                child.kill();
            }
        }
    }
}
