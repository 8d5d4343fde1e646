package io.tidemark.cli.doctor;

import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.stack.FreePorts;
import io.tidemark.stack.StackException;
import io.tidemark.stack.clickhouse.EngineLibrary;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prerequisites, memory, disk and ports. */
final class MachineChecks {

    private static final int OLDEST_JAVA = 17;
    private static final long NEEDED_MEBIBYTES = 4 * 1024;
    private static final long COMFORTABLE_DISK_MEBIBYTES = 5 * 1024;

    private MachineChecks() {}

    static List<Finding> run(DataDirectory data, long minimumFreeBytes) {
        return List.of(java(), maven(), engine(), memory(), disk(data, minimumFreeBytes), ports());
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        String observed = "version %s".formatted(Runtime.version());
        return version >= OLDEST_JAVA
                ? Finding.ok("Java", observed)
                : Finding.failed("Java", observed, "set JAVA_HOME to a JDK 17 or newer");
    }

    private static Finding maven() {
        return isOnPath("mvn")
                ? Finding.ok("Maven", "found")
                : Finding.warning("Maven", "not found", "install Maven 3.8 or newer; it is needed to build");
    }

    private static Finding engine() {
        try {
            return Finding.ok("ClickHouse engine", EngineLibrary.find().toString());
        } catch (StackException e) {
            String advice = isOnPath("npm")
                    ? "run ./tidemark up, which downloads it"
                    : "install Node.js with npm, which downloads it, or set CHDB_LIBCHDB_PATH to a libchdb.so 26.7.3";
            return Finding.failed("ClickHouse engine", "libchdb is missing", advice);
        }
    }

    private static Finding memory() {
        long bytes = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        long mebibytes = bytes >> 20;
        String observed = "%,d MiB".formatted(mebibytes);
        return mebibytes >= NEEDED_MEBIBYTES
                ? Finding.ok("memory", observed)
                : Finding.warning(
                        "memory", observed, "an embedded stack under load needs up to 4 GiB; close other programs");
    }

    private static Finding disk(DataDirectory data, long minimumFreeBytes) {
        long free = data.freeBytes();
        String observed = "%,d MiB free for %s".formatted(free >> 20, data.root());
        if (free < minimumFreeBytes) {
            return Finding.failed("disk", observed, "free some space, or choose another disk with --data");
        }
        return free >> 20 < COMFORTABLE_DISK_MEBIBYTES
                ? Finding.warning("disk", observed, "a long run may fill it; free some space")
                : Finding.ok("disk", observed);
    }

    private static Finding ports() {
        try {
            return Finding.ok("ports", "127.0.0.1:%d is free".formatted(FreePorts.next()));
        } catch (StackException e) {
            return Finding.failed("ports", "no free port was found on 127.0.0.1", "stop some servers");
        }
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
