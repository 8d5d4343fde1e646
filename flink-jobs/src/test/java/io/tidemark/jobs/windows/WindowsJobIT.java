package io.tidemark.jobs.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.testing.KafkaExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.execution.JobClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WindowsJobIT {

    private static final int SECONDS = 1_500;
    private static final int COUNT = 6_000;

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path directory;

    private final List<Trace> traces = new Traffic(1).over(SECONDS, COUNT);

    @Test
    void everyWindowOfEverySliceEqualsAPlainCount() throws Exception {
        ReplayRun run = new ReplayRun(KAFKA);
        List<Trace> withRepeats = new ArrayList<>(traces);
        withRepeats.addAll(5_990, traces.subList(5_900, 5_950));
        run.send(withRepeats);
        run.sendBytes(new byte[] {9, 9});
        run.sendEndMarkers();

        JobClient job = run.start(directory, 1, "hashmap");
        List<String> progress = run.awaitEnd(1);
        job.cancel().get();

        assertThat(WindowOracle.read(finals(run))).isEqualTo(WindowOracle.of(traces));
        assertThat(total(progress, "accepted")).isEqualTo(COUNT);
        assertThat(total(progress, "duplicates")).isEqualTo(50);
        assertThat(total(progress, "rejected")).isEqualTo(1);
        assertThat(total(progress, "windows")).isEqualTo(finals(run).size());
    }

    @Test
    void parallelismAndStateBackendChangeNothing() throws Exception {
        ReplayRun run = new ReplayRun(KAFKA);
        run.send(traces);
        run.sendEndMarkers();

        JobClient job = run.start(directory, 2, "rocksdb");
        run.awaitEnd(2);
        job.cancel().get();

        assertThat(WindowOracle.read(finals(run))).isEqualTo(WindowOracle.of(traces));
    }

    @Test
    void aFailedTaskChangesNothing() throws Exception {
        failOnce(1, "hashmap");
    }

    @Test
    void aFailedTaskChangesNothingWithSeveralSubtasksAndRocksdb() throws Exception {
        failOnce(2, "rocksdb");
    }

    private void failOnce(int parallelism, String backend) throws Exception {
        ReplayRun run = new ReplayRun(KAFKA);
        run.send(traces.subList(0, COUNT / 2));
        JobClient job = run.startFailingOnce(directory, COUNT / 2 / parallelism / 2, parallelism, backend);
        Awaitility.await().atMost(ReplayRun.DEADLINE).until(() -> !run.rows().isEmpty());
        run.send(traces.subList(COUNT / 2, COUNT));
        run.sendEndMarkers();

        List<String> progress = run.awaitEnd(parallelism);
        job.cancel().get();

        List<WindowRow> finals = finals(run);
        assertThat(WindowOracle.read(finals)).isEqualTo(WindowOracle.of(traces));
        assertThat(finals).doesNotHaveDuplicates();
        assertThat(total(progress, "accepted")).isEqualTo(COUNT);
    }

    @Test
    void aJobThatIsStartedAgainGoesOnWhereItWas() throws Exception {
        ReplayRun run = new ReplayRun(KAFKA);
        run.send(traces.subList(0, COUNT / 2));
        JobClient first = run.start(directory, 1, "hashmap");
        Awaitility.await().atMost(ReplayRun.DEADLINE).until(() -> !run.rows().isEmpty());
        first.cancel().get();
        run.send(traces.subList(COUNT / 2, COUNT));
        run.sendEndMarkers();

        JobClient second = run.start(directory, 2, "hashmap");
        run.awaitEnd(2);
        second.cancel().get();
        JobClient afterTheEnd = run.start(directory, 1, "hashmap");
        run.awaitEnd(1);
        afterTheEnd.cancel().get();

        List<WindowRow> finals = finals(run);
        assertThat(WindowOracle.read(finals)).isEqualTo(WindowOracle.of(traces));
        assertThat(finals).doesNotHaveDuplicates();
    }

    @Test
    void aSecondRunOfTheSameTracesGivesTheSameRows() throws Exception {
        List<Trace> shuffled = new ArrayList<>(traces);
        java.util.Collections.swap(shuffled, 100, 400);
        java.util.Collections.swap(shuffled, 700, 2_000);

        Map<String, WindowRow> first = replay(shuffled, "first");
        Map<String, WindowRow> second = replay(shuffled, "second");

        assertThat(second).isEqualTo(first);
        assertThat(first.values()).anyMatch(row -> row.getLate() > 0);
    }

    private Map<String, WindowRow> replay(List<Trace> sent, String name) throws Exception {
        ReplayRun run = new ReplayRun(KAFKA);
        run.send(sent);
        run.sendEndMarkers();
        JobClient job = run.start(directory.resolve(name), 1, "hashmap");
        run.awaitEnd(1);
        job.cancel().get();
        Map<String, WindowRow> rows = new TreeMap<>();
        finals(run).forEach(row -> rows.put(WindowOracle.name(row), row));
        return rows;
    }

    private static List<WindowRow> finals(ReplayRun run) {
        return run.rows().stream().filter(WindowRow::getFinal$).toList();
    }

    private static long total(List<String> progress, String field) {
        long total = 0;
        for (String json : progress) {
            int start = json.indexOf("\"" + field + "\":");
            if (start >= 0) {
                total += Long.parseLong(
                        json.substring(start + field.length() + 3).replaceAll("[^0-9].*", ""));
            }
        }
        return total;
    }
}
