package io.tidemark.cli.rules;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.RuleTopic;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.cli.terminal.TextTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes rules: running jobs take them up without a restart. */
@Command(
        name = "publish",
        description = {
            "Publish alert rules; running jobs take them up without a restart.",
            "When one of the files is invalid nothing is published, and the rules in force stay."
        },
        mixinStandardHelpOptions = true)
final class RulesPublish implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Files or folders (default: the rules that come along).")
    private List<Path> places = List.of();

    @Option(
            names = "--effective",
            paramLabel = "INSTANT",
            description = "Event time from which they are in force (default: now).")
    private Instant effective;

    @Option(names = "--retire-others", description = "Retire the published rules that are not among the files.")
    private boolean retireOthers;

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who publishes them (default: the user of this computer).")
    private String actor;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        RuleFiles files = RuleFiles.read(places);
        if (!files.problems().isEmpty()) {
            files.problems().forEach(problem -> terminal.note(problem.toString()));
            throw new CommandFailure("nothing was published; correct the rules above and publish again");
        }
        RuleTopic topic = new RuleTopic(RunningStack.require(stack), "");
        Instant from = effective == null ? Clock.systemUTC().instant() : effective;
        TextTable table = new TextTable("rule", "version", "change");
        for (RuleTopic.Outcome outcome : topic.publish(files.texts(), from, actor, retireOthers)) {
            table.add(List.of(
                    outcome.id(),
                    Integer.toString(outcome.version()),
                    outcome.change().name().toLowerCase(Locale.ROOT)));
        }
        table.lines().forEach(terminal::print);
        return 0;
    }
}
