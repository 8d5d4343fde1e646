package io.tidemark.cli.drift;

import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.cli.terminal.TextTable;
import io.tidemark.contracts.avro.Baseline;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the baselines. */
@Command(name = "list", description = "List the baselines of the running stack.", mixinStandardHelpOptions = true)
final class BaselineList implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Override
    public Integer call() {
        TextTable table = new TextTable("baseline", "state", "source", "tenant", "observations", "made from", "by");
        new TreeMap<>(new BaselineLog(RunningStack.require(stack), "").book().descriptions())
                .values()
                .forEach(each -> table.add(row(each)));
        Terminal terminal = Terminal.of(spec);
        (table.isEmpty() ? List.of("there is no baseline") : table.lines()).forEach(terminal::print);
        return 0;
    }

    private static List<String> row(Baseline each) {
        return List.of(
                each.getBaselineId(),
                each.getState().name().toLowerCase(Locale.ROOT),
                each.getSource().name().toLowerCase(Locale.ROOT),
                each.getTenant() == null ? "all" : each.getTenant(),
                "%,d".formatted(each.getN()),
                each.getSourceText(),
                each.getActor());
    }
}
