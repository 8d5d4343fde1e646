package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.ExternalParts;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackSupervisor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processes that `up` starts, and what people see and say: from a verdict to a dry run, and a rollout from its start to its end. */
class LiveStackIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static final Queue<String> BRIDGED = new ConcurrentLinkedQueue<>();
    private static final int NO_CONTENT = 204;

    private static StackSupervisor stack;
    private static HttpServer webhook;

    @BeforeAll
    static void startTheStack() throws IOException {
        webhook = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        stack = StackSupervisor.start(
                new DataDirectory(directory.resolve("data")), ExternalParts.none(), Ports.free(), 0, note -> {});
        webhook.createContext("/", LiveStackIT::receive);
        webhook.start();
        stack.startRun("");
        stack.startBridges(Map.of(
                "bridge.webhook-url",
                "http://127.0.0.1:%d/alerts".formatted(webhook.getAddress().getPort())));
    }

    private static void receive(HttpExchange exchange) throws IOException {
        BRIDGED.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(NO_CONTENT, -1);
        exchange.close();
    }

    @AfterAll
    static void stopTheStack() {
        if (stack != null) {
            stack.close();
        }
        webhook.stop(0);
    }

    @Test
    void oneAlertGoesThroughTheWholeChain() throws Exception {
        Cli test = run("alerts", "test", "--timeout", "90");
        assertThat(test.exitCode()).as(test.error()).isZero();
        assertThat(test.output()).contains("firing", "critical", "release/alerts-test", "dry run: nothing was changed");

        JsonNode alert = new ObjectMapper()
                .readTree(run("alerts", "--json")
                        .output()
                        .lines()
                        .filter(line -> line.contains("alerts-test"))
                        .findFirst()
                        .orElseThrow());
        assertThat(alert.path("state").asText()).isEqualTo("firing");
        assertThat(alert.path("slice").path("tenant").asText()).isEqualTo("alerts-test");
        assertThat(run("actions").output()).contains("intended", "done");
        awaitRow("SELECT count() FROM tidemark.actions WHERE phase = 'done' AND release_id LIKE 'alerts-test%'");

        String id = alert.path("alert_id").asText();
        await().atMost(PATIENCE).until(() -> BRIDGED.stream().anyMatch(event -> event.contains(id)));
        String rule = alert.path("rule").asText();
        Cli silence = run("silence", "--rule", rule, "--reason", "a test", "--by", "anna");
        assertThat(silence.exitCode()).as(silence.error()).isZero();
        await().atMost(PATIENCE).until(() -> run("alerts").output().contains("suppressed"));
        String silenceId = silence.output().split(" ")[1];
        assertThat(run("silence", "--list").output()).contains(silenceId, "rule=" + rule, "anna");
        assertThat(run("silence", "--revoke", silenceId).exitCode()).isZero();
        await().atMost(PATIENCE).until(() -> run("alerts")
                .output()
                .lines()
                .anyMatch(line -> line.contains(rule) && line.contains("firing")));
    }

    @Test
    void aWordThatNobodyKnowsAndASilenceWithoutAnAimAreRefused() {
        assertThat(run("actions", "explode").error()).contains("known are halt, resume, approve, reject");
        assertThat(run("actions", "approve").error()).contains("Say which decision");
        assertThat(run("silence", "--reason", "x").error()).contains("Say which alerts");
        assertThat(run("silence", "--revoke", "nothing").error()).contains("there is no silence 'nothing'");
    }

    @Test
    void aRolloutThatNothingVouchesForIsNotStartedUnlessSomebodySaysWhy() {
        Object[] start = {
            "release", "start", "--release", "unvouched", "--control", "prompt=p1", "--candidate", "prompt=p2"
        };
        assertThat(run(start).error()).contains("eval_pass is 'unknown'").contains("--override-reason");
        Object[] blind = with(start, "--guardrail", "errors,relative=0.1");
        assertThat(run(blind).error()).contains("no guardrail measures quality; add one of");

        Cli overridden = run(with(blind, "--override-reason", "a hot fix", "--actor", "ada"));

        assertThat(overridden.exitCode()).as(overridden.error()).isZero();
        assertThat(overridden.error()).contains("overridden: no guardrail measures quality");
        awaitRow("SELECT count() FROM releases WHERE release_id = 'unvouched' AND override_reason = 'a hot fix' "
                + "AND actor = 'ada' AND state = 'started'");
    }

    @Test
    void aRolloutIsPromotedWhenItsVerdictSaysSoAndRolledBackByHand() {
        Instant begin = Instant.now().minusSeconds(480).truncatedTo(ChronoUnit.MINUTES);
        startHealthy("by-hand", "50,100", begin);
        startHealthy("by-itself", "50", begin);
        assertThat(run("release", "promote", "by-hand").error())
                .contains("there is no verdict yet; time alone never promotes");
        assertThat(run("release", "promote", "by-itself", "--follow", "--override-reason", "x")
                        .error())
                .contains("give one of them");
        HealthyRollout.send(stack.endpoints(), begin);

        Cli followed = run("release", "promote", "by-itself", "--follow");
        assertThat(followed.exitCode()).as(followed.error()).isZero();
        assertThat(followed.output()).contains("release by-itself serves everybody; the control is kept warm until");
        assertThat(run("release", "promote", "by-itself", "--follow").error()).contains("is over: PROMOTED");

        await().atMost(PATIENCE)
                .until(() -> run("release", "status", "by-hand").output().contains("verdict    promote"));
        assertThat(run("release", "promote", "by-hand").output()).contains("by-hand is at step 1: 100.0 %");
        assertThat(run("release", "promote", "by-hand").error()).contains("the last verdict is PROMOTE at step 0");
        awaitRow("SELECT count() FROM releases WHERE release_id = 'by-hand' AND state = 'stepped' AND step = 1");

        String decision = run("release", "rollback", "by-hand", "--reason", "customers complain")
                .output()
                .strip()
                .replaceFirst(".* decision ", "");
        await().atMost(PATIENCE).until(() -> run("actions")
                .output()
                .lines()
                .anyMatch(line -> line.contains(decision) && line.contains("dry run: nothing was changed")));
        assertThat(run("release", "status", "by-hand").output()).contains("by-hand: rolled_back at step 1");
        assertThat(run("release", "rollback", "by-hand", "--reason", "again").error())
                .contains("is over: ROLLED_BACK");
    }

    @Test
    void aRollbackIsCommandedFromTheConsoleAndAuditedAndTheConsolesLogHoldsNoSecret() throws Exception {
        startHealthy("by-console", "50,100", Instant.now().minusSeconds(480).truncatedTo(ChronoUnit.MINUTES));
        RecordedConsole console = new RecordedConsole(stack.startConsole(0, Optional.of("ada")));
        console.awaitReady(PATIENCE);
        console.whisper();

        HttpResponse<String> answer = console.rollBack("by-console", RecordedConsole.REASON);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        awaitRow("SELECT count() FROM tidemark.actions WHERE phase = 'done' AND release_id = 'by-console' AND dry_run");
        awaitRow(
                "SELECT count() FROM releases WHERE release_id = 'by-console' AND state = 'rolled_back' AND actor = 'ada'");
        assertThat(run("release", "status", "by-console").output()).contains("by-console: rolled_back at step 0");
        assertThat(Files.readString(stack.data().log("console")))
                .contains("rollback of release by-console commanded by ada")
                .doesNotContain(console.secrets());
    }

    @Test
    void aChangeThatIsNoRolloutIsOnRecordToo() {
        Cli change = run(
                "release", "change", "--kind", "index-rebuild", "--subject", "docs", "--before", "v7", "--after", "v8");
        assertThat(change.exitCode()).as(change.error()).isZero();
        assertThat(run("release", "change", "--kind", "magic", "--subject", "docs")
                        .error())
                .contains("--kind = 'magic' must be one of [deploy, config, flag, index-rebuild, infrastructure]");
        awaitRow("SELECT count() FROM releases WHERE change_kind = 'index_rebuild' AND change_after = 'v8'");
    }

    private static void startHealthy(String release, String ladder, Instant begin) {
        Cli start = run(
                "release",
                "start",
                "--release",
                release,
                "--ladder",
                ladder,
                "--dwell",
                "PT0S",
                "--start",
                begin,
                "--tenant",
                HealthyRollout.TENANT,
                "--control",
                HealthyRollout.CONTROL,
                "--candidate",
                HealthyRollout.CANDIDATE,
                "--target",
                release,
                "--guardrail",
                "errors,relative=0.1,weight=0.5",
                "--guardrail",
                "refusals,relative=0.2,weight=0.5");
        assertThat(start.exitCode()).as(start.error()).isZero();
    }

    private static void awaitRow(String countQuery) {
        await().atMost(PATIENCE)
                .until(() -> run("query", countQuery).output().strip().equals("1"));
    }

    private static Object[] with(Object[] arguments, Object... more) {
        Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }

    private static Cli run(Object... arguments) {
        return Cli.run(with(arguments, "--data", stack.data().root()));
    }
}
