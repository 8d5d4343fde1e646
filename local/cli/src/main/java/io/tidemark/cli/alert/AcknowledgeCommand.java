package io.tidemark.cli.alert;

import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.avro.Silence;
import io.tidemark.contracts.avro.SilenceKind;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.TrustedRecords;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes an alert in hand. */
@Command(
        name = "ack",
        description = "Acknowledge an alert: it goes on firing, and is not sent again while it lasts.",
        mixinStandardHelpOptions = true)
final class AcknowledgeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Parameters(paramLabel = "ALERT", description = "Id of the alert.")
    private String alertId;

    @Option(names = "--by", paramLabel = "NAME", defaultValue = "${sys:user.name}", description = "Who takes it.")
    private String actor;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "taken in hand", description = "Why, or what next.")
    private String reason;

    @Override
    public Integer call() {
        TrustedRecords.register();
        StackEndpoints endpoints = RunningStack.require(stack);
        Silence acknowledgement = Silence.newBuilder()
                .setSilenceId("ack/" + alertId)
                .setKind(SilenceKind.ACKNOWLEDGEMENT)
                .setAlertId(alertId)
                .setStartsTime(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS))
                .setActor(actor)
                .setReason(reason)
                .build();
        RecordSender.send(endpoints, TopicCatalogue.SILENCES, acknowledgement.getSilenceId(), acknowledgement);
        Terminal.of(spec).print("acknowledged " + alertId);
        return 0;
    }
}
