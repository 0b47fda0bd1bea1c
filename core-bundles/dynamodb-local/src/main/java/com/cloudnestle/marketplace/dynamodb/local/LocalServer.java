package com.cloudnestle.marketplace.dynamodb.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.dynamodb.services.local.main.ServerRunner;

/**
 * The process of the emulator: {@code LocalServer --port N [--parent PID] [--folder PATH] [--sign FILE]}. In memory, or in
 * files of the folder; without telemetry. What came of the start is written to the file. It ends when its parent does: the
 * process with that id, or, without one, whoever holds the other end of standard input.
 */
final class LocalServer {

    /** What it writes once it listens on the port it was given: only then is it the one that answers there. */
    static final String LISTENING = "listening";

    private LocalServer() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        String port = value(given, "--port").orElseThrow(() -> new IllegalArgumentException("--port N is missing"));
        Optional<String> parent = value(given, "--parent");
        Optional<String> sign = value(given, "--sign");
        Thread watch = new Thread(() -> endWith(parent), "parent-watch");
        watch.setDaemon(true);
        watch.start();
        List<String> options = new ArrayList<>(List.of("-disableTelemetry", "-port", port));
        options.addAll(value(given, "--folder")
                .map(folder -> List.of("-dbPath", folder, "-sharedDb"))
                .orElse(List.of("-inMemory")));
        try {
            ServerRunner.createServerFromCommandLineArgs(options.toArray(String[]::new)).start();
        } catch (Exception e) {
            if (sign.isEmpty()) {
                throw e;
            }
            Files.writeString(Path.of(sign.get()), e.toString());
            Runtime.getRuntime().halt(1); // its threads would keep the process alive
        }
        if (sign.isPresent()) {
            Files.writeString(Path.of(sign.get()), LISTENING);
        }
    }

    private static Optional<String> value(List<String> arguments, String name) {
        int at = arguments.indexOf(name);
        return at < 0 || at + 1 == arguments.size() ? Optional.empty() : Optional.of(arguments.get(at + 1));
    }

    private static void endWith(Optional<String> parent) {
        try {
            if (parent.isPresent()) {
                ProcessHandle.of(Long.parseLong(parent.get())).ifPresent(process -> process.onExit().join());
            } else {
                while (System.in.read() >= 0) {
                    // what is said does not matter, only that somebody is there
                }
            }
        } catch (IOException e) {
            // the other end is gone, too
        }
        Runtime.getRuntime().halt(0);
    }
}
