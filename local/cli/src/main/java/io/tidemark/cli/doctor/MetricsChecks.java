package io.tidemark.cli.doctor;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.StackState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the processes say of themselves on their metrics endpoints: health, watermark age, checkpoint age. */
final class MetricsChecks {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final double OLD_CHECKPOINT_SECONDS = 60;

    private MetricsChecks() {}

    static List<Finding> run(StackState state) {
        List<Finding> findings = new ArrayList<>();
        for (StackState.PartState part : state.parts()) {
            if (!part.metricsUrl().isEmpty()) {
                findings.add(health(part));
                findings.addAll(ages(part));
            }
        }
        return findings;
    }

    private static Finding health(StackState.PartState part) {
        String subject = part.name() + " health";
        try {
            int status = get(part.metricsUrl() + "/healthz").statusCode();
            return status == OK
                    ? Finding.ok(subject, part.metricsUrl() + "/metrics")
                    : Finding.warning(subject, "unhealthy", "its log in the data directory says why");
        } catch (IOException e) {
            return Finding.warning(
                    subject, part.metricsUrl() + " does not answer", "it is starting, or being started again");
        }
    }

    private static List<Finding> ages(StackState.PartState part) {
        try {
            PrometheusText metrics =
                    new PrometheusText(get(part.metricsUrl() + "/metrics").body());
            List<Finding> findings = new ArrayList<>();
            metrics.largest("watermark_age_seconds")
                    .ifPresent(age -> findings.add(Finding.ok(part.name(), "watermark is %.0f s old".formatted(age))));
            metrics.largest("checkpoint_age_seconds").ifPresent(age -> findings.add(checkpoint(part, age)));
            return findings;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Finding checkpoint(StackState.PartState part, double age) {
        String observed = "last checkpoint is %.0f s old".formatted(age);
        return age < OLD_CHECKPOINT_SECONDS
                ? Finding.ok(part.name(), observed)
                : Finding.warning(part.name(), observed, "checkpoints fail or hang; its log says why");
    }

    private static HttpResponse<String> get(String url) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(DEADLINE).build();
        try {
            return HttpClient.newBuilder().connectTimeout(DEADLINE).build().send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while reading metrics", e);
        }
    }
}
