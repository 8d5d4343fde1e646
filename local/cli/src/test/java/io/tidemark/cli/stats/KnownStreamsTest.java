package io.tidemark.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.sequential.BernoulliAlternatives;
import io.tidemark.statistics.sequential.CusumDetector;
import io.tidemark.statistics.sequential.LogRatios;
import io.tidemark.statistics.sequential.ShiryaevRobertsDetector;
import io.tidemark.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What the change detectors find on streams whose changes are known, beside the answers of other libraries. */
class KnownStreamsTest {

    private static final double ALPHA = 1e-4;
    private static final int TRAINING = 300;
    private static final double LARGEST_RATE = 0.999;

    /** A change at 1000 from 0.5 to 1; HDDM_W says 1018, HDDM_A 1052, DDM 1060 after a false 103, EDDM 1135 after 64. */
    @Test
    void bernoulliStreamWithOneChange() throws IOException {
        List<Integer> alarms = rateAlarms(column(2), 0, 2_000);
        assertThat(alarms.get(0)).isBetween(1_000, 1_018);
    }

    /** Changes at 500 and 1500; HDDM_A says 515 and 1514, HDDM_W 518 and 1513. */
    @Test
    void bernoulliStreamWithFourSegments() throws IOException {
        assertThat(rateAlarms(column(3), 0, 1_000).get(0)).isBetween(500, 518);
        assertThat(rateAlarms(column(3), 1_000, 2_000).get(0)).isBetween(1_500, 1_520);
    }

    /** A change at 1000 from a mean of 0.5 to 3.4; ADWIN says 1023, Page-Hinkley 1013. */
    @Test
    void integerStreamWithOneChange() throws IOException {
        double[] values = column(1);
        List<Integer> alarms = shiftAlarms(standardised(values, 500), 0.5, 8);
        assertThat(alarms.get(0)).isBetween(999, 1_013);
    }

    /**
     * Latency of a failing host, every 5 minutes: share of values over the p99 of the first 1000. Values follow on one
     * another closely, so that the run length of independent values is not to be expected.
     */
    @Test
    void latencyOfAFailingHost() throws IOException {
        Series series = Series.read("nab_ec2_request_latency_system_failure");
        double[] baseline = Arrays.copyOf(series.values(), 1_000);
        Arrays.sort(baseline);
        double threshold = baseline[989];
        BernoulliAlternatives grid = new BernoulliAlternatives(0.01, 0.02, 0.05, 0.1, 0.3);
        double[] over =
                Arrays.stream(series.values()).map(x -> x > threshold ? 1 : 0).toArray();
        Found found = series.judge(alarms(grid, over, 1_000, over.length));
        System.out.println("[figure] NAB ec2 latency, e-SR over p99 exceedances: " + found);
        assertThat(found.windowsFound()).isGreaterThanOrEqualTo(1);
    }

    /** Taxi passengers every half hour: logarithm of a day's ratio to the same half hours of four earlier weeks. */
    @Test
    void taxiPassengers() throws IOException {
        Series series = Series.read("nab_nyc_taxi");
        int day = 48;
        int week = 7 * day;
        int firstDay = 28;
        double[] values = series.values();
        double[] days = IntStream.range(firstDay, values.length / day)
                .mapToDouble(d -> IntStream.range(d * day, (d + 1) * day)
                        .mapToDouble(i -> Math.log(values[i]
                                / median(
                                        values[i - week],
                                        values[i - 2 * week],
                                        values[i - 3 * week],
                                        values[i - 4 * week])))
                        .average()
                        .orElseThrow())
                .toArray();
        double[] standard = standardised(days, 28);
        List<Integer> alarms = new ArrayList<>(shiftAlarms(standard, 1, 6));
        alarms.addAll(shiftAlarms(Arrays.stream(standard).map(x -> -x).toArray(), 1, 6));
        Found found = series.judge(
                alarms.stream().map(d -> (d + firstDay + 1) * day - 1).sorted().toList());
        System.out.println("[figure] NAB taxi, CUSUM of days against earlier weeks: " + found);
        assertThat(found.windowsFound()).isEqualTo(5);
    }

