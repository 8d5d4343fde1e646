package io.tidemark.cli.release;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.release.RolloutHistory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Moves a rollout on. */
@Command(
        name = "promote",
        description = "Move a rollout to its next step, and after the last one to everybody, when the verdict says so.",
        mixinStandardHelpOptions = true)
final class ReleasePromote implements Callable<Integer> {

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReleaseChoice choice;

    @Option(
            names = "--override-reason",
            paramLabel = "TEXT",
            description = "Promote without a verdict that says so; the text is audited.")
    private String overrideReason;

    @Option(
            names = "--follow",
            description = {
                "Stay, and take each step as soon as its verdict says promote, until everybody is served.",
                "Ends with an error when the verdict says rollback, or somebody ends the rollout."
            })
    private boolean follow;

    @Override
    public Integer call() {
        if (follow && overrideReason != null) {
            throw new CommandFailure(
                    "--follow waits for verdicts, and --override-reason does without; give one of them");
        }
        boolean isOver = promote(choice.history());
        while (follow && !isOver) {
            isOver = promote(choice.history());
        }
        return 0;
    }

    /** Takes one step; with --follow only when there is one to take. Whether everybody is served then. */
    private boolean promote(RolloutHistory history) {
        if (follow && !history.isPromotable()) {
            history.requireHopeful();
            LockSupport.parkNanos(BETWEEN.toNanos());
            return false;
        }
        Release promoted = history.promoted(Clock.systemUTC().instant(), choice.actor(), overrideReason);
        choice.log().write(promoted);
        boolean isOver = promoted.getRollout().getState() == RolloutState.PROMOTED;
        int step = promoted.getRollout().getStep();
        Terminal.of(spec)
                .print(
                        isOver
                                ? "release %s serves everybody; the control is kept warm until %s"
                                        .formatted(
                                                choice.id(),
                                                promoted.getRollout().getWarmUntil())
                                : "release %s is at step %d: %s %% of the traffic"
                                        .formatted(
                                                choice.id(),
                                                step,
                                                promoted.getRollout()
                                                        .getLadderPercent()
                                                        .get(step)));
        return isOver;
    }
}
