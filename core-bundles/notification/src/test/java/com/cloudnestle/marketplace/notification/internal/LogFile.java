package com.cloudnestle.marketplace.notification.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the code under test logs; see simplelogger.properties. */
final class LogFile {

    private static final Path FILE = Path.of("target/test.log");

    private LogFile() {}

    /** The lines that were written while {@code act} ran. */
    static String during(Runnable act) {
        int before = read().length();
        act.run();
        return read().substring(before);
    }

    static boolean contains(String text) {
        return read().contains(text);
    }

    private static String read() {
        try {
            return Files.exists(FILE) ? Files.readString(FILE) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