    private static List<Integer> rateAlarms(double[] bits, int from, int to) {
        double usual = Arrays.stream(bits, from, from + TRAINING).average().orElseThrow();
        double[] rates = Arrays.stream(new double[] {1.25, 1.5, 2, 3})
                .map(ratio -> Math.min(LARGEST_RATE, usual * ratio))
                .toArray();
        return alarms(new BernoulliAlternatives(usual, rates), bits, from, to);
    }

    private static List<Integer> alarms(BernoulliAlternatives grid, double[] bits, int from, int to) {
        ShiryaevRobertsDetector detector = new ShiryaevRobertsDetector(grid.size(), ALPHA);
        List<Integer> alarms = new ArrayList<>();
        LogRatios state = detector.start();
        for (int i = from; i < to; i++) {
            state = detector.update(state, grid.ratios(BinomialCounts.of((long) bits[i], 1)));
            if (detector.alarms(state)) {
                alarms.add(i);
                state = detector.start();
            }
        }
        return alarms;
    }

    private static List<Integer> shiftAlarms(double[] values, double allowance, double threshold) {
        CusumDetector detector = new CusumDetector(allowance, threshold);
        List<Integer> alarms = new ArrayList<>();
        CusumDetector.Sum sum = detector.start();
        for (int i = 0; i < values.length; i++) {
            sum = detector.update(sum, values[i]);
            if (detector.alarms(sum)) {
                alarms.add(i);
                sum = detector.start();
            }
        }
        return alarms;
    }

    private static double[] standardised(double[] values, int training) {
        double mean = Arrays.stream(values, 0, training).average().orElseThrow();
        double variance = Arrays.stream(values, 0, training)
                        .map(x -> (x - mean) * (x - mean))
                        .sum()
                / (training - 1);
        return Arrays.stream(values).map(x -> (x - mean) / Math.sqrt(variance)).toArray();
    }

    private static double median(double... four) {
        Arrays.sort(four);
        return (four[1] + four[2]) / 2;
    }

    private static double[] column(int column) throws IOException {
        return Files.readAllLines(SharedData.file("data/reference/sequential_streams.csv")).stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[column]))
                .toArray();
    }

    /** A labelled series: its values, their times, and the windows in which something was wrong. */
    private record Series(List<String> times, double[] values, List<List<String>> windows) {

        static Series read(String name) throws IOException {
            Path file = SharedData.file("data/anomaly/" + name + ".csv.gz");
            List<String> lines;
            try (BufferedReader reader = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                lines = reader.lines().skip(1).toList();
            }
            List<List<String>> windows = new ArrayList<>();
            new ObjectMapper()
                    .readTree(Files.readString(SharedData.file("data/anomaly/nab_windows.json")))
                    .get(name.substring("nab_".length()))
                    .forEach(window -> windows.add(List.of(
                            window.get(0).asText().substring(0, 19),
                            window.get(1).asText().substring(0, 19))));
            return new Series(
                    lines.stream().map(line -> line.split(",", -1)[0]).toList(),
                    lines.stream()
                            .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]))
                            .toArray(),
                    windows);
        }

        Found judge(List<Integer> alarms) {
            List<String> alarmTimes = alarms.stream().map(times::get).toList();
            long found = windows.stream()
                    .filter(window -> alarmTimes.stream().anyMatch(time -> inside(time, window)))
                    .count();
            long outside = alarmTimes.stream()
                    .filter(time -> windows.stream().noneMatch(window -> inside(time, window)))
                    .count();
            return new Found((int) found, windows.size(), alarms.size(), (int) outside);
        }

        private static boolean inside(String time, List<String> window) {
            return time.compareTo(window.get(0)) >= 0 && time.compareTo(window.get(1)) <= 0;
        }
    }

    private record Found(int windowsFound, int windows, int alarms, int alarmsOutside) {}
}
