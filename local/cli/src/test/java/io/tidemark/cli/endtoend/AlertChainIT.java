package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.ExternalParts;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackSupervisor;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a verdict to a dry run, with every process that `up` starts, and what people see and say on the way. */
class AlertChainIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static StackSupervisor stack;

    @BeforeAll
    static void startTheStack() {
        stack = StackSupervisor.start(
                new DataDirectory(directory.resolve("data")), ExternalParts.none(), Ports.free(), 0, note -> {});
        stack.startRun("");
    }

    @AfterAll
    static void stopTheStack() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void oneAlertGoesThroughTheWholeChain() throws Exception {
        Cli test = run("alerts", "test", "--timeout", "90");
        assertThat(test.exitCode()).as(test.error()).isZero();
        assertThat(test.output()).contains("firing", "critical", "release/alerts-test", "dry run: nothing was changed");

        JsonNode alert = new ObjectMapper().readTree(run("alerts", "--json").output());
        assertThat(alert.path("state").asText()).isEqualTo("firing");
        assertThat(alert.path("slice").path("tenant").asText()).isEqualTo("alerts-test");
        assertThat(run("actions").output()).contains("intended", "done");
        await().atMost(PATIENCE).until(() -> run("query", "SELECT count() FROM tidemark.actions WHERE phase = 'done'")
                .output()
                .strip()
                .equals("1"));

        String rule = alert.path("rule").asText();
        Cli silence = run("silence", "--rule", rule, "--reason", "a test", "--by", "anna");
        assertThat(silence.exitCode()).as(silence.error()).isZero();
        await().atMost(PATIENCE).until(() -> run("alerts").output().contains("suppressed"));
        String id = silence.output().split(" ")[1];
        assertThat(run("silence", "--list").output()).contains(id, "rule=" + rule, "anna");
        assertThat(run("silence", "--revoke", id).exitCode()).isZero();
        await().atMost(PATIENCE).until(() -> run("alerts").output().contains("firing"));
    }

    @Test
    void aWordThatNobodyKnowsAndASilenceWithoutAnAimAreRefused() {
        assertThat(run("actions", "explode").error()).contains("known are halt, resume, approve, reject");
        assertThat(run("actions", "approve").error()).contains("Say which decision");
        assertThat(run("silence", "--reason", "x").error()).contains("Say which alerts");
        assertThat(run("silence", "--revoke", "nothing").error()).contains("there is no silence 'nothing'");
    }

    private static Cli run(Object... arguments) {
        Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--data";
        all[arguments.length + 1] = stack.data().root();
        return Cli.run(all);
    }
}
