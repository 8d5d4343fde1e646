package io.tidemark.gateway.mapping;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An attribute as dialect files write it: {@code name}, {@code name#key} for a key of a JSON text, {@code name in ms} for a unit.
 *
 * @param attribute name of the attribute
 * @param key key inside the JSON text; null when the attribute is the value
 * @param factor what the value is multiplied by
 */
record SourceName(String attribute, String key, double factor) {

    private static final Pattern FORM = Pattern.compile("(\\S+?)(?:#(\\S+))?(?: in (\\S+))?");
    private static final Map<String, Double> UNITS =
            Map.of("s", 1e6, "ms", 1e3, "us", 1.0, "ns", 1e-3, "usd", 1e9, "nanousd", 1.0);

    static SourceName parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "source '%s' must look like name, name#key or name in ms".formatted(text));
        }
        String unit = matcher.group(3);
        if (unit != null && !UNITS.containsKey(unit)) {
            throw new IllegalArgumentException(
                    "source '%s' has an unknown unit; known are %s".formatted(text, UNITS.keySet()));
        }
        return new SourceName(matcher.group(1), matcher.group(2), unit == null ? 1 : UNITS.get(unit));
    }
}
