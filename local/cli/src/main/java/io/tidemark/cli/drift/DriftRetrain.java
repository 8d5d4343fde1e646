package io.tidemark.cli.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cli.alert.RecordSender;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for retraining because of a drift that a person has looked at. */
@Command(
        name = "retrain",
        description = {
            "Ask for retraining because of a drift: an alert with the action 'retrain', for the retraining consumer.",
            "The consumer's guards and the approval of the training itself stay as they are."
        },
        mixinStandardHelpOptions = true)
final class DriftRetrain implements Callable<Integer> {

    private static final String RULE = "drift-retrain";

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Parameters(paramLabel = "DRIFT", description = "Id of the drift test.")
    private String id;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why retraining is the answer.")
    private String reason;

    @Option(names = "--actor", paramLabel = "NAME", description = "Who does this, for the audit (default: the user).")
    private String actor = System.getProperty("user.name", "unknown");

    @Override
    public Integer call() {
        StackEndpoints endpoints = RunningStack.require(stack);
        JsonNode test = new StoredDrift(new SqlClient(endpoints.clickHouse())).byId(id);
        Instant now = Clock.systemUTC().instant();
        SliceRef slice = SliceRef.newBuilder()
                .setSliceLevel(test.path("slice_level").asText())
                .setTenant(known(test.path("tenant").asText()))
                .setVersionId(known(test.path("version_id").asText()))
                .setRole(TrafficRole.valueOf(test.path("role").asText().toUpperCase(Locale.ROOT)))
                .build();
        Signal signal = Signal.newBuilder()
                .setSignalId(AlertIds.hash(RULE + "|" + id))
                .setRuleId(RULE)
                .setRuleVersion(1)
                .setSlice(slice)
                .setBreached(true)
                .setSeverity(Severity.CRITICAL)
                .setKind("drift")
                .setOnsetTime(Instant.ofEpochMilli(test.path("started_millis").asLong()))
                .setEventTime(now)
                .setEvidence(List.of(Evidence.newBuilder()
                        .setMeasure(test.path("measure").asText())
                        .setObserved(test.path("effect").asDouble())
                        .setThreshold(test.path("effect_limit").asDouble())
                        .setPValue(test.path("p_value").asDouble())
                        .setQValue(test.path("q_value").asDouble())
                        .setN(test.path("n").asLong())
                        .build()))
                .setAction("retrain")
                .setSummary("%s asks for retraining: %s (drift %s of %s)"
                        .formatted(actor, reason, id, test.path("measure").asText()))
                .build();
        RecordSender.send(endpoints, TopicCatalogue.SIGNALS, RULE + "|" + SliceKey.of(slice), signal);
        Terminal.of(spec).print("retraining is asked for; './tidemark actions' shows what becomes of it");
        return 0;
    }

    private static String known(String text) {
        return text.isEmpty() ? null : text;
    }
}
