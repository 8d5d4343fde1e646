package io.tidemark.cli.deadletter;

import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.cli.terminal.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists refused records. */
@Command(
        name = "list",
        description = "List refused records and why they were refused.",
        mixinStandardHelpOptions = true)
final class DeadLetterList implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Mixin
    private DeadLetterSelection selection;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        DeadLetterReader reader = new DeadLetterReader(RunningStack.require(stack));
        if (json) {
            reader.forEach(letter -> {
                if (selection.includes(letter)) {
                    terminal.print(letter.json());
                }
            });
        } else {
            table(reader).forEach(terminal::print);
        }
        return 0;
    }

    private List<String> table(DeadLetterReader reader) {
        TextTable table = new TextTable("refused at", "reason", "detail", "from", "bytes");
        reader.forEach(letter -> {
            if (selection.includes(letter)) {
                table.add(List.of(
                        letter.refusedAt().toString(),
                        letter.reason(),
                        letter.detail(),
                        letter.source(),
                        Integer.toString(letter.bytes())));
            }
        });
        return table.isEmpty() ? List.of("no record was refused") : table.lines();
    }
}
