package io.tidemark.stack.clickhouse;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps a second engine off a data directory. The engine has a lock of its own, but an engine that meets it may crash on its way
 * out, and by then the files of the running one have been written over.
 */
public final class DataLock {

    /** Name of the locked file in the data directory. */
    public static final String FILE = "engine.lock";

    /** Kept reachable: a channel that is collected lets go of its lock. */
    private static final List<FileChannel> HELD = new CopyOnWriteArrayList<>();

    private DataLock() {}

    /** Whether a running engine holds the directory. */
    public static boolean isHeld(Path dataDirectory) throws IOException {
        try (FileChannel channel = open(dataDirectory.resolve(FILE))) {
            return !locked(channel);
        }
    }

    /**
     * Takes the lock until this process has ended, however it ends.
     *
     * @return false when another process holds it
     */
    static boolean hold(Path file) throws IOException {
        FileChannel channel = open(file);
        if (locked(channel)) {
            return HELD.add(channel);
        }
        channel.close();
        return false;
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }
}
