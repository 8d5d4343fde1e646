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

    /** Cost of a process that is alive. */
    public static ProcessCost of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try {
            return new ProcessCost(ProcessStat.read(folder).cpuSeconds(), peakResident(folder));
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
