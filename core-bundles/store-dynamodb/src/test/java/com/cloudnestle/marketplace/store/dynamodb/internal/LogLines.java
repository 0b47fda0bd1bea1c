package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged while it is open, by the loggers that simplelogger.properties turns on; kept from the console. */
final class LogLines implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    LogLines() {
        System.setErr(new PrintStream(text, true, StandardCharsets.UTF_8));
    }

    /** Level, logger and message of each line with this event. */
    List<String> of(String event) {
        return text.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("event=" + event + " ")).toList();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
