package io.tidemark.console.query;

import io.tidemark.console.http.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fixed statement with named, typed parameters, which ClickHouse itself fills in: a value never becomes part of the SQL.
 *
 * @param name of its file
 * @param title what it answers, one line for people: the first line of its file, a comment
 * @param sql with ClickHouse's placeholders, {@code {name:Type}}
 * @param parameters in the order of their first use
 */
public record Statement(String name, String title, String sql, List<Parameter> parameters) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+):([^}]+)}");
    private static final String COMMENT = "-- ";

    static Statement load(String name) {
        String file = name + ".sql";
        try (InputStream input = Statement.class.getResourceAsStream(file)) {
            if (input == null) {
                throw new IllegalArgumentException(
                        "there is no statement '%s' beside %s".formatted(file, Statement.class));
            }
            return parse(name, new String(input.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the statement '%s' cannot be read".formatted(file), e);
        }
    }

    /**
     * Reads a statement.
     *
     * @throws IllegalArgumentException when it has no title, a parameter that is not known or of another type, or no tenant: a statement that
     *     does not ask for the tenant would show everybody's rows
     */
    static Statement parse(String name, String text) {
        String[] halves = text.split("\n", 2);
        if (halves.length < 2 || !halves[0].startsWith(COMMENT)) {
            throw new IllegalArgumentException(
                    "the first line of statement '%s' must be its title, a comment".formatted(name));
        }
        Set<Parameter> parameters = new LinkedHashSet<>();
        Matcher places = PLACEHOLDER.matcher(halves[1]);
        while (places.find()) {
            Parameter parameter = Parameters.named(places.group(1));
            if (!parameter.sqlType().equals(places.group(2))) {
                throw new IllegalArgumentException("parameter '%s' of statement '%s' must have the type %s"
                        .formatted(parameter.name(), name, parameter.sqlType()));
            }
            parameters.add(parameter);
        }
        if (parameters.stream().noneMatch(each -> each.name().equals(Parameters.TENANT))) {
            throw new IllegalArgumentException("statement '%s' does not ask for the tenant".formatted(name));
        }
        return new Statement(name, halves[0].substring(COMMENT.length()), halves[1].strip(), List.copyOf(parameters));
    }

    /**
     * Fills it in.
     *
     * @param tenant tenant that the token opens, or the empty text for all
     * @param given what the request says, by name
     * @throws RefusedException when a value must not be
     */
    public Filled fill(String tenant, Map<String, String> given, Clock clock) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            boolean isTenant = parameter.name().equals(Parameters.TENANT);
            values.put(parameter.name(), parameter.value(isTenant ? tenant : given.get(parameter.name()), clock));
        }
        requireOrder(values);
        return new Filled(this, values);
    }

    private static void requireOrder(Map<String, String> values) {
        String from = values.get("from");
        String to = values.get("to");
        if (from != null && to != null && from.compareTo(to) >= 0) {
            throw RefusedException.malformed("'from' must lie before 'to'");
        }
    }

    /**
     * A statement with its values.
     *
     * @param values by name, as ClickHouse reads them
     */
    public record Filled(Statement statement, Map<String, String> values) {

        /** The statement that an analyst can paste. */
        public String readable() {
            return PLACEHOLDER.matcher(statement.sql()).replaceAll(place -> Matcher.quoteReplacement(literal(place)));
        }

        private String literal(MatchResult place) {
            return Parameters.named(place.group(1)).literal(values.get(place.group(1)));
        }
    }
}
