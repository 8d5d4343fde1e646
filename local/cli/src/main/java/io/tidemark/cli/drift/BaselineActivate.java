package io.tidemark.cli.drift;

import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.avro.Baseline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a baseline in force. */
@Command(
        name = "activate",
        description = "Put a baseline in force from the next window on; the one before it is archived.",
        mixinStandardHelpOptions = true)
final class BaselineActivate implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Parameters(paramLabel = "ID", description = "Name of the baseline.")
    private String id;

    @Override
    public Integer call() {
        Baseline active = new BaselineLog(RunningStack.require(stack), "").activate(id);
        Terminal.of(spec)
                .print("baseline %s is in force for %s"
                        .formatted(id, active.getTenant() == null ? "all tenants" : "tenant " + active.getTenant()));
        return 0;
    }
}
