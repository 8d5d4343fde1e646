package io.tidemark.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.WindowRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operators go on from the state that a released version wrote, in the middle of a breach. */
class RulesStateTest {

    private static final int RELEASE = 1;

    @Test
    void signalsGoOnFromTheStateOfARelease() throws Exception {
        List<WindowRow> rows = Traffic.rate("errors", 0.004, 5 * Traffic.MINUTE)
                .thenRate("errors", 0.1, 30 * Traffic.MINUTE)
                .thenRate("errors", 0, 30 * Traffic.MINUTE)
                .rows();
        int half = rows.size() / 3;

        assertThat(after(rows, half, true)).isEqualTo(after(rows, half, false)).anySatisfy(signal -> assertThat(signal)
                .contains("\"breached\": false"));
    }

    private static List<String> after(List<WindowRow> rows, int half, boolean fromRelease) throws Exception {
        try (RulesRun run = RulesRun.ofRelease(RELEASE)) {
            feed(run, rows.subList(0, half));
            run.signals();
            if (fromRelease) {
                run.goOnFromRelease(RELEASE);
            }
            feed(run, rows.subList(half, rows.size()));
            List<String> told = new ArrayList<>();
            for (Signal signal : run.signals()) {
                told.add(signal.toString());
            }
            return told;
        }
    }

    private static void feed(RulesRun run, List<WindowRow> rows) throws Exception {
        for (WindowRow row : rows) {
            run.send(row);
            run.timeIs(row.getWindowStart().toEpochMilli() + Panes.PANE_MILLIS - 1);
        }
    }
}
