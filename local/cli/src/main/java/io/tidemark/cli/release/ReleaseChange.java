package io.tidemark.cli.release;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.avro.Change;
import io.tidemark.contracts.avro.ChangeKind;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.release.DecisionIds;
import io.tidemark.registry.TrustedRecords;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Records a change that is no rollout, so that "what changed?" has an answer. */
@Command(
        name = "change",
        description = "Record another change: a deploy, a configuration, a flag, an index rebuild, infrastructure.",
        mixinStandardHelpOptions = true)
final class ReleaseChange implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Mixin
    private Actor actor;

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "K",
            description = "deploy, config, flag, index-rebuild or infrastructure.")
    private String kind;

    @Option(names = "--subject", required = true, paramLabel = "S", description = "What was changed.")
    private String subject;

    @Option(names = "--tenant", paramLabel = "T", description = "Only for this tenant (default: all).")
    private String tenant = "*";

    @Option(names = "--before", paramLabel = "V", description = "Value before.")
    private String before;

    @Option(names = "--after", paramLabel = "V", description = "Value after.")
    private String after;

    @Option(names = "--description", paramLabel = "TEXT", description = "Text without personal data.")
    private String description;

    @Override
    public Integer call() {
        TrustedRecords.register();
        Instant now = Clock.systemUTC().instant();
        Change change = Change.newBuilder()
                .setKind(kindOf(kind))
                .setSubject(subject)
                .setBefore(before)
                .setAfter(after)
                .setDescription(description)
                .build();
        Release event = Release.newBuilder()
                .setEventId(DecisionIds.eventId(subject, change.getKind().name(), now.toEpochMilli()))
                .setTenant(tenant)
                .setEventTime(now)
                .setActor(actor.name())
                .setChange(change)
                .build();
        RunningStack.require(stack).releaseLog("").write(event);
        Terminal.of(spec).print("change %s recorded".formatted(event.getEventId()));
        return 0;
    }

    static ChangeKind kindOf(String text) {
        List<ChangeKind> kinds = Arrays.stream(ChangeKind.values())
                .filter(each -> each != ChangeKind.UNKNOWN)
                .toList();
        return kinds.stream()
                .filter(each -> name(each).equals(text))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("--kind = '%s' must be one of %s"
                        .formatted(text, kinds.stream().map(ReleaseChange::name).toList())));
    }

    private static String name(ChangeKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
