package io.tidemark.jobs.rules.model;

import io.tidemark.contracts.measure.Measure;
import io.tidemark.contracts.measure.MeasureCatalog;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A section of a rule's file: typed access to its keys. What is wrong is noted with its line and the reading goes on, so
 * that an author sees every mistake at once; what a method gives then is only a stand-in.
 */
final class RuleSection {

    private final String file;
    private final String prefix;
    private final int line;
    private final List<RuleProblem> problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();

    RuleSection(String file, String prefix, Node node, List<RuleProblem> problems) {
        this.file = file;
        this.prefix = prefix;
        this.line = line(node);
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::add);
        } else {
            problems.add(
                    new RuleProblem(file, line, name(""), "must hold keys and values, such as 'severity: warning'"));
        }
    }

    private void add(NodeTuple tuple) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
        if (values.put(key, tuple.getValueNode()) != null) {
            problems.add(new RuleProblem(file, line(tuple.getKeyNode()), prefix + key, "is given twice"));
        }
        lines.put(key, line(tuple.getKeyNode()));
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private String name(String key) {
        return key.isEmpty() && prefix.endsWith(".") ? prefix.substring(0, prefix.length() - 1) : prefix + key;
    }

    void refuse(String key, String message) {
        problems.add(new RuleProblem(file, lines.getOrDefault(key, line), name(key), message));
    }

    /** Refuses the keys that nobody asked for. */
    void refuseOthers() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                refuse(key, "is no key of this place; allowed are " + String.join(", ", known));
            }
        }
    }

    boolean has(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    RuleSection section(String key) {
        if (!has(key)) {
            refuse(key, "is missing; it is a section with keys of its own");
            return null;
        }
        return new RuleSection(file, prefix + key + ".", values.get(key), problems);
    }

    /** Text; an empty one, and a problem, when it is missing. */
    String text(String key, String meaning) {
        String text = optionalText(key, "");
        if (text.isBlank()) {
            refuse(key, "is missing; it is " + meaning);
        }
        return text;
    }

    String optionalText(String key, String fallback) {
        if (!has(key)) {
            return fallback;
        }
        if (values.get(key) instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        refuse(key, "must be a single value");
        return fallback;
    }

    String oneOf(String key, Collection<String> allowed, String fallback) {
        String text = optionalText(key, fallback == null ? "" : fallback);
        if (allowed.contains(text)) {
            return text;
        }
        refuse(
                key,
                (text.isEmpty() ? "is missing" : "'%s' is not allowed".formatted(text)) + "; allowed are "
                        + String.join(", ", allowed));
        return allowed.iterator().next();
    }

    Set<String> someOf(String key, Collection<String> allowed, Set<String> fallback) {
        Set<String> chosen = new LinkedHashSet<>();
        if (!has(key)) {
            if (fallback.isEmpty()) {
                refuse(key, "is missing; a list of " + String.join(", ", allowed));
            }
            return fallback;
        }
        for (Node item : values.get(key) instanceof SequenceNode sequence ? sequence.getValue() : List.<Node>of()) {
            String text = item instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (allowed.contains(text)) {
                chosen.add(text);
            } else {
                refuse(key, "'%s' is not allowed; allowed are %s".formatted(text, String.join(", ", allowed)));
            }
        }
        if (chosen.isEmpty()) {
            refuse(key, "must be a list of at least one of " + String.join(", ", allowed));
        }
        return chosen;
    }

    /** A number in an open range; NaN, and a problem, when it is missing and has no fallback. */
    double number(String key, double above, double below, Double fallback) {
        String range = Double.isInfinite(below)
                ? "a number above %s".formatted(plain(above))
                : "a number between %s and %s".formatted(plain(above), plain(below));
        if (!has(key) && fallback != null) {
            return fallback;
        }
        String text = optionalText(key, "");
        try {
            double value = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
            if (value > above && value < below) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, with what is allowed
        }
        refuse(
                key,
                text.isEmpty() ? "is missing; " + range : "'%s' is not allowed; allowed is %s".formatted(text, range));
        return Double.NaN;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    long count(String key, long least, Long fallback) {
        if (!has(key) && fallback != null) {
            return fallback;
        }
        String text = optionalText(key, "");
        if (text.matches("\\d{1,15}") && Long.parseLong(text) >= least) {
            return Long.parseLong(text);
        }
        String range = "a whole number of at least " + least;
        refuse(
                key,
                text.isEmpty() ? "is missing; " + range : "'%s' is not allowed; allowed is %s".formatted(text, range));
        return least;
    }

    /** A duration that is a whole number of panes. */
    Duration duration(String key, Duration least, Duration fallback) {
        if (!has(key) && fallback != null) {
            return fallback;
        }
        String text = optionalText(key, "");
        try {
            Duration value = text.isEmpty() ? null : Duration.parse(text);
            if (value != null && value.compareTo(least) >= 0 && value.toMillis() % 10_000 == 0) {
                return value;
            }
        } catch (DateTimeParseException e) {
            // said below, with what is allowed
        }
        String range = "a duration of at least %s in steps of PT10S, such as PT5M".formatted(least);
        refuse(
                key,
                text.isEmpty() ? "is missing; " + range : "'%s' is not allowed; allowed is %s".formatted(text, range));
        return least.isZero() ? Duration.ofSeconds(10) : least;
    }

    /** Name of a measure of the catalogue. */
    String measure(String key, Predicate<Measure> usable) {
        List<String> names = new ArrayList<>();
        MeasureCatalog.all().stream().filter(usable).forEach(measure -> names.add(measure.name()));
        return oneOf(key, names, null);
    }
}
