package io.tidemark.cli.stack;

import io.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Folder that holds everything an embedded stack keeps. One stack at a time may have it open.
 *
 * @param root absolute path
 */
public record DataDirectory(Path root) {

    Path kafka() {
        return root.resolve("kafka");
    }

    Path registry() {
        return root.resolve("registry");
    }

    Path clickHouse() {
        return root.resolve("clickhouse");
    }

    /** Checkpoints of a run; each job has a folder of its own below, as it goes on from the latest checkpoint in its folder. */
    Path checkpoints(String run) {
        return root.resolve("checkpoints").resolve(run.isEmpty() ? "live" : run);
    }

    public Path log(String process) {
        return root.resolve("logs").resolve(process + ".log");
    }

    Path stateFile() {
        return root.resolve("stack.json");
    }

    private Path lockFile() {
        return root.resolve("stack.lock");
    }

    /** Whether an embedded stack ever kept something here. */
    public boolean exists() {
        return Files.isDirectory(clickHouse());
    }

    /**
     * Opens the directory for one stack; it is created when missing.
     *
     * @return the lock, released by closing its channel or by the death of this process; empty when another stack has it open
     * @throws CommandFailure when the directory cannot be written
     */
    Optional<FileLock> open() {
        try {
            Files.createDirectories(root);
            FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Optional<FileLock> lock = tryLock(channel);
            if (lock.isEmpty()) {
                channel.close();
            }
            return lock;
        } catch (IOException e) {
            throw new CommandFailure(
                    "the data directory '%s' cannot be written (%s); choose another with --data"
                            .formatted(root, e.getMessage()),
                    e);
        }
    }

    /** Whether a stack has the directory open now. */
    boolean isOpen() {
        if (!Files.exists(lockFile())) {
            return false;
        }
        Optional<FileLock> lock = open();
        lock.ifPresent(DataDirectory::release);
        return lock.isEmpty();
    }

    /** Settings that a process of a run was started with. */
    Path settings(String process) {
        return root.resolve("settings").resolve(process + ".properties");
    }

    /** Deletes what the processes of a finished run kept here; logs stay. */
    public void deleteRun(String run) {
        deleteTree(checkpoints(run));
    }

    /** Deletes everything. */
    public void delete() {
        deleteTree(root);
    }

    private static void deleteTree(Path top) {
        if (!Files.exists(top)) {
            return;
        }
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure("'%s' cannot be deleted: %s".formatted(top, e.getMessage()), e);
        }
    }

    /** Bytes that can still be written here. */
    public long freeBytes() {
        try {
            Path existing = root;
            while (!Files.exists(existing)) {
                existing = existing.getParent();
            }
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            throw new CommandFailure("the disk of '%s' cannot be examined: %s".formatted(root, e.getMessage()), e);
        }
    }

    /**
     * Refuses to go on when the disk is nearly full, while there is still room to stop in good order.
     *
     * @param minimum bytes that must be free
     */
    public void requireFree(long minimum) {
        long free = freeBytes();
        if (free < minimum) {
            throw new CommandFailure(
                    "the disk of '%s' is full: %,d MiB are free and %,d MiB are the minimum; free some space, or choose another disk with --data"
                            .formatted(root, free >> 20, minimum >> 20));
        }
    }

    static void release(FileLock lock) {
        try {
            lock.channel().close();
        } catch (IOException e) {
            throw new CommandFailure("the lock of the data directory cannot be released: " + e.getMessage(), e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }
}
