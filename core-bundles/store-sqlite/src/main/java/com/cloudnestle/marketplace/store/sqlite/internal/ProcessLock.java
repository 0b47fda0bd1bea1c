package com.cloudnestle.marketplace.store.sqlite.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the store to one process. Conditions are evaluated outside SQLite's own locks, so a second writer would break
 * them. The kernel gives the lock back when the process dies, however it dies.
 */
final class ProcessLock implements AutoCloseable {

    /** Folders held by this process. Asked first, for merely opening and closing the lock file again drops the lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final StoreFiles files;
    private final Path folder;
    private final FileChannel channel;

    private ProcessLock(StoreFiles files, Path folder, FileChannel channel) {
        this.files = files;
        this.folder = folder;
        this.channel = channel;
    }

    static ProcessLock acquire(StoreFiles files, Instant now) throws StoreRefusedException, IOException {
        Path folder = files.directory().toRealPath();
        if (!HELD.add(folder)) {
            throw heldBy(files);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                throw heldBy(files);
            }
            Files.writeString(files.owner(), "process " + ProcessHandle.current().pid() + ", since " + now);
            return new ProcessLock(files, folder, channel);
        } catch (StoreRefusedException | IOException e) {
            HELD.remove(folder);
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static StoreRefusedException heldBy(StoreFiles files) {
        String owner;
        try {
            owner = Files.readString(files.owner());
        } catch (IOException e) {
            owner = "another process";
        }
        return new StoreRefusedException("the store in " + files.directory() + " is in use by " + owner
                + ". Stop it first, or start with another data directory.");
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(files.owner());
        } finally {
            channel.close();
            HELD.remove(folder);
        }
    }
}
