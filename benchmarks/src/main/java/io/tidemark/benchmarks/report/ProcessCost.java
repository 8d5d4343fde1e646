package io.tidemark.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has cost so far, from Linux's {@code /proc}.
 *
 * @param cpuSeconds user and system time, in seconds
 * @param peakResidentBytes largest resident set, in bytes
 */
public record ProcessCost(double cpuSeconds, long peakResidentBytes) {

    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME_FIELD = 11;
    private static final int SYSTEM_TIME_FIELD = 12;

    /** Cost of a process that is alive. */
    public static ProcessCost of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(folder.resolve("stat"));
            // the command in parentheses may hold blanks; what follows it does not
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER_TIME_FIELD]) + Long.parseLong(fields[SYSTEM_TIME_FIELD]);
            return new ProcessCost(ticks / TICKS_PER_SECOND, peakResident(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("process %d cannot be read".formatted(pid), e);
        }
    }

    private static long peakResident(Path folder) throws IOException {
        try (var lines = Files.lines(folder.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }
}
