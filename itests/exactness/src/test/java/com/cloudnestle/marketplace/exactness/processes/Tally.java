package com.cloudnestle.marketplace.exactness.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a process counted, in a file mapped into its memory: what was counted before the process was killed is still there, and
 * its next life counts on. Thread-safe.
 */
final class Tally {

    /** Counted per customer and day. */
    enum PerWindow {
        ALLOWED,
        DENIED
    }

    /** Counted once. */
    enum Sum {
        UNKNOWN,
        UNAVAILABLE,
        UNEXPECTED,
        STORE_WRITES,
        /** Lives that could begin to work. */
        READY
    }

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;

    Tally(Path file, int keys) {
        long size = 8L * (Sum.values().length + keys * Plan.DAYS * PerWindow.values().length);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(Sum sum, long amount) {
        LONGS.getAndAdd(memory, 8 * sum.ordinal(), amount);
    }

    /** @param day 0 to 2 for the days of the run, 3 for any other, which must not be */
    void add(PerWindow what, int key, int day, long amount) {
        LONGS.getAndAdd(memory, index(what, key, day), amount);
    }

    long get(Sum sum) {
        return (long) LONGS.getVolatile(memory, 8 * sum.ordinal());
    }

    long get(PerWindow what, int key, int day) {
        return (long) LONGS.getVolatile(memory, index(what, key, day));
    }

    private static int index(PerWindow what, int key, int day) {
        return 8 * (Sum.values().length + (key * Plan.DAYS + day) * PerWindow.values().length + what.ordinal());
    }
}
