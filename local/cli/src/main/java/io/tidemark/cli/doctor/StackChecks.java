package io.tidemark.cli.doctor;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Whether each part of a stack runs and answers. */
final class StackChecks {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String RESTART =
            "stop the stack and start it again with ./tidemark up; its log in the data directory says why";

    private StackChecks() {}

    static List<Finding> processes(StackState state) {
        List<Finding> findings = new ArrayList<>();
        for (StackState.PartState part : state.parts()) {
            boolean alive =
                    ProcessHandle.of(part.pid()).map(ProcessHandle::isAlive).orElse(false);
            findings.add(
                    alive
                            ? Finding.ok(part.name(), "process %d runs".formatted(part.pid()))
                            : Finding.warning(
                                    part.name(),
                                    "process %d is gone".formatted(part.pid()),
                                    "it is being started again"));
        }
        return findings;
    }

    static Finding kafka(StackEndpoints endpoints) {
        Properties properties = endpoints.kafka().client();
        properties.put("request.timeout.ms", Long.toString(DEADLINE.toMillis()));
        properties.put("default.api.timeout.ms", Long.toString(DEADLINE.toMillis()));
        try (Admin admin = Admin.create(properties)) {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                    .size();
            return Finding.ok("Kafka", "%s answers, %d brokers".formatted(endpoints.kafkaBootstrapServers(), brokers));
        } catch (ExecutionException | TimeoutException e) {
            return Finding.failed("Kafka", endpoints.kafkaBootstrapServers() + " does not answer", RESTART);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while asking Kafka", e);
        }
    }

    static Finding registry(StackEndpoints endpoints) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoints.registryUrl() + "/subjects"))
                .timeout(DEADLINE)
                .build();
        try {
            HttpClient client = HttpClient.newBuilder().connectTimeout(DEADLINE).build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status == 200
                    ? Finding.ok("schema registry", endpoints.registryUrl() + " answers")
                    : Finding.failed(
                            "schema registry",
                            "%s answers with status %d".formatted(endpoints.registryUrl(), status),
                            RESTART);
        } catch (IOException e) {
            return Finding.failed("schema registry", endpoints.registryUrl() + " does not answer", RESTART);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while asking the schema registry", e);
        }
    }

    static Finding clickHouse(StackEndpoints endpoints) {
        try {
            String version = new SqlClient(endpoints.clickHouse())
                    .rows("SELECT version() AS version")
                    .get(0)
                    .path("version")
                    .asText();
            return Finding.ok(
                    "ClickHouse",
                    "%s answers, version %s".formatted(endpoints.clickHouse().httpUrl(), version));
        } catch (CommandFailure e) {
            return Finding.failed("ClickHouse", e.getMessage(), RESTART);
        }
    }
}
