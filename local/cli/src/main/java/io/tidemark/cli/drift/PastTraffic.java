package io.tidemark.cli.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.ClickHouseAccess;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.drift.CellNames;
import io.tidemark.jobs.drift.profile.ProfileBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Observations of stored traces. Of more than fits, a sample that depends on the inference ids alone. */
final class PastTraffic {

    /** Most traces that a baseline is made from; ten thousand of a slice resolve a stability index of 0.01. */
    static final int MOST_TRACES = 200_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WEEK = Duration.ofDays(7);
    private static final List<String> MEASURES =
            List.of("input_tokens", "output_tokens", "confidence", "intent", "prediction", "finish_reason");

    private final ClickHouseAccess access;

    PastTraffic(ClickHouseAccess access) {
        this.access = access;
    }

    /**
     * Adds the traces of a time range.
     *
     * @param weeks how many weeks the same hours are taken from, the last of them at the range itself
     */
    void addTo(ProfileBuilder builder, Optional<String> tenant, Instant from, Instant to, int weeks) {
        List<String> ranges = new ArrayList<>();
        for (int week = 0; week < weeks; week++) {
            Duration back = WEEK.multipliedBy(week);
            ranges.add(
                    "(event_time >= %s AND event_time < %s)".formatted(time(from.minus(back)), time(to.minus(back))));
        }
        String sql = "SELECT tenant, %s, role, %s, numeric_features, categorical_features FROM traces WHERE (%s)%s "
                .formatted(
                        String.join(", ", VersionTuple.COMPONENT_NAMES),
                        String.join(", ", MEASURES),
                        String.join(" OR ", ranges),
                        tenant.map(name -> " AND tenant = '%s'"
                                        .formatted(name.replace("\\", "\\\\").replace("'", "\\'")))
                                .orElse(""));
        String sample = "ORDER BY cityHash64(inference_id), inference_id LIMIT " + MOST_TRACES;
        try (BufferedReader rows = new BufferedReader(new InputStreamReader(
                new SqlClient(access).ask(sql + sample, "JSONEachRow"), StandardCharsets.UTF_8))) {
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                add(builder, JSON.readTree(row));
            }
        } catch (IOException e) {
            throw new CommandFailure("the traces of the baseline cannot be read: " + e.getMessage(), e);
        }
    }

    private static String time(Instant instant) {
        return "fromUnixTimestamp64Micro(toInt64(%d))"
                .formatted(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
    }

    private static void add(ProfileBuilder builder, JsonNode row) {
        List<String> components = VersionTuple.COMPONENT_NAMES.stream()
                .map(name -> row.path(name).asText())
                .toList();
        VersionTuple version = new VersionTuple(
                components.get(0),
                components.get(1),
                components.get(2),
                components.get(3),
                components.get(4),
                components.get(5),
                components.get(6));
        TrafficRole role = TrafficRole.valueOf(row.path("role").asText().toUpperCase(Locale.ROOT));
        builder.add(CellNames.of(row.path("tenant").asText(), version, role), values(row));
    }

    private static Map<String, Object> values(JsonNode row) {
        Map<String, Object> values = new HashMap<>();
        row.path("numeric_features")
                .fields()
                .forEachRemaining(field -> values.put(
                        field.getKey(),
                        field.getValue().isNull()
                                ? Double.NaN
                                : field.getValue().asDouble()));
        row.path("categorical_features")
                .fields()
                .forEachRemaining(
                        field -> values.put(field.getKey(), field.getValue().asText()));
        for (String measure : MEASURES) {
            JsonNode value = row.path(measure);
            values.remove(measure);
            if (!value.isNull() && !value.isMissingNode()) {
                boolean isNumber = MEASURES.indexOf(measure) < 3;
                values.put(measure, isNumber ? (Object) value.asDouble() : value.asText());
            }
        }
        return values;
    }
}
