package com.cloudnestle.marketplace.benchmarks.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the prepared store, gone when it is closed. */
final class Prepared implements AutoCloseable {

    /** System property with the directory that {@link Prepare} filled. */
    private static final String PROPERTY = "benchmark.prepared";

    final Path directory;
    final String[] customers;
    final String[] tokens;

    private Prepared(Path directory, List<String> members) {
        this.directory = directory;
        this.customers = members.stream().map(line -> line.substring(0, line.indexOf(' '))).toArray(String[]::new);
        this.tokens = members.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toArray(String[]::new);
    }

    private static Path source() {
        return Path.of(System.getProperty(PROPERTY));
    }

    private static List<String> members() throws IOException {
        return Files.readAllLines(source().resolve("members.txt"));
    }

    /** The ids alone, without a copy of the store. */
    static String[] customers() throws IOException {
        return members().stream().map(line -> line.substring(0, line.indexOf(' '))).toArray(String[]::new);
    }

    static Prepared copy() throws IOException {
        Path source = source();
        Path target = Files.createTempDirectory(source.toAbsolutePath().getParent(), "copy-");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path to = target.resolve(source.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return new Prepared(target, members());
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
