package com.cloudnestle.marketplace.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The modules of the reactor and the classes they have built. The list comes from the root pom, so a new module is
 * checked without being named here, and one that was not built is an error instead of a gap.
 */
final class Modules {

    static final String API = "core-bundles/marketplace-api";
    static final String TESTING = "core-bundles/marketplace-testing";
    private static final Pattern MODULE = Pattern.compile(
            "<module>((?:core-bundles|solution-plugins|payment-plugins)/[a-z0-9-]+)</module>");

    private static final Set<String> MADE = Set.of("target", "node_modules", ".git");

    /** Set to look at another tree than the one this module lies in. */
    private final Path root = Path.of(System.getProperty("architecture.root", "../..")).toAbsolutePath().normalize();

    private final List<String> names = names();

    List<String> all() {
        return names;
    }

    Path root() {
        return root;
    }

    Path classes(String module) {
        return root.resolve(module).resolve("target/classes");
    }

    /** All main classes of all modules, taken from what the build compiled. */
    JavaClasses load() {
        List<Path> folders = names.stream().map(this::classes).toList();
        List<Path> missing = folders.stream().filter(folder -> !hasClasses(folder)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("build these modules first (mvn compile), they have no classes: " + missing);
        }
        return new ClassFileImporter().importPaths(folders).that(describe(
                "our own", type -> type.getPackageName().startsWith("com.cloudnestle.marketplace")));
    }

    /** The module a class was built in; empty for classes of libraries and of the JDK. */
    Optional<String> of(JavaClass type) {
        JavaClass outermost = type.getBaseComponentType();
        return outermost.getSource().flatMap(source -> names.stream()
                .filter(module -> source.getUri().getPath().contains("/" + module + "/target/classes/"))
                .findFirst());
    }

    /**
     * Files of the tree, those of modules outside the usual build included; nothing that a build made.
     *
     * @param glob of the path below the root
     */
    List<Path> files(String glob) {
        PathMatcher wanted = root.getFileSystem().getPathMatcher("glob:" + glob);
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) { // somebody's scratch file, gone since it was listed
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return MADE.contains(folder.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (wanted.matches(root.relativize(file))) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("nothing in the tree is like " + glob);
        }
        return found;
    }

    private List<String> names() {
        try {
            List<String> found = MODULE.matcher(Files.readString(root.resolve("pom.xml"))).results()
                    .map(match -> match.group(1))
                    .filter(module -> !module.equals("core-bundles/architecture"))
                    .toList();
            if (found.size() < 2 || !found.contains(API)) {
                throw new IllegalStateException("no modules found in " + root.resolve("pom.xml"));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasClasses(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
