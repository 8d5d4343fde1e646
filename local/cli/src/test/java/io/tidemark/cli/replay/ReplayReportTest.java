package io.tidemark.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayReportTest {

    @Test
    void theFieldsAreThoseThatProgramsRelyOn() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(
                        new ReplayReport(1, 2, 3, 4, 5, 6, 7, "a", "b", 8, 9, List.of(), List.of(), List.of()).json());
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "sent",
                        "accepted",
                        "rejected",
                        "late",
                        "duplicates",
                        "stored",
                        "windows",
                        "first_event_time",
                        "last_event_time",
                        "wall_seconds",
                        "events_per_second",
                        "alerts",
                        "decisions",
                        "drift");
    }
}
