package com.cloudnestle.marketplace.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The sample solution, handed to a running server the two ways a partner can. */
final class Plugin {
    private static final Path JAR = Path.of(System.getProperty("marketplace.word.count")).normalize();

    private Plugin() {
    }

    /** Puts the jar into the deploy folder, in one move. Returns the file to delete. */
    static Path dropJar(Path data) throws IOException {
        Path aside = data.resolve("tmp/word-count.jar");
        Files.copy(JAR, aside);
        return drop(aside, data);
    }

    /** Drops a copy of the jar whose manifest says something else. */
    static Path dropChangedJar(Path data, String name, Map<String, String> headers) throws IOException {
        Path aside = data.resolve("tmp").resolve(name);
        try (JarFile original = new JarFile(JAR.toFile())) {
            Manifest manifest = new Manifest(original.getManifest());
            headers.forEach(manifest.getMainAttributes()::putValue);
            try (OutputStream file = Files.newOutputStream(aside); JarOutputStream changed = new JarOutputStream(file, manifest)) {
                for (JarEntry entry : Collections.list(original.entries())) {
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        add(changed, entry.getName(), original.getInputStream(entry).readAllBytes());
                    }
                }
            }
        }
        return drop(aside, data);
    }

    /** Packs the jar and a feature into a kar, and puts that into the deploy folder. */
    static Path dropKar(Path data) throws IOException {
        Path aside = data.resolve("tmp/word-count.kar");
        String features = """
            <features name="partner" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
              <feature name="partner-word-count" version="1.0.0">
                <bundle>mvn:com.example.partner/word-count/1.0.0</bundle>
              </feature>
            </features>
            """;
        try (OutputStream file = Files.newOutputStream(aside); ZipOutputStream kar = new ZipOutputStream(file)) {
            add(kar, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n\n".getBytes(StandardCharsets.UTF_8));
            add(kar, "repository/com/example/partner/word-count-features/1.0.0/word-count-features-1.0.0-features.xml",
                features.getBytes(StandardCharsets.UTF_8));
            add(kar, "repository/com/example/partner/word-count/1.0.0/word-count-1.0.0.jar", Files.readAllBytes(JAR));
        }
        return drop(aside, data);
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static Path drop(Path aside, Path data) throws IOException {
        aside.toFile().setReadable(true, false);
        return Files.move(aside, data.resolve("deploy").resolve(aside.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
}
