package io.tidemark.cli.rules;

import io.tidemark.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks rules without publishing them. */
@Command(
        name = "check",
        description = "Check alert rules; every mistake is named with its file, line, key and the allowed values.",
        mixinStandardHelpOptions = true)
final class RulesCheck implements Callable<Integer> {

    private static final int INVALID = 1;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Files or folders (default: the rules that come along).")
    private List<Path> places = List.of();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        RuleFiles files = RuleFiles.read(places);
        files.problems().forEach(problem -> terminal.note(problem.toString()));
        long invalid = files.problems().stream()
                .map(problem -> problem.file())
                .distinct()
                .count();
        terminal.print(
                "%,d rules are valid, %,d are not".formatted(files.rules().size(), invalid));
        return files.problems().isEmpty() ? 0 : INVALID;
    }
}
