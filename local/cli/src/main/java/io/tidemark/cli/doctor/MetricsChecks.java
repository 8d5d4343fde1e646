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
            part.metrics().forEach((name, url) -> {
                findings.add(health(name, url));
                findings.addAll(ages(name, url));
            });
        }
        return findings;
    }

    private static Finding health(String name, String url) {
        String subject = name + " health";
        try {
            int status = get(url + "/healthz").statusCode();
            return status == OK
                    ? Finding.ok(subject, url + "/metrics")
                    : Finding.warning(subject, "unhealthy", "its log in the data directory says why");
        } catch (IOException e) {
            return Finding.warning(subject, url + " does not answer", "it is starting, or being started again");
        }
    }

    private static List<Finding> ages(String name, String url) {
        try {
            PrometheusText metrics = new PrometheusText(get(url + "/metrics").body());
            List<Finding> findings = new ArrayList<>();
            metrics.largest("watermark_age_seconds")
                    .ifPresent(age -> findings.add(Finding.ok(name, "watermark is %.0f s old".formatted(age))));
            metrics.largest("checkpoint_age_seconds").ifPresent(age -> findings.add(checkpoint(name, age)));
            return findings;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Finding checkpoint(String name, double age) {
        String observed = "last checkpoint is %.0f s old".formatted(age);
        return age < OLD_CHECKPOINT_SECONDS
                ? Finding.ok(name, observed)
                : Finding.warning(name, observed, "checkpoints fail or hang; its log says why");
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
