package io.tidemark.cli.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as one HTML file without anything from elsewhere: the distributions that moved, and how each measure went. */
final class DriftPage {

    private static final int MOST_PICTURES = 24;
    private static final int MOST_BARS = 24;
    private static final int WIDTH = 520;
    private static final int BAR = 14;
    private static final int LABEL = 170;
    private static final int TREND_HEIGHT = 90;
    private static final String STYLE = "body{font:14px system-ui,sans-serif;margin:2em;max-width:70em;color:#222}"
            + "h2{margin:1.5em 0 .2em;font-size:1.1em}p{margin:.2em 0;color:#555}"
            + ".b{fill:#b9c4d0}.c{fill:#d9541e}.l{stroke:#d9541e;fill:none;stroke-width:1.5}"
            + ".g{stroke:#999;stroke-dasharray:3 3}text{font-size:11px;fill:#333}";

    private final String baseline;
    private final List<JsonNode> tests;

    DriftPage(String baseline, List<JsonNode> tests) {
        this.baseline = baseline;
        this.tests = tests;
    }

    String html() {
        StringBuilder page = new StringBuilder(
                        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Drift from ")
                .append(escaped(baseline))
                .append("</title><style>")
                .append(STYLE)
                .append("</style><h1>Drift from ")
                .append(escaped(baseline))
                .append("</h1><p>Grey: baseline. Orange: window. Shares of the observations.</p>");
        for (List<JsonNode> series : series()) {
            picture(series, page);
        }
        return page.append("</html>\n").toString();
    }

    /** The tests of one measure and slice in the order of their windows; those that moved furthest first. */
    private List<List<JsonNode>> series() {
        Map<String, List<JsonNode>> series = new LinkedHashMap<>();
        for (JsonNode test : tests) {
            String key = String.join(
                    "|",
                    test.path("measure").asText(),
                    StoredDrift.slice(test),
                    test.path("version_id").asText(),
                    test.path("window_seconds").asText());
            series.computeIfAbsent(key, unused -> new ArrayList<>()).add(test);
        }
        return series.values().stream()
                .filter(each -> !each.get(0).path("names").isEmpty())
                .sorted(Comparator.comparingDouble(
                        each -> -largest(each).path("effect").asDouble()))
                .limit(MOST_PICTURES)
                .toList();
    }

    private static JsonNode largest(List<JsonNode> series) {
        return series.stream()
                .max(Comparator.comparingDouble(test -> test.path("effect").asDouble()))
                .orElseThrow();
    }

    private static void picture(List<JsonNode> series, StringBuilder page) {
        JsonNode test = largest(series);
        page.append("<h2>")
                .append(escaped(test.path("measure").asText() + ", " + StoredDrift.slice(test)))
                .append("</h2><p>")
                .append(escaped(String.format(
                        Locale.ROOT,
                        "largest in the window from %s: %s %.3f (limit %.3g), n %,d, scope %s%s",
                        test.path("started").asText(),
                        test.path("effect_name").asText(),
                        test.path("effect").asDouble(),
                        test.path("effect_limit").asDouble(),
                        test.path("n").asLong(),
                        test.path("scope").asText(),
                        test.path("topics").isEmpty()
                                ? ""
                                : "; moved most: " + String.join(", ", DriftReport.texts(test.path("topics"))))))
                .append("</p>");
        bars(test, page);
        trend(series, page);
    }

    /** Both distributions, the window's bar over the baseline's. */
    private static void bars(JsonNode test, StringBuilder page) {
        List<String> names = DriftReport.texts(test.path("names"));
        int shown = Math.min(MOST_BARS, names.size());
        double highest = 0;
        for (int i = 0; i < shown; i++) {
            highest = Math.max(
                    highest,
                    Math.max(
                            test.path("before").path(i).asDouble(),
                            test.path("now").path(i).asDouble()));
        }
        double scale = highest == 0 ? 0 : (WIDTH - LABEL) / highest;
        page.append("<svg width=\"%d\" height=\"%d\" role=\"img\">".formatted(WIDTH, shown * BAR + 4));
        for (int i = 0; i < shown; i++) {
            int y = i * BAR;
            page.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                    .formatted(LABEL - 6, y + BAR - 4, escaped(names.get(i))));
            bar("b", y, BAR - 2, test.path("before").path(i).asDouble() * scale, page);
            bar("c", y + 4, BAR - 10, test.path("now").path(i).asDouble() * scale, page);
        }
        page.append("</svg>");
    }

    private static void bar(String style, int y, int height, double width, StringBuilder page) {
        page.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" height=\"%d\" width=\"%.1f\"/>",
                style,
                LABEL,
                y,
                height,
                width));
    }

    /** The effect of each window, with its limit. */
    private static void trend(List<JsonNode> series, StringBuilder page) {
        double limit = series.get(0).path("effect_limit").asDouble();
        double highest = Math.max(limit * 1.2, largest(series).path("effect").asDouble());
        double step = WIDTH / (double) Math.max(1, series.size() - 1);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < series.size(); i++) {
            points.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    i * step,
                    TREND_HEIGHT * (1 - series.get(i).path("effect").asDouble() / highest)));
        }
        String y = String.format(Locale.ROOT, "%.1f", TREND_HEIGHT * (1 - limit / highest));
        page.append(
                "<br><svg width=\"%d\" height=\"%d\" role=\"img\"><line class=\"g\" x1=\"0\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
                        .formatted(WIDTH, TREND_HEIGHT + 2, WIDTH, y, y));
        page.append("<polyline class=\"l\" points=\"%s\"/></svg>"
                .formatted(points.toString().strip()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
