package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.support.completers.ArgumentCommandLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletersTest {

    private final Bench bench = new Bench();

    /** The command line while its last word is being typed. */
    private record Typing(String... words) implements CommandLine {
        @Override
        public int getCursorArgumentIndex() {
            return words.length - 1;
        }

        @Override
        public String getCursorArgument() {
            return words[words.length - 1];
        }

        @Override
        public int getArgumentPosition() {
            return getCursorArgument().length();
        }

        @Override
        public String[] getArguments() {
            return words.clone();
        }

        @Override
        public int getBufferPosition() {
            return getBuffer().length();
        }

        @Override
        public String getBuffer() {
            return String.join(" ", words);
        }
    }

    private List<String> candidates(Completer completer, CommandLine line) {
        Bench.set(completer, "platform", bench.platform);
        List<String> candidates = new ArrayList<>();
        completer.complete(bench.session(), line, candidates);
        return candidates.stream().map(String::strip).toList();
    }

    @Test
    void offersSolutionsAndAliases() {
        assertThat(candidates(new SolutionCompleter(), new Typing("market:key", "")))
                .containsExactly("doc-tools", "wc", "word-count");
        assertThat(candidates(new SolutionCompleter(), new Typing("market:key", "wo"))).containsExactly("word-count");
    }

    @Test
    void offersTheTiersOfTheSolutionOnTheLine() {
        bench.catalog.assignProfile("word-count", Optional.of("trial"), "test");

        assertThat(candidates(new TierCompleter(), new Typing("market:entitle", Bench.ANN, "wc", "")))
                .containsExactly("registered");
        assertThat(candidates(new TierCompleter(), new Typing("market:entitle", Bench.ANN, "doc-tools", "")))
                .containsExactly("enterprise", "pro", "registered");
    }

    @Test
    void offersCustomersWithAccess() {
        bench.entitled("word-count", "pro");

        assertThat(candidates(new CustomerCompleter(), new Typing("market:token", "a"))).containsExactly(Bench.ANN);
    }

    @Test
    void acceptsANewAddressSoThatTheSolutionAfterItIsCompleted() {
        assertThat(candidates(new CustomerCompleter(), new ArgumentCommandLine("new@example.com", 15)))
                .containsExactly("new@example.com");
    }

    @Test
    void offersProfiles() {
        assertThat(candidates(new ProfileCompleter(), new Typing("market:profile", "wc", "")))
                .containsExactly("daily", "trial");
    }

    @Test
    void offersBackups(@TempDir Path data) throws IOException {
        bench.platform.data = data;
        assertThat(candidates(new BackupCompleter(), new Typing("market:restore", ""))).isEmpty();
        Files.createDirectories(data.resolve("backups"));
        Files.createFile(data.resolve("backups/a.db"));
        Files.createFile(data.resolve("backups/a.db.key"));

        assertThat(candidates(new BackupCompleter(), new Typing("market:restore", ""))).containsExactly("a.db");
    }

    @Test
    void offersNothingWhileTheServicesAreAway() {
        bench.platform.catalog = null;

        for (Completer each : List.of(new SolutionCompleter(), new TierCompleter(), new CustomerCompleter(),
                new ProfileCompleter())) {
            assertThat(candidates(each, new Typing("market:entitle", "a"))).isEmpty();
        }
    }
}
