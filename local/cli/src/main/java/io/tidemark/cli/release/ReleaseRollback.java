package io.tidemark.cli.release;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.registry.TrustedRecords;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a rollout back by hand: through the same topic and the same consumers as a verdict. */
@Command(
        name = "rollback",
        description = "Command the rollback of a release; it goes the way of the canary job's own verdicts.",
        mixinStandardHelpOptions = true)
final class ReleaseRollback implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Mixin
    private Actor actor;

    @Parameters(paramLabel = "ID", description = "Id of the release.")
    private String release;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; part of the audit.")
    private String reason;

    @Option(
            names = "--override-reason",
            paramLabel = "TEXT",
            description = "Roll back although the control is no longer kept warm; the text is audited.")
    private String overrideReason;

    @Override
    public Integer call() {
        TrustedRecords.register();
        ReleaseLog log = new ReleaseLog(RunningStack.require(stack));
        RolloutHistory history = RolloutHistory.find(release, log.releases(), log.verdicts(release))
                .orElseThrow(() -> new CommandFailure("there is no release '%s'".formatted(release)));
        Instant now = Clock.systemUTC().instant();
        Release rolledBack = history.rolledBack(now, actor.name(), overrideReason);
        Verdict command = history.command(now, actor.name(), reason);
        log.write(command);
        log.write(rolledBack);
        Terminal.of(spec)
                .print("rollback of release %s commanded, decision %s".formatted(release, command.getDecisionId()));
        return 0;
    }
}
