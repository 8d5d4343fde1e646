package io.tidemark.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time of a JVM's compilers: it says when the JVM is warm. */
public final class CompilerTime {

    private CompilerTime() {}

    /** What they have taken so far, in seconds. */
    public static double seconds(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.mapToDouble(CompilerTime::ofThread).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("process %d cannot be read".formatted(pid), e);
        }
    }

    /** 0 for a thread that is no compiler, or has ended meanwhile. */
    private static double ofThread(Path thread) {
        try {
            ProcessStat stat = ProcessStat.read(thread);
            return stat.name().contains(" Compiler") ? stat.cpuSeconds() : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
