package io.tidemark.console.query;

import io.tidemark.console.http.RefusedException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a parameter may be. A name means the same in every statement.
 *
 * @param sqlType ClickHouse's type, as it stands in the statements
 * @param description for people
 * @param schema OpenAPI's description of its values
 * @param usual its value when it is not given; null when it must be
 * @param check gives the value as ClickHouse reads it, or refuses it
 */
public record Parameter(
        String name,
        String sqlType,
        String description,
        Map<String, Object> schema,
        Function<Clock, String> usual,
        UnaryOperator<String> check) {

    /** How ClickHouse reads and writes a moment. */
    static final DateTimeFormatter SQL_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    static final String TIME_TYPE = "DateTime64(6, 'UTC')";

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final int LONGEST_NAME = 256;

    /** Letters, digits and what names of versions, tenants and rules are made of; no quote, no backslash, no control character. */
    private static final String NAME = "[\\p{L}\\p{N} ._:@/+*#=,|~-]";

    private static final Pattern NAMES = Pattern.compile(NAME + "{0," + LONGEST_NAME + "}");

    /** Moments that nobody named are the same for some seconds, so that boards that are open at the same time ask the same. */
    private static final long STEADY_SECONDS = 5;

    /** A name; the empty text stands for any. */
    static Parameter optionalName(String name, String description) {
        return name(name, description, clock -> "");
    }

    /** A name that must be given. */
    static Parameter requiredName(String name, String description) {
        return name(name, description, null);
    }

    private static Parameter name(String name, String description, Function<Clock, String> usual) {
        return new Parameter(
                name,
                "String",
                description,
                Map.of("type", "string", "maxLength", LONGEST_NAME, "pattern", "^" + NAME + "*$"),
                usual,
                value -> {
                    if (!NAMES.matcher(value).matches() || usual == null && value.isBlank()) {
                        throw refused(
                                name, "must be 1 to 256 letters, digits or characters of ' ._:@/+*#=,|~-' (no quotes)");
                    }
                    return value;
                });
    }

    /** One of a few words, of which the first is usual. */
    static Parameter word(String name, String description, String usual, Set<String> words) {
        return new Parameter(
                name,
                "String",
                description,
                Map.of("type", "string", "enum", new TreeSet<>(words)),
                clock -> usual,
                value -> {
                    if (!words.contains(value)) {
                        throw refused(name, "must be one of " + new TreeSet<>(words));
                    }
                    return value;
                });
    }

    /** A whole number of a range. */
    static Parameter whole(String name, String description, int usual, int least, int most) {
        return new Parameter(
                name,
                "UInt32",
                description,
                Map.of("type", "integer", "minimum", least, "maximum", most, "default", usual),
                clock -> Integer.toString(usual),
                value -> {
                    if (!value.matches("[0-9]{1,9}")
                            || Integer.parseInt(value) < least
                            || Integer.parseInt(value) > most) {
                        throw refused(name, "must be a whole number from %d to %d".formatted(least, most));
                    }
                    return Integer.toString(Integer.parseInt(value));
                });
    }

    /**
     * A moment.
     *
     * @param before how long before now it is when it is not given
     */
    static Parameter moment(String name, String description, Duration before) {
        return new Parameter(
                name,
                TIME_TYPE,
                description,
                Map.of("type", "string", "format", "date-time"),
                clock -> sqlTime(steady(clock).minus(before)),
                value -> {
                    Instant moment = parsed(name, value);
                    if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
                        throw refused(name, "must lie between the years 2000 and 2200");
                    }
                    return sqlTime(moment);
                });
    }

    static String sqlTime(Instant moment) {
        return SQL_TIME.format(moment);
    }

    /** Now, the same for some seconds, so that what is asked at about the same time is asked once. */
    public static Instant steady(Clock clock) {
        long seconds = clock.instant().getEpochSecond();
        return Instant.ofEpochSecond(seconds - seconds % STEADY_SECONDS);
    }

    private static Instant parsed(String name, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw refused(name, "must be a moment in UTC, for example 2026-01-01T12:00:00Z");
        }
    }

    private static RefusedException refused(String name, String rule) {
        return RefusedException.malformed("parameter '%s' %s".formatted(name, rule));
    }

    /**
     * The value as ClickHouse reads it.
     *
     * @param given what the request says, or null
     * @throws RefusedException when it must not be, or is missing
     */
    String value(String given, Clock clock) {
        if (given != null && !(given.isEmpty() && usual != null)) {
            return check.apply(given);
        }
        if (usual == null) {
            throw refused(name, "must be given: " + description);
        }
        return usual.apply(clock);
    }

    /** A value as it stands in a statement that people paste. */
    String literal(String value) {
        return switch (sqlType) {
            case "String" -> "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
            case "UInt32" -> value;
            default -> "toDateTime64('%s', 6, 'UTC')".formatted(value);
        };
    }
}
