package io.tidemark.cli.release;

import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.avro.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    private ReleaseChoice choice;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; part of the audit.")
    private String reason;

    @Option(
            names = "--override-reason",
            paramLabel = "TEXT",
            description = "Roll back although the control is no longer kept warm; the text is audited.")
    private String overrideReason;

    @Override
    public Integer call() {
        Instant now = Clock.systemUTC().instant();
        Verdict command = choice.log().rollBack(choice.history(), now, choice.actor(), reason, overrideReason);
        Terminal.of(spec)
                .print("rollback of release %s commanded, decision %s".formatted(choice.id(), command.getDecisionId()));
        return 0;
    }
}
