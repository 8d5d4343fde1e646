package io.tidemark.consumers.retraining;

import io.tidemark.consumers.decision.TargetName;
import io.tidemark.contracts.avro.ChangeKind;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of retraining.
 *
 * @param defaultTarget where alerts and changes without a target go; empty: they are refused
 * @param schedules trainings that the clock asks for
 * @param changes kinds of change that ask for one
 * @param dataWindowDays days of data that a training is pointed at
 * @param debounce time within which a model is trained once, however many slices ask
 * @param budgetPerRunUsd what one training may cost, in US dollars
 * @param budgetUsd what all trainings of a month may cost, in US dollars
 */
public record RetrainingSettings(
        Optional<TargetName> defaultTarget,
        List<Schedule> schedules,
        Set<ChangeKind> changes,
        int dataWindowDays,
        Duration debounce,
        double budgetPerRunUsd,
        double budgetUsd) {

    private static final int SHORTEST_DAYS = 1;
    private static final int LONGEST_DAYS = 365;
    private static final int DEFAULT_DAYS = 30;
    private static final double DEFAULT_RUN_USD = 100;
    private static final double DEFAULT_MONTH_USD = 400;
    private static final double MOST_USD = 1e9;

    private static final ConfigurationKey<String> TARGET = ConfigurationKey.text(
            "retraining.target", "", "where alerts and changes without a target go, ADAPTER:NAME");
    private static final ConfigurationKey<Map<String, String>> SCHEDULES = ConfigurationKey.prefix(
            "retraining.schedule",
            "trainings by the clock: name = ADAPTER:NAME@PERIOD, for example airflow:retrain@P7D");
    private static final ConfigurationKey<String> CHANGES = ConfigurationKey.text(
            "retraining.changes",
            "",
            "kinds of change that ask for a training, comma-separated, for example index_rebuild");
    private static final ConfigurationKey<Integer> DAYS = ConfigurationKey.integer(
            "retraining.data-window-days",
            DEFAULT_DAYS,
            SHORTEST_DAYS,
            LONGEST_DAYS,
            "days of data that a training is pointed at");
    private static final ConfigurationKey<Duration> DEBOUNCE = ConfigurationKey.duration(
            "retraining.debounce", Duration.ofDays(1), Duration.ZERO, "time within which a model is trained once");
    private static final ConfigurationKey<Double> RUN_USD = ConfigurationKey.decimal(
            "retraining.budget-per-run-usd", DEFAULT_RUN_USD, 0, MOST_USD, "what one training may cost, in US dollars");
    private static final ConfigurationKey<Double> MONTH_USD = ConfigurationKey.decimal(
            "retraining.budget-usd",
            DEFAULT_MONTH_USD,
            0,
            MOST_USD,
            "what all trainings of 30 days may cost, in US dollars");

    /**
     * A training that the clock asks for.
     *
     * @param name name of the schedule
     * @param period time between two trainings, counted from the epoch
     */
    public record Schedule(String name, TargetName target, Duration period) {

        static Schedule parse(String name, String text) {
            String key = SCHEDULES.name() + "." + name;
            int at = text.lastIndexOf('@');
            if (at < 0) {
                throw new ConfigurationException(
                        "%s = '%s' must be ADAPTER:NAME@PERIOD, for example airflow:retrain@P7D".formatted(key, text));
            }
            try {
                Duration period = Duration.parse(text.substring(at + 1));
                if (period.compareTo(Duration.ofHours(1)) < 0) {
                    throw new ConfigurationException(
                            "%s = '%s': the period must be at least PT1H".formatted(key, text));
                }
                return new Schedule(name, TargetName.parse(key, text.substring(0, at)), period);
            } catch (DateTimeParseException e) {
                throw new ConfigurationException(
                        "%s = '%s': the period cannot be parsed; example value: P7D".formatted(key, text));
            }
        }
    }

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        return List.of(TARGET, SCHEDULES, CHANGES, DAYS, DEBOUNCE, RUN_USD, MONTH_USD);
    }

    /** The settings of a process. */
    public static RetrainingSettings from(Configuration configuration) {
        String target = configuration.get(TARGET);
        List<Schedule> schedules = new ArrayList<>();
        configuration.get(SCHEDULES).forEach((name, text) -> schedules.add(Schedule.parse(name, text)));
        return new RetrainingSettings(
                target.isEmpty() ? Optional.empty() : Optional.of(TargetName.parse(TARGET.name(), target)),
                List.copyOf(schedules),
                changes(configuration.get(CHANGES)),
                configuration.get(DAYS),
                configuration.get(DEBOUNCE),
                configuration.get(RUN_USD),
                configuration.get(MONTH_USD));
    }

    private static Set<ChangeKind> changes(String text) {
        Set<ChangeKind> kinds = EnumSet.noneOf(ChangeKind.class);
        for (String each : Arrays.stream(text.split(",", -1)).map(String::strip).toList()) {
            if (!each.isEmpty()) {
                kinds.add(change(each));
            }
        }
        return kinds;
    }

    private static ChangeKind change(String text) {
        try {
            return ChangeKind.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("%s = '%s' must be one of %s"
                    .formatted(
                            CHANGES.name(),
                            text,
                            Arrays.toString(ChangeKind.values()).toLowerCase(Locale.ROOT)));
        }
    }
}
