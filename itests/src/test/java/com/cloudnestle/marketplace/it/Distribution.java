package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The archive, unpacked once as an installation that its user may read but not write, in a path with blanks. */
final class Distribution {
    private static final Path ARCHIVE = Path.of(System.getProperty("marketplace.distribution")).normalize();

    private final Path home;

    private Distribution(Path home) {
        this.home = home;
    }

    static Distribution unpack(Path below) throws IOException, InterruptedException {
        Path home = Files.createDirectories(below.resolve("an installation with blanks"));
        run(List.of("tar", "xzf", ARCHIVE.toString(), "-C", home.toString(), "--strip-components=1"));
        run(List.of("chmod", "-R", "a-w,a+rX", home.toString()));
        return new Distribution(home);
    }

    /** The JDKs to test on. */
    static Stream<Path> javaHomes() {
        return Stream.of(System.getProperty("marketplace.java.homes").split(",")).map(String::strip).map(Path::of);
    }

    static boolean asRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Puts the words before a command that make an unprivileged user of root; others stay who they are. */
    static List<String> unprivileged() {
        return asRoot() ? List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups") : List.of();
    }

    /** A new directory that the unprivileged user owns. */
    static Path ownedDirectory(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        if (asRoot()) {
            run(List.of("chown", "nobody:nogroup", directory.toString()));
        }
        return directory;
    }

    /** Size and time of every installed file: equal before and after as long as nobody wrote to the installation. */
    TreeMap<String, String> state() throws IOException {
        TreeMap<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                state.put(file.toString(), Files.isDirectory(file) ? "directory"
                    : Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return state;
    }

    Path home() {
        return home;
    }

    Path script(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).as("%s", command).isZero();
    }
}
