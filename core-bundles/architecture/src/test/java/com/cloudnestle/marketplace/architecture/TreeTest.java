package com.cloudnestle.marketplace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be seen in sources and manifests without looking into classes. */
class TreeTest {

    private static final int MAX_LINES = 350;
    /** Tests read from top to bottom and may be longer; so may contract suites, which are tests in a main folder. */
    private static final int MAX_TEST_LINES = 600;
    private static final Modules MODULES = new Modules();

    private static Stream<Path> sources(String module, String kind) {
        Path folder = MODULES.root().resolve(module).resolve("src").resolve(kind).resolve("java");
        try {
            return Files.isDirectory(folder)
                    ? Files.walk(folder).filter(file -> file.toString().endsWith(".java"))
                    : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> exported(String module) throws IOException {
        Path manifest = MODULES.classes(module).resolve("META-INF/MANIFEST.MF");
        if (!Files.exists(manifest)) {
            return Optional.empty(); // bundles with embedded jars get theirs only in the jar
        }
        try (InputStream in = Files.newInputStream(manifest)) {
            return Optional.ofNullable(new Manifest(in).getMainAttributes().getValue("Export-Package"));
        }
    }

    @Test
    void filesStayShort() {
        List<String> tooLong = MODULES.files("**/src/{main,test}/java/**.java").stream()
                .filter(file -> lines(file) > (isTest(file) ? MAX_TEST_LINES : MAX_LINES))
                .map(file -> MODULES.root().relativize(file) + " has " + lines(file) + " lines")
                .toList();

        assertThat(tooLong).as("files of more than %d lines, tests %d", MAX_LINES, MAX_TEST_LINES).isEmpty();
    }

    private static boolean isTest(Path file) {
        return file.toString().contains("/src/test/") || file.toString().endsWith("Contract.java");
    }

    @Test
    void packagesWithSourcesAreNullMarked() {
        List<Path> unmarked = MODULES.all().stream()
                .flatMap(module -> Stream.concat(sources(module, "main"), sources(module, "test")))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !marked(folder))
                .map(MODULES.root()::relativize)
                .toList();

        // A test package shares the mark of the main package of the same name, which stands in the other folder.
        assertThat(unmarked).as("packages without @NullMarked in package-info.java").isEmpty();
    }

    private static boolean marked(Path folder) {
        Path main = Path.of(folder.toString().replace("/src/test/java/", "/src/main/java/"));
        return Stream.of(folder, main).map(each -> each.resolve("package-info.java")).anyMatch(file -> {
            try {
                return Files.exists(file) && Files.readString(file).contains("@NullMarked");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The digits of the server's own language would be sorted and read otherwise by the next server, and by people. */
    @Test
    void numbersAreFormattedWithTheSameDigitsEverywhere() {
        Pattern localDigits = Pattern.compile("(?:\\.formatted\\(|String\\.format\\(\\s*\")");
        List<String> found = MODULES.files("{core-bundles,solution-plugins,payment-plugins}/*/src/main/java/**.java").stream()
                .flatMap(file -> read(file).lines()
                        .filter(line -> line.matches(".*\"[^\"]*%[-0-9,+ ]*[def][^\"]*\".*") && localDigits.matcher(line).find())
                        .map(line -> MODULES.root().relativize(file) + ": " + line.strip()))
                .toList();

        assertThat(found).as("numbers formatted without Locale.ROOT").isEmpty();
    }

    /** Its licence forbids to distribute it; what nobody can reach by a compile or runtime scope is in no bundle of ours. */
    @Test
    void dynamoDbLocalStaysATestTool() throws IOException {
        assertThat(dependencies("DynamoDBLocal")).as("the server itself").singleElement()
                .satisfies(use -> assertThat(use).contains("core-bundles/dynamodb-local/pom.xml", "<scope>provided</scope>"));
        List<String> uses = dependencies("marketplace-dynamodb-local");
        assertThat(uses).as("the module around it").anyMatch(use -> use.startsWith("pom.xml") && use.contains("<scope>test</scope>"));
        assertThat(uses).as("a scope of its own").noneMatch(use -> !use.contains("<scope>test</scope>") && use.contains("<scope>"));
        for (Path shipped : MODULES.files("{karaf-features,assembly}/**/src/main/**")) {
            assertThat(Files.readString(shipped)).as("%s", shipped).doesNotContainIgnoringCase("DynamoDBLocal")
                    .doesNotContain("marketplace-dynamodb-local");
        }
    }

    /** Where an artifact is asked for: the pom and the whole element. */
    private static List<String> dependencies(String artifact) {
        Pattern dependency = Pattern.compile("<dependency>(?:(?!</dependency>).)*<artifactId>" + artifact
                + "</artifactId>(?:(?!</dependency>).)*</dependency>", Pattern.DOTALL);
        return MODULES.files("{pom.xml,**/pom.xml}").stream()
                .flatMap(pom -> dependency.matcher(read(pom)).results()
                        .map(match -> MODULES.root().relativize(pom) + ": " + match.group()))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyTheApiExportsPackagesOfOurs() throws IOException {
        for (String module : MODULES.all()) {
            if (!module.equals(Modules.API) && !module.equals(Modules.TESTING)) {
                assertThat(exported(module).orElse("")).as(module).doesNotContain("com.cloudnestle");
            }
        }
        assertThat(exported(Modules.API)).hasValueSatisfying(packages ->
                assertThat(packages).contains("com.cloudnestle.marketplace.solution").doesNotContain(".internal"));
    }
}
