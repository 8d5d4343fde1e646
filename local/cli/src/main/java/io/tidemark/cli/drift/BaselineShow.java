package io.tidemark.cli.drift;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.cli.terminal.TextTable;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.jobs.drift.profile.Profile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a baseline knows of each measure. */
@Command(name = "show", description = "Show the measures of a baseline.", mixinStandardHelpOptions = true)
final class BaselineShow implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Parameters(paramLabel = "ID", description = "Name of the baseline.")
    private String id;

    @Override
    public Integer call() {
        Profile profile = new BaselineLog(RunningStack.require(stack), "")
                .book()
                .profile(id)
                .orElseThrow(() -> new CommandFailure(
                        "there is no baseline '%s'; './tidemark baseline list' shows all".formatted(id)));
        Terminal terminal = Terminal.of(spec);
        terminal.print("%s: %s, %,d observations in %d cells"
                .formatted(
                        id,
                        profile.head().sourceText(),
                        profile.n(),
                        profile.cells().size()));
        TextTable table = new TextTable("measure", "kind", "values", "missing", "bins or categories");
        for (int i = 0; i < profile.layouts().size(); i++) {
            table.add(row(profile, i));
        }
        table.lines().forEach(terminal::print);
        return 0;
    }

    private static List<String> row(Profile profile, int index) {
        MeasureLayout layout = profile.layouts().get(index);
        long[] counts = new long[layout.size()];
        profile.cells().forEach(cell -> Arrays.setAll(counts, place -> counts[place] + cell.counts()[index][place]));
        long missing = counts[layout.missing()];
        return List.of(
                layout.name(),
                layout.kind().name().toLowerCase(Locale.ROOT),
                "%,d".formatted(Arrays.stream(counts).sum() - missing),
                "%,d".formatted(missing),
                layout.isCategorical()
                        ? "%d categories".formatted(layout.categories().size())
                        : layout.placesName(1, layout.places() - 2));
    }
}
