package io.tidemark.jobs.quality;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.quality.join.Learned;
import io.tidemark.jobs.quality.join.Prediction;
import io.tidemark.jobs.quality.measure.QualitySlice;
import io.tidemark.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * The Adult set as traffic: each row is an inference of a crude income model, over ten days, and its true class comes one
 * to seven days later, for some never, for some too late, for some twice with different classes.
 *
 * @param tenant one of two
 * @param traceId trace
 * @param sex fairness group
 * @param prediction the inference
 * @param labels what is said about it
 */
record LateLabels(String tenant, String traceId, String sex, Prediction prediction, List<Learned> labels) {

    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    static final String RICH = ">50K";
    static final int DAYS = 10;

    private static final VersionTuple VERSION =
            new VersionTuple("income-1", "none", "none", "none", "none", "eval-1", "engine-1");
    private static final int EDUCATION = 4;
    private static final int SEX = 9;
    private static final int HOURS = 12;
    private static final int CLASS = 14;

    static List<LateLabels> read(int rows, double weight) {
        SplittableRandom random = new SplittableRandom(7);
        List<LateLabels> all = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SharedData.file("data/drift/adult.csv.gz"))),
                StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null && all.size() < rows; line = reader.readLine()) {
                all.add(of(all.size(), rows, line.split(",", -1), weight, random));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static LateLabels of(int row, int rows, String[] cells, double weight, SplittableRandom random) {
        long spanMicros = Duration.ofDays(DAYS).toNanos() / 1_000;
        long event = micros(START) + row * (spanMicros / rows);
        double score = 0.06 * Double.parseDouble(cells[EDUCATION]) + 0.006 * Double.parseDouble(cells[HOURS]) - 0.5;
        double rich = Math.min(0.95, Math.max(0.05, score));
        String tenant = row % 2 == 0 ? "acme" : "bolt";
        String slice = QualitySlice.finest(TrafficRole.PRODUCTION, tenant, VERSION, "income")
                .text();
        Prediction prediction = new Prediction(
                "inference-" + row,
                "",
                event,
                slice,
                "sex=" + cells[SEX],
                weight,
                rich >= 0.5 ? RICH : "<=50K",
                Math.round(1_000 * Math.max(rich, 1 - rich)) / 1_000.0,
                -1);
        return new LateLabels(tenant, "trace-" + row, cells[SEX], prediction, labels(row, event, cells[CLASS], random));
    }

    private static List<Learned> labels(int row, long event, String truth, SplittableRandom random) {
        List<Learned> labels = new ArrayList<>();
        double fate = random.nextDouble();
        if (fate < 0.1) {
            return labels;
        }
        labels.add(label(2L * row, truth, event + delay(random, fate < 0.15 ? 7.2 : 0.8, fate < 0.15 ? 7.9 : 7)));
        if (fate > 0.97) {
            String other = truth.equals(RICH) ? "<=50K" : RICH;
            labels.add(label(2L * row + 1, other, event + delay(random, 0.5, 6)));
        }
        return labels;
    }

    private static long delay(SplittableRandom random, double fromDays, double toDays) {
        return (long) (random.nextDouble(fromDays, toDays) * 86_400e6);
    }

    private static Learned label(long id, String label, long observed) {
        return new Learned(id, "", "label", "", Double.NaN, label, observed, Double.NaN, "", 0);
    }

    static long micros(Instant time) {
        return time.toEpochMilli() * 1_000;
    }
}
