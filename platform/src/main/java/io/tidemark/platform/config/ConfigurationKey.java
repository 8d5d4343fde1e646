package io.tidemark.platform.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One setting: its dotted name, type, default and meaning. A default of null makes it required.
 *
 * @param <T> type of the value
 */
public final class ConfigurationKey<T> {

    private final String name;
    private final T defaultValue;
    private final String description;
    private final boolean prefix;
    private final BiFunction<String, String, T> parser;

    private ConfigurationKey(
            String name, T defaultValue, String description, boolean prefix, BiFunction<String, String, T> parser) {
        this.name = Objects.requireNonNull(name, "name is null");
        this.defaultValue = defaultValue;
        this.description = Objects.requireNonNull(description, "description is null");
        this.prefix = prefix;
        this.parser = parser;
    }

    /** A text. */
    public static ConfigurationKey<String> text(String name, String defaultValue, String description) {
        return new ConfigurationKey<>(name, defaultValue, description, false, (key, value) -> value);
    }

    /** A whole number in [minimum, maximum]. */
    public static ConfigurationKey<Integer> integer(
            String name, Integer defaultValue, int minimum, int maximum, String description) {
        return new ConfigurationKey<>(
                name,
                defaultValue,
                description,
                false,
                (key, value) -> Math.toIntExact(whole(key, value, minimum, maximum)));
    }

    /** A whole number in [minimum, maximum]. */
    public static ConfigurationKey<Long> longInteger(
            String name, Long defaultValue, long minimum, long maximum, String description) {
        return new ConfigurationKey<>(
                name, defaultValue, description, false, (key, value) -> whole(key, value, minimum, maximum));
    }

    /** A number in [minimum, maximum]. */
    public static ConfigurationKey<Double> decimal(
            String name, Double defaultValue, double minimum, double maximum, String description) {
        return new ConfigurationKey<>(name, defaultValue, description, false, (key, value) -> {
            double parsed = parse(key, value, "0.5", Double::valueOf);
            if (!(parsed >= minimum && parsed <= maximum)) {
                throw ConfigurationException.rule(key, value, "must lie in [%s, %s]".formatted(minimum, maximum));
            }
            return parsed;
        });
    }

    /** {@code true} or {@code false}. */
    public static ConfigurationKey<Boolean> bool(String name, Boolean defaultValue, String description) {
        return new ConfigurationKey<>(name, defaultValue, description, false, (key, value) -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ConfigurationException.rule(key, value, "must be true or false");
        });
    }

    /** An ISO-8601 duration of at least {@code minimum}, for example PT5M. */
    public static ConfigurationKey<Duration> duration(
            String name, Duration defaultValue, Duration minimum, String description) {
        return new ConfigurationKey<>(name, defaultValue, description, false, (key, value) -> {
            Duration parsed = parse(key, value, "PT5M", Duration::parse);
            if (parsed.compareTo(minimum) < 0) {
                throw ConfigurationException.rule(key, value, "must be at least " + minimum);
            }
            return parsed;
        });
    }

    /** One of a set of words. */
    public static ConfigurationKey<String> oneOf(
            String name, String defaultValue, Set<String> allowed, String description) {
        return new ConfigurationKey<>(name, defaultValue, description, false, (key, value) -> {
            if (!allowed.contains(value)) {
                throw ConfigurationException.rule(key, value, "must be one of " + new TreeSet<>(allowed));
            }
            return value;
        });
    }

    /** All settings whose name starts with {@code name + "."}; the map holds what follows the prefix. */
    public static ConfigurationKey<Map<String, String>> prefix(String name, String description) {
        return new ConfigurationKey<>(name, Map.of(), description, true, (key, value) -> Map.of());
    }

    /** Dotted name. */
    public String name() {
        return name;
    }

    /** Default, or null when the setting is required. */
    public T defaultValue() {
        return defaultValue;
    }

    /** What the setting does, one line. */
    public String description() {
        return description;
    }

    /** Name of the environment variable that sets it. */
    public String environmentVariable() {
        return Configuration.ENVIRONMENT_PREFIX + environmentForm(name);
    }

    boolean isPrefix() {
        return prefix;
    }

    T parse(String value) {
        return parser.apply(name, value);
    }

    static String environmentForm(String name) {
        return name.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static long whole(String key, String value, long minimum, long maximum) {
        long parsed = parse(key, value, Long.toString(minimum), Long::valueOf);
        if (parsed < minimum || parsed > maximum) {
            throw ConfigurationException.rule(key, value, "must lie in [%d, %d]".formatted(minimum, maximum));
        }
        return parsed;
    }

    private static <V> V parse(String key, String value, String example, Function<String, V> parser) {
        try {
            return parser.apply(value);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw ConfigurationException.rule(key, value, "cannot be parsed; example value: " + example);
        }
    }
}
