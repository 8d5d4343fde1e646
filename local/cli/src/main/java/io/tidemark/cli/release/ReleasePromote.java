package io.tidemark.cli.release;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.registry.TrustedRecords;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Moves a rollout on. */
@Command(
        name = "promote",
        description = "Move a rollout to its next step, and after the last one to everybody, when the verdict says so.",
        mixinStandardHelpOptions = true)
final class ReleasePromote implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Mixin
    private Actor actor;

    @Parameters(paramLabel = "ID", description = "Id of the release.")
    private String release;

    @Option(
            names = "--override-reason",
            paramLabel = "TEXT",
            description = "Promote without a verdict that says so; the text is audited.")
    private String overrideReason;

    @Override
    public Integer call() {
        TrustedRecords.register();
        ReleaseLog log = new ReleaseLog(RunningStack.require(stack));
        RolloutHistory history = RolloutHistory.find(release, log.releases(), log.verdicts(release))
                .orElseThrow(() -> new CommandFailure("there is no release '%s'".formatted(release)));
        Release promoted = history.promoted(Clock.systemUTC().instant(), actor.name(), overrideReason);
        log.write(promoted);
        boolean isOver = promoted.getRollout().getState() == RolloutState.PROMOTED;
        Terminal.of(spec)
                .print(
                        isOver
                                ? "release %s promoted; its control is kept warm until %s"
                                        .formatted(
                                                release, promoted.getRollout().getWarmUntil())
                                : "release %s is at step %d: %s %%"
                                        .formatted(
                                                release,
                                                promoted.getRollout().getStep(),
                                                promoted.getRollout()
                                                        .getLadderPercent()
                                                        .get(promoted.getRollout()
                                                                .getStep())));
        return 0;
    }
}
