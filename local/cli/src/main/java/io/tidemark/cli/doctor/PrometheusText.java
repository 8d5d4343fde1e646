package io.tidemark.cli.doctor;

import java.util.OptionalDouble;

/**
 * Answer of a metrics endpoint.
 *
 * @param text lines {@code name{labels} value}
 */
record PrometheusText(String text) {

    /** Largest finite value of all samples whose name ends so. */
    OptionalDouble largest(String nameEnd) {
        return text.lines()
                .filter(line -> !line.startsWith("#") && name(line).endsWith(nameEnd))
                .mapToDouble(PrometheusText::value)
                .filter(Double::isFinite)
                .max();
    }

    private static String name(String line) {
        return line.split("[{ ]", 2)[0];
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
