package io.tidemark.statistics.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.statistics.distance.BaselineBins;
import io.tidemark.statistics.distance.Homogeneity;
import io.tidemark.statistics.distance.KolmogorovSmirnov;
import io.tidemark.statistics.distance.PearsonChiSquare;
import io.tidemark.statistics.distance.PopulationStability;
import io.tidemark.statistics.distance.PopulationStabilityIndex;
import io.tidemark.statistics.distance.RarePooling;
import io.tidemark.statistics.distance.Wasserstein;
import io.tidemark.statistics.distance.kernel.FourierDiscrepancy;
import io.tidemark.statistics.distance.kernel.FourierSums;
import io.tidemark.statistics.distance.kernel.HallBuckleyEagleson;
import io.tidemark.statistics.distance.kernel.MedianBandwidth;
import io.tidemark.statistics.distance.kernel.RandomFourierFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/** What each detector finds on public data with a known drift, and on a random split of them, which has none. */
class RealDriftTest {

    private static final Set<String> BASELINE_EDUCATION = Set.of("Some-college", "HS-grad", "Bachelors");
    private static final double FAMILY_LEVEL = 0.01;
    private static final int NOAA_DRIFT_FROM = 12_000;
    private static final List<String> WEATHER = List.of(
            "temperature",
            "dew_point",
            "sea_level_pressure",
            "visibility",
            "average_wind_speed",
            "max_sustained_wind_speed",
            "minimum_temperature",
            "maximum_temperature");

    /** Two parts of one table, each with the header. */
    private record Split(List<String[]> baseline, List<String[]> current) {
        static Split by(List<String[]> rows, Predicate<String[]> inBaseline) {
            Split split = new Split(new ArrayList<>(), new ArrayList<>());
            split.baseline.add(rows.get(0));
            split.current.add(rows.get(0));
            rows.stream().skip(1).forEach(row -> (inBaseline.test(row) ? split.baseline : split.current).add(row));
            return split;
        }

        static Split random(List<String[]> rows, int baselineRows) {
            List<String[]> shuffled = new ArrayList<>(rows.subList(1, rows.size()));
            Collections.shuffle(shuffled, new Random(11));
            Set<String[]> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
            chosen.addAll(shuffled.subList(0, baselineRows));
            return by(rows, chosen::contains);
        }
    }

    @Test
    void adultByEducationDriftsInMostColumnsAndARandomSplitInNone() {
        List<String[]> rows = RealData.rows("data/drift/adult.csv.gz");
        int education = List.of(rows.get(0)).indexOf("education");
        Split drift = Split.by(rows, row -> BASELINE_EDUCATION.contains(row[education]));
        Split none = Split.random(rows, drift.baseline().size() - 1);
        PopulationStability years = stability(drift, "education-num");
        PopulationStability age = stability(drift, "age");
        PopulationStability hours = stability(drift, "hours-per-week");
        PopulationStability weight = stability(drift, "fnlwgt");
        Homogeneity occupation = homogeneity(drift, "occupation");
        Homogeneity sex = homogeneity(drift, "sex");
        assertThat(years.biasAdjusted()).isGreaterThan(0.2);
        assertThat(years.pValue()).isLessThan(1e-6);
        assertThat(occupation.pValue()).isLessThan(1e-6);
        assertThat(occupation.cramersV()).isGreaterThan(0.1);
        assertThat(age.pValue()).isLessThan(1e-6);
        assertThat(hours.pValue()).isLessThan(1e-6);
        assertThat(weight.biasAdjusted())
                .as("the census weight does not depend on education")
                .isLessThan(0.02);
        assertThat(sex.cramersV()).isLessThan(0.1);
        for (String column : List.of("age", "hours-per-week", "education-num", "fnlwgt")) {
            assertThat(stability(none, column).pValue()).as(column).isGreaterThan(FAMILY_LEVEL / 5);
        }
        assertThat(homogeneity(none, "occupation").pValue()).isGreaterThan(FAMILY_LEVEL / 5);
    }

    @Test
    void randomSplitsOfRealAgesAlarmAsOftenAsTheLevelSays() {
        double[] ages = RealData.column(RealData.rows("data/drift/adult.csv.gz"), "age");
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(13L);
        int splits = 2000;
        int alarms = 0;
        for (int split = 0; split < splits; split++) {
            double[] shuffled = shuffled(ages, random);
            double[] baseline = Arrays.copyOf(shuffled, 10_000);
            double[] current = Arrays.copyOfRange(shuffled, 10_000, 11_000);
            BaselineBins bins = BaselineBins.ofQuantiles(baseline, BaselineBins.DEFAULT_BINS);
            double p = new PopulationStabilityIndex()
                    .evaluate(RarePooling.pool(
                            bins.count(baseline).counts(), bins.count(current).counts()))
                    .pValue();
            alarms += p < 0.01 ? 1 : 0;
        }
        System.out.printf("[figure] random splits of Adult ages: %d of %d alarms at 1 %%%n", alarms, splits);
        assertThat(alarms / (double) splits).isBetween(0.003, 0.02);
    }

