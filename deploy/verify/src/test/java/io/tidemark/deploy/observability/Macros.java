package io.tidemark.deploy.observability;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Grafana's ClickHouse source puts in the place of its macros and variables. */
final class Macros {

    private static final Pattern TIME_FILTER = Pattern.compile("\\$__timeFilter\\(([^)]+)\\)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[a-z]+}");
    private static final Pattern LEFT = Pattern.compile("\\$[_{a-zA-Z]+");

    private Macros() {}

    static String replace(String query) {
        String timed =
                TIME_FILTER.matcher(query).replaceAll("$1 >= toDateTime(1767225600) AND $1 <= toDateTime(1767312000)");
        String sql = VARIABLE.matcher(timed).replaceAll("production");
        Matcher left = LEFT.matcher(sql);
        if (left.find()) {
            throw new IllegalArgumentException("nothing is known of %s in: %s".formatted(left.group(), query));
        }
        return sql;
    }
}
