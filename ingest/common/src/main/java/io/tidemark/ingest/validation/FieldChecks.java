package io.tidemark.ingest.validation;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.VersionTupleRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The elementary checks. Collects violations of one record; allocates only when there is one. */
final class FieldChecks {

    private static final int SHOWN_CHARACTERS = 64;
    private static final int UTF8_BYTES_PER_CHARACTER = 3;
    private static final int HTTP_STATUS_LOWEST = 100;
    private static final int HTTP_STATUS_HIGHEST = 599;

    private final TraceLimits limits;
    private final String path;
    private final List<Violation> found;

    FieldChecks(TraceLimits limits) {
        this(limits, "", new ArrayList<>(0));
    }

    private FieldChecks(TraceLimits limits, String path, List<Violation> found) {
        this.limits = limits;
        this.path = path;
        this.found = found;
    }

    /** Checks of a nested record; what they find is found here. */
    FieldChecks inside(String prefix) {
        return new FieldChecks(limits, path + prefix, found);
    }

    List<Violation> found() {
        return found;
    }

    void violation(String field, String value, String rule) {
        found.add(new Violation(path + field, value, rule));
    }

    void present(String field, Object value) {
        if (value == null) {
            violation(field, "null", "must be set");
        }
    }

    void requiredName(String field, String value) {
        if (value == null || value.isEmpty()) {
            violation(field, value == null ? "null" : "", "must not be empty");
        } else {
            name(field, value);
        }
    }

    /** A name may be unknown (null). */
    void name(String field, String value) {
        if (value == null) {
            return;
        }
        if (value.length() > limits.nameCharacters()) {
            violation(field, shown(value), "must have at most %d characters".formatted(limits.nameCharacters()));
        }
        int control = controlCharacter(value);
        if (control >= 0) {
            violation(field, shown(value), "must have no control character, has one at index " + control);
        }
    }

    void afterEpoch(String field, Instant time) {
        if (time == null || time.compareTo(Instant.EPOCH) <= 0) {
            violation(field, String.valueOf(time), "must lie after " + Instant.EPOCH);
        }
    }

    void version(VersionTupleRecord version) {
        if (version == null) {
            violation("version", "null", "must be set");
            return;
        }
        FieldChecks inside = inside("version.");
        List<String> names = VersionTuple.COMPONENT_NAMES;
        inside.requiredName(names.get(0), version.getBaseModel());
        inside.requiredName(names.get(1), version.getFineTune());
        inside.requiredName(names.get(2), version.getPrompt());
        inside.requiredName(names.get(3), version.getToolSchema());
        inside.requiredName(names.get(4), version.getRetrievalIndex());
        inside.requiredName(names.get(5), version.getEvalPass());
        inside.requiredName(names.get(6), version.getServing());
    }

    void finite(String field, Double value) {
        if (value != null && !Double.isFinite(value)) {
            violation(field, value.toString(), "must be a finite number");
        }
    }

    void notNegative(String field, Number value) {
        if (value != null && value.longValue() < 0) {
            violation(field, value.toString(), "must be >= 0");
        }
    }

    void positive(String field, Number value) {
        if (value != null && value.longValue() < 1) {
            violation(field, value.toString(), "must be >= 1");
        }
    }

    void httpStatus(String field, Integer value) {
        if (value != null && (value < HTTP_STATUS_LOWEST || value > HTTP_STATUS_HIGHEST)) {
            violation(
                    field, value.toString(), "must lie in [%d, %d]".formatted(HTTP_STATUS_LOWEST, HTTP_STATUS_HIGHEST));
        }
    }

    void share(String field, Double value) {
        if (value != null && !(value >= 0 && value <= 1)) {
            violation(field, value.toString(), "must lie in [0, 1]");
        }
    }

    void weight(String field, Double value) {
        if (value != null && !(value >= 1 && Double.isFinite(value))) {
            violation(field, value.toString(), "must be a finite number >= 1");
        }
    }

    /** The text itself never enters a violation. */
    void text(String field, String value, int maximumBytes) {
        if (value != null && isLonger(value, maximumBytes)) {
            int bytes = value.getBytes(StandardCharsets.UTF_8).length;
            violation(field, bytes + " bytes", "must have at most %d bytes in UTF-8".formatted(maximumBytes));
        }
    }

    void texts(String field, Map<String, String> values, int maximumEntries) {
        if (!countIsAllowed(field, values, maximumEntries)) {
            return;
        }
        for (Map.Entry<String, String> entry : values.entrySet()) {
            key(field, entry.getKey());
            present(field + "." + entry.getKey(), entry.getValue());
            text(field + "." + entry.getKey(), entry.getValue(), limits.attributeBytes());
        }
    }

    void numbers(String field, Map<String, Double> values, int maximumEntries) {
        if (!countIsAllowed(field, values, maximumEntries)) {
            return;
        }
        for (Map.Entry<String, Double> entry : values.entrySet()) {
            key(field, entry.getKey());
            Double value = entry.getValue();
            if (value == null || !Double.isFinite(value)) {
                violation(field + "." + entry.getKey(), String.valueOf(value), "must be a finite number");
            }
        }
    }

    private boolean countIsAllowed(String field, Map<String, ?> values, int maximumEntries) {
        if (values == null) {
            violation(field, "null", "must be set; empty when there are none");
            return false;
        }
        if (values.isEmpty()) {
            return false;
        }
        if (values.size() > maximumEntries) {
            violation(field, values.size() + " entries", "must have at most %d entries".formatted(maximumEntries));
            return false;
        }
        return true;
    }

    private void key(String field, String key) {
        if (key == null || key.isEmpty() || key.length() > limits.nameCharacters() || controlCharacter(key) >= 0) {
            violation(
                    field,
                    shown(String.valueOf(key)),
                    "must have keys of 1 to %d characters without control characters"
                            .formatted(limits.nameCharacters()));
        }
    }

    private static boolean isLonger(String value, int maximumBytes) {
        if ((long) value.length() * UTF8_BYTES_PER_CHARACTER <= maximumBytes) {
            return false;
        }
        return value.getBytes(StandardCharsets.UTF_8).length > maximumBytes;
    }

    private static int controlCharacter(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    static String shown(String value) {
        String start = value.length() > SHOWN_CHARACTERS ? value.substring(0, SHOWN_CHARACTERS) + "..." : value;
        StringBuilder clean = new StringBuilder(start.length());
        start.chars().forEach(c -> clean.append(Character.isISOControl(c) ? '?' : (char) c));
        return clean.toString();
    }
}
