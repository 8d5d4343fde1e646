package io.tidemark.jobs.rules.model;

import io.tidemark.contracts.measure.Measure;
import io.tidemark.contracts.measure.Measure.Kind;
import io.tidemark.contracts.measure.MeasureCatalog;
import io.tidemark.jobs.rules.evaluation.LatencyChangeTest;
import io.tidemark.jobs.rules.evaluation.Quantity;
import io.tidemark.jobs.rules.evaluation.QuotaTest;
import io.tidemark.jobs.rules.evaluation.RateSource;
import io.tidemark.jobs.rules.evaluation.RateTest;
import io.tidemark.jobs.rules.evaluation.RuleTest;
import io.tidemark.jobs.rules.evaluation.SilenceTest;
import io.tidemark.jobs.rules.evaluation.SpikeTest;
import io.tidemark.jobs.rules.evaluation.Statistic;
import io.tidemark.jobs.rules.evaluation.ThresholdTest;
import io.tidemark.jobs.rules.evaluation.WeekGrowthTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The one list of the tests that a rule can ask for, and how each is written in a file. */
public final class TestTypes {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PANE = Duration.ofSeconds(10);
    private static final double DEFAULT_ALPHA = 0.01;
    private static final Map<String, Function<RuleSection, Parsed>> ALL = all();

    private TestTypes() {}

    /**
     * A test as read from a file.
     *
     * @param test the test
     * @param measure name under which its evidence is listed
     */
    record Parsed(RuleTest test, String measure) {}

    /** Names of the tests. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    static Parsed parse(RuleSection section) {
        return ALL.get(section.oneOf("type", ALL.keySet(), null)).apply(section);
    }

    private static Map<String, Function<RuleSection, Parsed>> all() {
        Map<String, Function<RuleSection, Parsed>> types = new LinkedHashMap<>();
        types.put("sequential-rate", TestTypes::sequentialRate);
        types.put("sustained-rate", TestTypes::sustainedRate);
        types.put("burn-rate", TestTypes::burnRate);
        types.put("quota", TestTypes::quota);
        types.put("threshold", TestTypes::threshold);
        types.put("week-growth", TestTypes::weekGrowth);
        types.put("latency-change", TestTypes::latencyChange);
        types.put("spike", TestTypes::spike);
        types.put("silence", TestTypes::silence);
        return types;
    }

    private static Parsed sequentialRate(RuleSection section) {
        RateSource source = source(section);
        double limit = section.number("limit", 0, 1, null);
        Duration confirm = section.duration("confirm", MINUTE, Duration.ofMinutes(5));
        return rate(source, limit, limit, null, confirm, section);
    }

    private static Parsed sustainedRate(RuleSection section) {
        RateSource source = source(section);
        double limit = section.number("limit", 0, 1, null);
        Duration window = section.duration("window", Duration.ofMinutes(15), Duration.ofMinutes(30));
        Duration confirm = section.duration("confirm", MINUTE, Duration.ofMinutes(5));
        requireShorter(section, confirm, window);
        return rate(source, limit, limit, window, confirm, section);
    }

    /** The evidence speaks against "within the objective"; the rates must reach the factor besides. */
    private static Parsed burnRate(RuleSection section) {
        RateSource source = source(section);
        double allowed = 1 - section.number("objective", 0, 1, null);
        double factor = section.number("factor", 0, Double.POSITIVE_INFINITY, null);
        Duration window = section.duration("window", Duration.ofMinutes(10), null);
        Duration confirm = section.duration("confirm", MINUTE, null);
        requireShorter(section, confirm, window);
        double limit = allowed * factor;
        if (limit >= 1) {
            section.refuse("factor", "times the allowed share is %s, which no rate can reach".formatted(limit));
        }
        return rate(source, limit, Math.min(allowed, limit), window, confirm, section);
    }

    private static void requireShorter(RuleSection section, Duration confirm, Duration window) {
        if (confirm.compareTo(window) >= 0) {
            section.refuse("confirm", "must be shorter than the window of " + window);
        }
    }

    private static Parsed rate(
            RateSource source,
            double limit,
            double evidenceLimit,
            Duration window,
            Duration confirm,
            RuleSection section) {
        long minimum = section.count("minimum-requests", 1, 100L);
        double alpha = section.number("alpha", 0, 1, DEFAULT_ALPHA);
        return new Parsed(
                new RateTest(source, limit, evidenceLimit, window, confirm, minimum, alpha), source.measure());
    }

