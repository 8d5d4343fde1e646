package io.tidemark.benchmarks.report;

import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.StackState;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU seconds of every process of a stack, by name, and of this one.
 *
 * @param seconds CPU seconds so far
 */
public record StackCosts(Map<String, Double> seconds) {

    /** Name of this process. */
    public static final String THIS_PROCESS = "benchmark";

    /** Costs of the stack that has a data directory open. */
    public static StackCosts now(DataDirectory data) {
        Map<String, Double> seconds = new TreeMap<>();
        StackState.ofRunning(data)
                .orElseThrow(() -> new IllegalStateException("the stack has stopped"))
                .parts()
                .forEach(part ->
                        seconds.put(part.name(), ProcessCost.of(part.pid()).cpuSeconds()));
        seconds.put(THIS_PROCESS, ProcessCost.of(ProcessHandle.current().pid()).cpuSeconds());
        return new StackCosts(seconds);
    }

    /** Microseconds for each event since an earlier time, of the processes that ran then and now. */
    public Map<String, Double> microsPerEvent(StackCosts earlier, long events) {
        Map<String, Double> micros = new TreeMap<>();
        seconds.forEach((name, now) -> {
            Double before = earlier.seconds.get(name);
            if (before != null) {
                micros.put(name, Math.round((now - before) / events * 1e8) / 100.0);
            }
        });
        return micros;
    }
}
