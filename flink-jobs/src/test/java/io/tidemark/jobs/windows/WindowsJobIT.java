package io.tidemark.jobs.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.testing.KafkaExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WindowsJobIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path directory;

    @Test
    void everyWindowOfEverySliceEqualsAPlainCount() throws Exception {
        List<Trace> traces = new Traffic(1).over(1_500, 6_000);
        ReplayRun run = new ReplayRun(KAFKA);
        List<Trace> withRepeats = new ArrayList<>(traces);
        withRepeats.addAll(5_990, traces.subList(5_900, 5_950));
        run.send(withRepeats);
        run.sendBytes(new byte[] {9, 9});
        run.sendEndMarkers();

        List<WindowRow> finals = finals(run, 1, "hashmap");

        assertThat(WindowOracle.read(finals)).isEqualTo(WindowOracle.of(traces));
    }

    private List<WindowRow> finals(ReplayRun run, int parallelism, String backend) throws Exception {
        JobClient job = run.start(directory.resolve(run.name()), parallelism, backend);
        try {
            List<String> progress = run.awaitEnd(parallelism);
            System.out.println(progress);
            assertThat(String.join("", progress)).contains("\"duplicates\":").contains("\"rejected\":1");
            return run.rows().stream().filter(WindowRow::getFinal$).toList();
        } finally {
            job.cancel().get();
        }
    }
}
