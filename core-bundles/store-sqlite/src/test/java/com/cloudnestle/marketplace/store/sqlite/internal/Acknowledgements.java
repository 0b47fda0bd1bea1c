package com.cloudnestle.marketplace.store.sqlite.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What writers have tried and what was acknowledged to them, outside the store in a mapped file: the kernel keeps it
 * when the process is killed. Each writer touches only its own numbers.
 */
final class Acknowledgements {

    private static final int BYTES_PER_WRITER = 16;

    private final ByteBuffer numbers;
    private final int writers;

    private Acknowledgements(ByteBuffer numbers, int writers) {
        this.numbers = numbers;
        this.writers = writers;
    }

    static Acknowledgements map(Path file, int writers) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) writers * BYTES_PER_WRITER);
            return new Acknowledgements(map, writers);
        }
    }

    void tried(int writer) {
        add(writer * BYTES_PER_WRITER);
    }

    void acknowledged(int writer) {
        add(writer * BYTES_PER_WRITER + 8);
    }

    private void add(int position) {
        numbers.putLong(position, numbers.getLong(position) + 1);
    }

    long tried() {
        return sum(0);
    }

    long acknowledged() {
        return sum(8);
    }

    private long sum(int offset) {
        long sum = 0;
        for (int writer = 0; writer < writers; writer++) {
            sum += numbers.getLong(writer * BYTES_PER_WRITER + offset);
        }
        return sum;
    }
}
