package io.tidemark.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cli.CommandFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobProgressTest {

    private final JobProgress progress = new JobProgress();

    @Test
    void theSourceIsDoneWhenEveryPartitionHasSpoken() {
        progress.add(
                "{\"stage\":\"source\",\"partition\":1,\"accepted\":5,\"rejected\":1,\"late\":2,\"duplicates\":3}");
        assertThat(progress.missing(List.of(0, 1))).containsExactly(0);
        progress.add(
                "{\"stage\":\"source\",\"partition\":0,\"accepted\":10,\"rejected\":0,\"late\":0,\"duplicates\":1}");
        assertThat(progress.missing(List.of(0, 1))).isEmpty();
        assertThat(progress.source()).isEqualTo(new JobProgress.SourceCounts(15, 1, 2, 4));
    }

    @Test
    void aRecordThatIsRepeatedAfterARestartCountsOnce() {
        String record =
                "{\"stage\":\"source\",\"partition\":0,\"accepted\":5,\"rejected\":0,\"late\":0,\"duplicates\":0}";
        progress.add(record);
        progress.add(record);
        assertThat(progress.source().accepted()).isEqualTo(5);
    }

    @Test
    void windowsAreDoneWhenEverySubtaskIs() {
        assertThat(progress.windowsAreDone()).isFalse();
        progress.add("{\"stage\":\"windows\",\"subtask\":0,\"parallelism\":2,\"rows\":9,\"windows\":4}");
        assertThat(progress.windowsAreDone()).isFalse();
        progress.add("{\"stage\":\"windows\",\"subtask\":1,\"parallelism\":2,\"rows\":9,\"windows\":3}");
        assertThat(progress.windowsAreDone()).isTrue();
        assertThat(progress.windows()).isEqualTo(7);
    }

    @Test
    void everyWindowThatDriftWasDecidedInIsAStepForward() {
        int before = progress.size();
        progress.add("{\"stage\":\"drift-window\",\"end_millis\":300000}");
        progress.add("{\"stage\":\"drift-window\",\"end_millis\":300000}");
        progress.add("{\"stage\":\"drift-window\",\"end_millis\":600000}");
        assertThat(progress.size()).isEqualTo(before + 2);
        assertThat(progress.driftIsDone()).isFalse();
    }

    @Test
    void whatIsNoJsonIsNamed() {
        assertThatThrownBy(() -> progress.add("{oops"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("a record of the progress topic is no JSON");
    }
}
