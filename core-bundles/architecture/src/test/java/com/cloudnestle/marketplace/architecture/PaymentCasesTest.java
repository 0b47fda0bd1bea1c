package com.cloudnestle.marketplace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The guide to payments says which test shows which case; here it is seen that it says the truth. */
class PaymentCasesTest {

    private static final String GUIDE = "docs/guides/payments.md";
    private static final String SECTION = "## What was tried";
    private static final int CASES = 60;

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9]+) \\|([^|]+)\\|([^|]+)\\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z-]+):([A-Za-z]+)\\.([A-Za-z0-9]+)`");
    private static final Pattern TEST = Pattern.compile("(?m)^ +@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");
    private static final Pattern METHOD = Pattern.compile("(?m)^ +(?:public |static )*[\\w.]+(?:<[^(]*>)? (\\w+)\\(");

    private static final Modules MODULES = new Modules();
    private static final String PART = part();
    private static final List<MatchResult> ROWS = ROW.matcher(PART).results().toList();
    private static final List<Path> SOURCES = MODULES.files("**/src/test/java/**.java");

    private record Named(String module, String type, String method) {

        @Override
        public String toString() {
            return module + ":" + type + "." + method;
        }

        /** Whether the module has one class of this name, with a test of this name that is run. */
        boolean exists() {
            Path folder = Path.of(module, "src", "test", "java");
            List<Path> files = SOURCES.stream()
                    .filter(file -> file.endsWith(type + ".java") && MODULES.root().relativize(file).toString().contains(folder + "/"))
                    .toList();
            return files.size() == 1 && tests(read(files.get(0))).contains(method);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String part() {
        String guide = read(MODULES.root().resolve(GUIDE));
        int begin = guide.indexOf(SECTION);
        int end = guide.indexOf("\n## ", begin + 1);
        assertThat(begin).as("%s has a part '%s'", GUIDE, SECTION).isPositive();
        return guide.substring(begin, end < 0 ? guide.length() : end);
    }

    private static List<Named> named(String text) {
        return NAME.matcher(text).results().map(name -> new Named(name.group(1), name.group(2), name.group(3))).toList();
    }

    /** Methods with the annotation of a test, and not of one that is left out; methods are divided by empty lines here. */
    private static Set<String> tests(String source) {
        Set<String> found = new HashSet<>();
        for (String part : source.split("\\R\\s*\\R")) {
            Optional<MatchResult> test = TEST.matcher(part).results().findFirst();
            if (test.isPresent() && !part.contains("@Disabled")) {
                METHOD.matcher(part.substring(test.get().end())).results().findFirst().ifPresent(method -> found.add(method.group(1)));
            }
        }
        return found;
    }

    @Test
    void everyCaseHasARowOfItsOwn() {
        List<Integer> numbers = ROWS.stream().map(row -> Integer.valueOf(row.group(1))).toList();

        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, CASES).boxed().toList());
    }

    @Test
    void everyRowNamesTestsAndNothingElse() {
        assertThat(ROWS).allSatisfy(row -> {
            String rest = NAME.matcher(row.group(3)).replaceAll("");
            assertThat(named(row.group(3))).as("case %s", row.group(1)).isNotEmpty();
            assertThat(rest).as("case %s", row.group(1)).matches("[ ,]*");
        });
    }

    @Test
    void everyTestThatIsNamedIsThere() {
        List<Named> missing = named(PART).stream().filter(test -> !test.exists()).toList();

        assertThat(missing).as("tests that %s names and that are not there", GUIDE).isEmpty();
    }

    @Test
    void testsAreToldFromWhatIsNone() {
        String source = """
                class A {

                    @Test
                    void first() throws Exception { // 12
                    }

                    @ParameterizedTest
                    @CsvSource({"a, {b}", "c(d)"})
                    void second(String one) {
                    }

                    private static void helper() {
                    }

                    @Test
                    @Disabled
                    void third() {
                    }

                    @TestFactory
                    Stream<DynamicTest> fourth() {
                    }
                }
                """;

        assertThat(tests(source)).containsExactlyInAnyOrder("first", "second", "fourth");
        assertThat(Arrays.asList(new Named("payment", "WebhooksTest", "genuineNotificationLeadsToALookAtTheProviderWhichGrants").exists(),
                new Named("payment", "WebhooksTest", "accept").exists(), new Named("rest", "WebhooksTest", "x").exists()))
                .containsExactly(true, false, false);
    }
}