    private static RateSource source(RuleSection section) {
        String measure = section.measure("measure", any -> true);
        boolean isDistribution = MeasureCatalog.named(measure).kind() == Kind.DISTRIBUTION;
        Double over = null;
        if (section.has("over")) {
            over = section.number("over", 0, Double.POSITIVE_INFINITY, null);
        }
        if (isDistribution && over == null) {
            section.refuse("over", "is missing; a rate of '%s' needs the value that is too much".formatted(measure));
        } else if (!isDistribution && over != null) {
            section.refuse("over", "has no meaning: '%s' counts calls".formatted(measure));
        }
        String of = section.has("of") ? section.measure("of", other -> other.kind() == Kind.SUM) : null;
        return new RateSource(measure, of, over);
    }

    private static Parsed quota(RuleSection section) {
        Quantity quantity = quantity(section, List.of(Quantity.TOKENS, Quantity.REQUESTS));
        double share = section.number("share", 0, 1, null);
        double clear = section.number("clear", 0, 1, share * 0.9);
        if (clear > share) {
            section.refuse("clear", "must not be above the share of " + share);
        }
        return new Parsed(new QuotaTest(quantity, share, clear), quantity.measure());
    }

    private static Parsed threshold(RuleSection section) {
        String measure = section.measure("measure", TestTypes::isDistribution);
        String statistic = section.oneOf(
                "statistic",
                Arrays.stream(Statistic.values()).map(Statistic::text).toList(),
                null);
        boolean below = section.has("below");
        if (below == section.has("above")) {
            section.refuse(below ? "above" : "below", "either above or below must be given, and not both");
        }
        double limit = section.number(below ? "below" : "above", 0, Double.POSITIVE_INFINITY, null);
        double clear = section.number("clear", 0, Double.POSITIVE_INFINITY, limit);
        if (below ? clear < limit : clear > limit) {
            section.refuse("clear", "must lie on the good side of " + limit);
        }
        Duration sustained = section.duration("for", PANE, MINUTE);
        Duration cleared = section.duration("clear-for", PANE, Duration.ofMinutes(5));
        long minimum = section.count("minimum-requests", 1, 1L);
        RuleTest test = new ThresholdTest(
                measure,
                Statistic.valueOf(statistic.toUpperCase(Locale.ROOT)),
                limit,
                clear,
                below,
                sustained,
                cleared,
                minimum);
        return new Parsed(test, measure);
    }

    private static Parsed weekGrowth(RuleSection section) {
        String measure = section.measure("measure", TestTypes::isDistribution);
        double growth = section.number("growth", 0, Double.POSITIVE_INFINITY, null);
        long minimum = section.count("minimum-requests", 1, 1_000L);
        return new Parsed(new WeekGrowthTest(measure, growth, minimum), measure);
    }

    private static Parsed latencyChange(RuleSection section) {
        String measure = section.measure(
                "measure", other -> isDistribution(other) && other.unit().equals("ms"));
        boolean gradual =
                section.oneOf("shape", List.of("sudden", "gradual"), null).equals("gradual");
        double ratio = gradual ? Double.NaN : section.number("ratio", 1, Double.POSITIVE_INFINITY, 2.0);
        double growth = gradual ? section.number("growth", 0, Double.POSITIVE_INFINITY, 0.2) : Double.NaN;
        long minimum = section.count("minimum-requests", 100, 1_000L);
        double alpha = gradual ? Double.NaN : section.number("alpha", 0, 1, DEFAULT_ALPHA);
        return new Parsed(new LatencyChangeTest(measure, gradual, ratio, growth, minimum, alpha), measure);
    }

    private static Parsed spike(RuleSection section) {
        Quantity quantity = quantity(section, List.of(Quantity.values()));
        double factor = section.number("factor", 1, Double.POSITIVE_INFINITY, null);
        Duration window = section.duration("window", MINUTE, Duration.ofMinutes(5));
        Duration usual = section.duration("usual", Duration.ofHours(1), Duration.ofHours(24));
        if (window.compareTo(usual) >= 0) {
            section.refuse("window", "must be shorter than the usual of " + usual);
        }
        long minimum = section.count("minimum-requests", 1, 100L);
        return new Parsed(new SpikeTest(quantity, factor, window, usual, minimum), quantity.measure());
    }

    private static Parsed silence(RuleSection section) {
        Duration silence = section.duration("silence", MINUTE, Duration.ofMinutes(5));
        long expected = section.count("expected-requests", 1, 20L);
        return new Parsed(new SilenceTest(silence, expected), "requests");
    }

    private static Quantity quantity(RuleSection section, List<Quantity> allowed) {
        List<String> names = new ArrayList<>();
        allowed.forEach(quantity -> names.add(quantity.text()));
        String name = section.oneOf("quantity", names, null);
        return Quantity.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static boolean isDistribution(Measure measure) {
        return measure.kind() == Kind.DISTRIBUTION;
    }
}
