package io.tidemark.benchmarks.actions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.KafkaExtension;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class KillIT {

    private static final int KILLS = 3;

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path folder;

    /** The lifecycle and each consumer once; fifty times are a command of their own: benchmarks/run kill. */
    @Test
    void aKilledProcessLosesNoDecisionAndActsOnNoneTwice() {
        KillRun.Count count =
                new KillRun(KAFKA.bootstrapServers(), KAFKA.registryUrl(), folder, Clock.systemUTC()).execute(KILLS, 7);

        assertThat(count.effects()).isEqualTo(count.decisions());
        assertThat(count.audited()).isEqualTo(count.decisions());
        assertThat(count.repetitions()).isLessThanOrEqualTo(KILLS);
    }
}
