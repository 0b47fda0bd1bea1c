package com.cloudnestle.marketplace.rest.internal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.rest.internal.people.PeopleServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide says of every call who may make it, and of none that does not exist. */
class AuthorizationGuideTest {

    private static final Pattern CODE = Pattern.compile("`([A-Z, ]*)(/[^`]*)`");

    @Test
    void saysOfEveryCallWhoMayMakeIt() throws IOException {
        Set<String> served = ServedOperations.ofMounts(new PeopleServer("", "", 1).server.mounts()).keySet().stream()
                .map(AuthorizationGuideTest::nameless)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> servlets = ServedOperations.servletPatterns();

        Set<String> told = told();

        assertThat(told).containsAll(served);
        assertThat(told.stream().filter(call -> call.contains(" /api/")).filter(call -> !served.contains(call)))
                .map(call -> call.substring(call.indexOf('/')))
                .allMatch(path -> servlets.contains(path) || servlets.contains(ServedOperations.pattern(path)));
    }

    /** The calls in the first column of the tables; a path without a method has that of the one before. */
    private static Set<String> told() throws IOException {
        Set<String> told = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("..", "..", "docs", "guides", "authorization.md"))) {
            if (!line.startsWith("| `")) {
                continue;
            }
            String methods = "";
            Matcher code = CODE.matcher(line.substring(0, line.indexOf('|', 1)));
            while (code.find()) {
                methods = code.group(1).isBlank() ? methods : code.group(1).strip();
                for (String method : methods.split(", ")) {
                    told.add(nameless(method + " " + code.group(2)));
                }
            }
        }
        return told;
    }

    private static String nameless(String call) {
        return call.replaceAll("\\{[^}]*}", "{}");
    }
}
