package io.tidemark.benchmarks.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.stack.ConsoleAccess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/** Asks every path of the API what the pages ask, and never the same twice: no answer comes from the console's own memory. */
final class Api {

    private static final String DESCRIPTION = "/api/v1/openapi.json";
    /** Times that the pages offer, in seconds, with the length of windows that they choose for each. */
    private static final Map<Integer, Integer> RANGES = new LinkedHashMap<>();

    static {
        RANGES.put(900, 60);
        RANGES.put(3_600, 60);
        RANGES.put(7_200, 60);
        RANGES.put(21_600, 300);
        RANGES.put(86_400, 1_800);
        RANGES.put(604_800, 3_600);
        RANGES.put(2_592_000, 86_400);
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WARM_UP = 2;
    private static final int TENANTS = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConsoleAccess console;
    private final Instant end;
    private final DoubleSupplier cpuSeconds;
    private int asked;

    /**
     * The API of a console.
     *
     * @param end end of the data
     * @param cpuSeconds CPU time of console and engine so far
     */
    Api(ConsoleAccess console, Instant end, DoubleSupplier cpuSeconds) {
        this.console = console;
        this.cpuSeconds = cpuSeconds;
        this.end = end;
    }

    /**
     * Milliseconds of one path.
     *
     * @param p95 over all selections
     * @param slowest the selection whose median is the longest
     * @param cpu CPU time of console and engine for a question, which other work on the machine does not lengthen
     */
    record Latency(
            double p50, double p95, double longest, String slowest, double slowestMedian, double cpu, int answers) {}

    /** Waits until the console answers; a minute at most. */
    void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (true) {
            try {
                get(DESCRIPTION);
                return;
            } catch (ConnectException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    /** Latency of every path with a statement. */
    Map<String, Latency> measure(int rounds) throws IOException, InterruptedException {
        Map<String, Latency> latencies = new TreeMap<>();
        JsonNode paths = JSON.readTree(get(DESCRIPTION)).path("paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            List<String> names = new ArrayList<>();
            path.getValue()
                    .path("get")
                    .path("parameters")
                    .forEach(each -> names.add(each.path("name").asText()));
            if (names.contains("tenant") && !path.getKey().endsWith("/analysis")) {
                latencies.put(path.getKey().replaceFirst(".*/", ""), measure(path.getKey(), names, rounds));
            }
        }
        return latencies;
    }

    private Latency measure(String path, List<String> names, int rounds) throws IOException, InterruptedException {
        List<Double> all = new ArrayList<>();
        String slowest = "";
        double slowestMedian = 0;
        double cpuBefore = cpuSeconds.getAsDouble();
        for (Map.Entry<Integer, Integer> range : RANGES.entrySet()) {
            for (boolean ofOneTenant : new boolean[] {false, true}) {
                List<Double> own = new ArrayList<>();
                for (int round = 0; round < WARM_UP + rounds; round++) {
                    String url = path + "?" + selection(names, range.getKey(), range.getValue(), ofOneTenant);
                    long start = System.nanoTime();
                    get(url);
                    if (round >= WARM_UP) {
                        own.add((System.nanoTime() - start) / 1e6);
                    }
                }
                all.addAll(own);
                if (quantile(own, 0.5) > slowestMedian) {
                    slowestMedian = quantile(own, 0.5);
                    slowest =
                            "%s of %s".formatted(Duration.ofSeconds(range.getKey()), ofOneTenant ? "a tenant" : "all");
                }
            }
        }
        int questions = RANGES.size() * 2 * (WARM_UP + rounds);
        double cpu = Math.round((cpuSeconds.getAsDouble() - cpuBefore) * 1e4 / questions) / 10.0;
        return new Latency(
                quantile(all, 0.5), quantile(all, 0.95), Collections.max(all), slowest, slowestMedian, cpu, all.size());
    }

    private String selection(List<String> names, int rangeSeconds, int window, boolean ofOneTenant) {
        int number = ++asked;
        Instant to = end.minusSeconds(number);
        Map<String, String> values = new TreeMap<>(Map.of(
                "from",
                to.minusSeconds(rangeSeconds).toString(),
                "to",
                to.toString(),
                "window",
                Integer.toString(window),
                "tenant",
                ofOneTenant ? "tenant-" + number % TENANTS : "",
                "trace",
                "trace-" + number,
                "alert",
                "alert-" + number,
                "measure",
                "feature-" + number % 5,
                "limit",
                Integer.toString(100 + number % 100)));
        values.keySet().retainAll(names);
        // the list of traces is asked without an id, the steps of one trace with it
        if (values.containsKey("from")) {
            values.keySet().removeAll(List.of("trace", "alert"));
        }
        StringBuilder query = new StringBuilder();
        values.forEach(
                (name, value) -> query.append(name).append('=').append(value).append('&'));
        return query.toString();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(console.url() + path))
                        .header("Authorization", "Bearer " + console.token())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "%s answers %d: %s".formatted(path, response.statusCode(), response.body()));
        }
        return response.body();
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        double value = sorted.get((int) Math.ceil(share * sorted.size()) - 1);
        return Math.round(value * 10) / 10.0;
    }
}
