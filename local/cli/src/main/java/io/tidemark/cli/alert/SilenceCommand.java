package io.tidemark.cli.alert;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.cli.terminal.TextTable;
import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.avro.Silence;
import io.tidemark.contracts.avro.SilenceKind;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.TrustedRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Silences and maintenance windows. */
@Command(
        name = "silence",
        description = {
            "Keep alerts quiet for a time. A silenced alert is SUPPRESSED and causes no action.",
            "At least one of --rule, --tenant, --version-id, --intent, --alert says which alerts."
        },
        mixinStandardHelpOptions = true)
public final class SilenceCommand implements Callable<Integer> {

    private static final int ID_DIGITS = 12;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Option(names = "--list", description = "Show those that hold or will hold.")
    private boolean list;

    @Option(names = "--revoke", paramLabel = "ID", description = "Take a silence back.")
    private String revoked;

    @Option(names = "--rule", paramLabel = "RULE", description = "Only this rule; a trailing * stands for any ending.")
    private String rule;

    @Option(names = "--tenant", paramLabel = "T", description = "Only this tenant.")
    private String tenant;

    @Option(names = "--version-id", paramLabel = "V", description = "Only this version.")
    private String versionId;

    @Option(names = "--intent", paramLabel = "I", description = "Only this intent class.")
    private String intent;

    @Option(names = "--alert", paramLabel = "ALERT", description = "Only this alert.")
    private String alertId;

    @Option(names = "--from", paramLabel = "INSTANT", description = "When it begins (default: now).")
    private Instant from;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            defaultValue = "PT1H",
            description = "How long it holds, ISO 8601 (default: PT1H).")
    private Duration length;

    @Option(names = "--maintenance", description = "It is a planned maintenance.")
    private boolean maintenance;

    @Option(names = "--by", paramLabel = "NAME", defaultValue = "${sys:user.name}", description = "Who sets it.")
    private String actor;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; required for a new one.")
    private String reason;

    @Override
    public Integer call() {
        TrustedRecords.register();
        Terminal terminal = Terminal.of(spec);
        if (!list && revoked == null) {
            requireNew();
        }
        StackEndpoints endpoints = RunningStack.require(stack);
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
        if (list) {
            show(terminal, endpoints, now);
        } else if (revoked != null) {
            revoke(terminal, endpoints);
        } else {
            Silence silence = silence(now);
            RecordSender.send(endpoints, TopicCatalogue.SILENCES, silence.getSilenceId(), silence);
            terminal.print("silence %s holds until %s".formatted(silence.getSilenceId(), silence.getEndsTime()));
        }
        return 0;
    }

    private void requireNew() {
        if (Stream.of(rule, tenant, versionId, intent, alertId).allMatch(java.util.Objects::isNull)) {
            throw new ParameterException(
                    spec.commandLine(), "Say which alerts: --rule, --tenant, --version-id, --intent or --alert");
        }
        if (reason == null || reason.isBlank()) {
            throw new ParameterException(spec.commandLine(), "Say why: --reason TEXT");
        }
        if (length.isNegative() || length.isZero()) {
            throw new ParameterException(spec.commandLine(), "--for must be longer than nothing, for example PT1H");
        }
    }

    private Silence silence(Instant now) {
        Instant start = Optional.ofNullable(from).orElse(now);
        String id = AlertIds.hash(String.join(
                        "|",
                        String.valueOf(rule),
                        String.valueOf(tenant),
                        String.valueOf(versionId),
                        actor,
                        now.toString()))
                .substring(0, ID_DIGITS);
        return Silence.newBuilder()
                .setSilenceId(id)
                .setKind(maintenance ? SilenceKind.MAINTENANCE : SilenceKind.SILENCE)
                .setRuleId(rule)
                .setTenant(tenant)
                .setVersionId(versionId)
                .setIntent(intent)
                .setAlertId(alertId)
                .setStartsTime(start)
                .setEndsTime(start.plus(length))
                .setActor(actor)
                .setReason(reason)
                .build();
    }

    private void revoke(Terminal terminal, StackEndpoints endpoints) {
        Silence known = Optional.ofNullable(all(endpoints).get(revoked))
                .orElseThrow(() -> new CommandFailure(
                        "there is no silence '%s'; `./tidemark silence --list` shows them".formatted(revoked)));
        Silence taken = Silence.newBuilder(known).setRevoked(true).build();
        RecordSender.send(endpoints, TopicCatalogue.SILENCES, taken.getSilenceId(), taken);
        terminal.print("silence %s is taken back".formatted(revoked));
    }

    private static void show(Terminal terminal, StackEndpoints endpoints, Instant now) {
        TextTable table = new TextTable("silence", "kind", "matches", "from", "until", "by", "reason");
        for (Silence each : all(endpoints).values()) {
            if (!each.getRevoked() && each.getEndsTime().isAfter(now)) {
                table.add(List.of(
                        each.getSilenceId(),
                        each.getKind().name().toLowerCase(java.util.Locale.ROOT),
                        matches(each),
                        each.getStartsTime().toString(),
                        each.getEndsTime().toString(),
                        each.getActor(),
                        each.getReason()));
            }
        }
        if (table.isEmpty()) {
            terminal.note("no silence holds");
        } else {
            table.lines().forEach(terminal::print);
        }
    }

    private static String matches(Silence silence) {
        StringBuilder text = new StringBuilder();
        append(text, "rule", silence.getRuleId());
        append(text, "tenant", silence.getTenant());
        append(text, "version", silence.getVersionId());
        append(text, "intent", silence.getIntent());
        append(text, "alert", silence.getAlertId());
        return text.toString().strip();
    }

    private static void append(StringBuilder text, String name, String value) {
        if (value != null) {
            text.append(name).append('=').append(value).append(' ');
        }
    }

    private static Map<String, Silence> all(StackEndpoints endpoints) {
        try (AvroTail<Silence> silences = new AvroTail<>(endpoints, TopicCatalogue.SILENCES.name(), Silence.class)) {
            return silences.readLatest();
        }
    }
}
