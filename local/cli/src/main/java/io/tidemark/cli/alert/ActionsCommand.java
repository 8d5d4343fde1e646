package io.tidemark.cli.alert;

import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.cli.terminal.TextTable;
import io.tidemark.consumers.command.CommandSignature;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.CommandKind;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.webhook.SecretFile;
import io.tidemark.registry.TrustedRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What consumers did, and what people tell them. */
@Command(
        name = "actions",
        description = {
            "Without a word: show what consumers did, or refused to do. With one, tell them:",
            "halt stops every action at once, resume ends a halt, approve and reject decide one decision.",
            "Words are signed with the secret of the consumers; a halt is followed unsigned when they have none."
        },
        mixinStandardHelpOptions = true)
public final class ActionsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Parameters(index = "0", arity = "0..1", paramLabel = "WORD", description = "halt, resume, approve or reject.")
    private String word;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DECISION", description = "Decision to approve or reject.")
    private String decisionId;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            defaultValue = "${env:TIDEMARK_COMMANDS_SECRET_FILE}",
            description = "File with the secret of the commands.")
    private String secretFile;

    @Option(names = "--by", paramLabel = "NAME", defaultValue = "${sys:user.name}", description = "Who says so.")
    private String actor;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why.")
    private String reason;

    @Option(
            names = "--valid-for",
            paramLabel = "DURATION",
            defaultValue = "PT5M",
            description = "How long the word may be on its way (default: PT5M).")
    private Duration validity;

    @Override
    public Integer call() {
        TrustedRecords.register();
        Terminal terminal = Terminal.of(spec);
        if (word == null) {
            show(terminal, RunningStack.require(stack));
            return 0;
        }
        CommandKind kind = kind();
        io.tidemark.contracts.avro.Command command = command(kind);
        RecordSender.send(RunningStack.require(stack), TopicCatalogue.COMMANDS, key(kind), command);
        terminal.print("told the consumers: %s %s"
                .formatted(word, decisionId == null ? "" : decisionId)
                .strip());
        return 0;
    }

    private CommandKind kind() {
        CommandKind kind =
                switch (word.toLowerCase(Locale.ROOT)) {
                    case "halt" -> CommandKind.HALT;
                    case "resume" -> CommandKind.RESUME;
                    case "approve" -> CommandKind.APPROVE;
                    case "reject" -> CommandKind.REJECT;
                    default ->
                        throw new ParameterException(
                                spec.commandLine(),
                                "Unknown word '%s'; known are halt, resume, approve, reject".formatted(word));
                };
        boolean needsDecision = kind == CommandKind.APPROVE || kind == CommandKind.REJECT;
        if (needsDecision != (decisionId != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    needsDecision ? "Say which decision to " + word : "'%s' takes no decision".formatted(word));
        }
        return kind;
    }

    private io.tidemark.contracts.avro.Command command(CommandKind kind) {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
        io.tidemark.contracts.avro.Command command = io.tidemark.contracts.avro.Command.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setKind(kind)
                .setDecisionId(decisionId)
                .setActor(actor)
                .setReason(reason)
                .setIssuedTime(now)
                .setExpiresTime(now.plus(validity))
                .build();
        return secretFile == null || secretFile.isEmpty()
                ? command
                : SecretFile.signature("--secret-file", secretFile)
                        .map(secret -> CommandSignature.sign(command, secret))
                        .orElse(command);
    }

    /** Halt and resume replace one another when the topic is compacted. */
    private String key(CommandKind kind) {
        return kind == CommandKind.HALT || kind == CommandKind.RESUME ? "halt" : decisionId;
    }

    private static void show(Terminal terminal, StackEndpoints endpoints) {
        TextTable table =
                new TextTable("recorded", "kind", "phase", "target", "tenant", "dry run", "reason", "decision");
        try (AvroTail<Action> actions = new AvroTail<>(endpoints, TopicCatalogue.ACTIONS.name(), Action.class)) {
            for (Action each : actions.readToEnd()) {
                table.add(List.of(
                        each.getRecordedTime().toString(),
                        each.getKind(),
                        each.getPhase().name().toLowerCase(Locale.ROOT),
                        each.getAdapter() + ":" + each.getTarget(),
                        each.getTenant(),
                        each.getDryRun() ? "yes" : "no",
                        String.valueOf(each.getReason()),
                        each.getDecisionId()));
            }
        }
        if (table.isEmpty()) {
            terminal.note("no consumer has done anything");
        } else {
            table.lines().forEach(terminal::print);
        }
    }
}
