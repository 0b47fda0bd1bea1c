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
import java.time.Duration;
import java.time.Instant;

/**
 * The made-up time of a run, in a file that all its processes map: midnight comes when the run has seen enough of a day, not when
 * some seconds are over, so that a slow machine takes longer and finds the same. Between midnights it goes as fast as the real one.
 */
final class RunClock {

    /** The first of the run's two midnights; the second comes a day later. */
    static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long DAY_MILLIS = 86_400_000;
    /** The day goes on without end, but no clock that is ahead may find itself in the next. */
    private static final long LATEST = DAY_MILLIS - 5_000;

    private static final int BEGAN = 0;
    private static final int MIDNIGHTS = 8;
    private static final int BACK = 24;
    private static final int END = 32;
    private static final int SIZE = 40;

    private final ByteBuffer memory;

    RunClock(Path file) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long get(int at) {
        return (long) LONGS.getVolatile(memory, at);
    }

    private void set(int at, long value) {
        LONGS.setVolatile(memory, at, value);
    }

    /** Time begins: ten minutes before midnight. */
    void begin() {
        set(BEGAN, System.currentTimeMillis());
    }

    boolean begun() {
        return get(BEGAN) != 0;
    }

    /** @param number 0 or 1 */
    void midnight(int number, Duration in) {
        set(MIDNIGHTS + 8 * number, System.currentTimeMillis() + in.toMillis());
    }

    /** Whether the clock that sometimes goes wrong is an hour behind. */
    void back(boolean anHour) {
        set(BACK, anHour ? 1 : 0);
    }

    void end() {
        set(END, 1);
    }

    boolean ended() {
        return get(END) != 0;
    }

    /** @param goesBack whether this is the clock that sometimes goes wrong */
    Instant time(long skewMillis, boolean goesBack) {
        long wall = System.currentTimeMillis();
        long second = get(MIDNIGHTS + 8);
        long first = get(MIDNIGHTS);
        long millis;
        if (second != 0) {
            millis = DAY_MILLIS + Math.min(wall - second, LATEST);
        } else if (first != 0) {
            millis = Math.min(wall - first, LATEST);
        } else {
            millis = Math.min(wall - get(BEGAN) - 600_000, -5_000);
        }
        long wrong = goesBack && get(BACK) != 0 ? 3_600_000 : 0;
        return MIDNIGHT.plusMillis(millis + skewMillis - wrong);
    }
}
