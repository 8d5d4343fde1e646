package io.tidemark.cli.stats;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a file of reference vectors: a line for each failing case, then the totals; exit code 0 only when all pass. */
@Command(
        name = "check",
        description = "Run a file of reference vectors against the statistics.",
        mixinStandardHelpOptions = true)
final class StatsCheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.json", description = "The vectors file.")
    private Path file;

    @Override
    public Integer call() {
        List<CaseResult> results = VectorsFile.read(file).run();
        PrintWriter out = spec.commandLine().getOut();
        long passed = results.stream().filter(CaseResult::passed).count();
        results.stream()
                .filter(result -> !result.passed())
                .forEach(result -> out.printf("%s: wanted %s, got %s%n", result.id(), result.wanted(), result.got()));
        out.printf("%d passed, %d failed%n", passed, results.size() - passed);
        out.flush();
        return passed == results.size() && passed > 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