    private static double[] shuffled(double[] values, UniformRandomProvider random) {
        double[] shuffled = values.clone();
        for (int i = 0; i < 11_000; i++) {
            int j = random.nextInt(i, shuffled.length);
            double swapped = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swapped;
        }
        return shuffled;
    }

    @Test
    void noaaDriftsFromTheDocumentedIndexOn() {
        List<String[]> rows = RealData.rows("data/drift/noaa_rainfall.csv.gz");
        Split drift = Split.by(rows, row -> Integer.parseInt(row[0]) < NOAA_DRIFT_FROM);
        Split none = Split.random(rows, NOAA_DRIFT_FROM);
        List<String> found = WEATHER.stream()
                .filter(column -> stability(drift, column).pValue() < FAMILY_LEVEL / WEATHER.size())
                .toList();
        List<String> sized = WEATHER.stream()
                .filter(column -> stability(drift, column).biasAdjusted() >= 0.1)
                .toList();
        System.out.println("[figure] NOAA significant: " + found + "; of size: " + sized);
        assertThat(found).contains("visibility", "average_wind_speed");
        assertThat(WEATHER)
                .allSatisfy(column ->
                        assertThat(stability(none, column).pValue()).isGreaterThan(FAMILY_LEVEL / WEATHER.size()));
        assertThat(discrepancyPValue(drift)).isLessThan(0.001);
        assertThat(discrepancyPValue(none)).isGreaterThan(0.01);
    }

    private static PopulationStability stability(Split split, String column) {
        double[] baseline = RealData.column(split.baseline(), column);
        double[] current = RealData.column(split.current(), column);
        BaselineBins bins = BaselineBins.ofQuantiles(baseline, BaselineBins.DEFAULT_BINS);
        PopulationStability found = new PopulationStabilityIndex()
                .evaluate(RarePooling.pool(
                        bins.count(baseline).counts(), bins.count(current).counts()));
        double distance = new KolmogorovSmirnov().score(baseline, current);
        System.out.printf(
                "[figure] %s: PSI %.4f adjusted %.4f p %.2g; KS D %.4f p %.2g; W1/IQR %.3f%n",
                column,
                found.psi(),
                found.biasAdjusted(),
                found.pValue(),
                distance,
                new KolmogorovSmirnov().asymptoticPValue(distance, baseline.length, current.length),
                new Wasserstein().score(baseline, current) / interquartileRange(baseline));
        return found;
    }

    private static double interquartileRange(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
    }

    private static Homogeneity homogeneity(Split split, String column) {
        int index = List.of(split.baseline().get(0)).indexOf(column);
        List<String> categories = new ArrayList<>(new TreeSet<>(
                split.baseline().stream().skip(1).map(row -> row[index]).toList()));
        Homogeneity found = new PearsonChiSquare()
                .evaluate(RarePooling.pool(
                        counts(split.baseline(), index, categories), counts(split.current(), index, categories)));
        System.out.printf(
                "[figure] %s: chi-square %.1f on %d, p %.2g, V %.3f%n",
                column, found.chiSquare(), found.degreesOfFreedom(), found.pValue(), found.cramersV());
        return found;
    }

    private static long[] counts(List<String[]> rows, int column, List<String> categories) {
        long[] counts = new long[categories.size()];
        rows.stream()
                .skip(1)
                .map(row -> categories.indexOf(row[column]))
                .filter(i -> i >= 0)
                .forEach(i -> counts[i]++);
        return counts;
    }

    /** Every 12th day of the baseline and every 6th later one: neighbouring days depend on each other. */
    private static double discrepancyPValue(Split split) {
        double[][] baseline = vectors(split.baseline(), 12);
        double[][] current = vectors(split.current(), 6);
        RandomFourierFeatures features =
                RandomFourierFeatures.draw(WEATHER.size(), 128, MedianBandwidth.of(baseline), 5);
        double[][] mapped = Arrays.stream(baseline).map(features::map).toArray(double[][]::new);
        double discrepancy =
                FourierDiscrepancy.score(FourierSums.of(features, baseline), FourierSums.of(features, current));
        double pValue = HallBuckleyEagleson.ofFeatures(mapped)
                .forSizes(baseline.length, current.length)
                .pValue(discrepancy);
        System.out.printf(
                "    MMD^2 %.5f, p %.2g (%d / %d days)%n", discrepancy, pValue, baseline.length, current.length);
        return pValue;
    }

    private static double[][] vectors(List<String[]> rows, int step) {
        double[][] columns =
                WEATHER.stream().map(name -> RealData.column(rows, name)).toArray(double[][]::new);
        double[][] vectors = new double[columns[0].length / step][];
        Arrays.setAll(vectors, i -> Arrays.stream(columns)
                .mapToDouble(column -> column[i * step])
                .toArray());
        return vectors;
    }
}
