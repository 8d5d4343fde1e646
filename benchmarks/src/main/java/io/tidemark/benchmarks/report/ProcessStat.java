package io.tidemark.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A line of Linux's {@code /proc/PID/stat}, or of a thread's.
 *
 * @param name name of the process or thread, cut to 15 characters
 * @param cpuSeconds user and system time, in seconds
 */
record ProcessStat(String name, double cpuSeconds) {

    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME_FIELD = 11;
    private static final int SYSTEM_TIME_FIELD = 12;

    /** @param folder {@code /proc/PID} or {@code /proc/PID/task/TID} */
    static ProcessStat read(Path folder) throws IOException {
        String stat = Files.readString(folder.resolve("stat"));
        // the name in parentheses may hold blanks; what follows it does not
        int end = stat.lastIndexOf(')');
        String[] fields = stat.substring(end + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TIME_FIELD]) + Long.parseLong(fields[SYSTEM_TIME_FIELD]);
        return new ProcessStat(stat.substring(stat.indexOf('(') + 1, end), ticks / TICKS_PER_SECOND);
    }
}
