package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.entitlement.MigrationReport;
import com.cloudnestle.marketplace.entitlement.MigrationReport.Figures;
import com.cloudnestle.marketplace.entitlement.MigrationReport.Quarantined;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateCommandTest {

    private static final Quarantined BAD = new Quarantined("user#e***@example.com solution#faiss",
            "the solution has no such tier: access_tier 'gold'\tx", Instant.parse("2026-11-20T11:00:00Z"));

    private final Bench bench = new Bench();
    private final List<Boolean> runs = new ArrayList<>();
    private List<Quarantined> bad = List.of();

    @TempDir
    Path folder;

    @BeforeEach
    void migration() {
        bench.platform.data = folder;
        bench.platform.migration = (dryRun, listener) -> {
            runs.add(dryRun);
            Figures figures = new Figures(12, 2, 7, 1, 3, 2, bad.size());
            listener.accept(new Figures(5, 1, 4, 0, 0, 0, 0));
            listener.accept(figures);
            return new MigrationReport(dryRun, false, figures, Map.of("'later'", 2L), bad);
        };
    }

    @Test
    void showsProgressAndASummary() {
        String shown = bench.text(new MigrateCommand());

        assertThat(runs).containsExactly(false);
        assertThat(shown).contains("\r5 looked at, 4 taken over").contains("\r12 looked at, 8 taken over");
        assertThat(shown).containsPattern("taken over +. 7").containsPattern("address is not known +. 3");
        assertThat(shown).contains("Not installed: 'later' (2)").contains("Old entitlements are left");
    }

    @Test
    void aDryRunSaysThatNothingWasWritten() {
        MigrateCommand dry = new MigrateCommand();
        dry.dryRun = true;

        assertThat(bench.text(dry)).contains("8 to be taken over").contains("Nothing was written.");
        assertThat(runs).containsExactly(true);
    }

    @Test
    void jsonIsOneDocumentWithoutProgress() {
        JsonNode shown = bench.json(new MigrateCommand());

        assertThat(shown.at("/figures/upgraded").asLong()).isEqualTo(7);
        assertThat(shown.at("/figures/not_installed").asLong()).isEqualTo(2);
        assertThat(shown.get("complete").asBoolean(true)).isFalse();
    }

    @Test
    void failsWhenSomeCannotBeReadAndListsThemInTheReport() throws IOException {
        bad = List.of(BAD);
        MigrateCommand command = new MigrateCommand();
        command.report = "left.tsv";
        command.platform = bench.platform;
        command.session = bench.session();

        CommandException failure = catchThrowableOfType(CommandException.class, command::execute);

        assertThat(failure).hasMessageContaining("1 of the old entitlements cannot be read");
        assertThat(Files.readAllLines(folder.resolve("backups/left.tsv"))).containsExactly(
                "key\treason\tsince",
                "user#e***@example.com solution#faiss\tthe solution has no such tier: access_tier 'gold' x\t2026-11-20T11:00:00Z");
    }

    @Test
    void refusesAReportFileThatIsThereBeforeItBegins() throws IOException {
        Files.createDirectories(folder.resolve("backups"));
        Files.writeString(folder.resolve("backups/left.tsv"), "mine");
        MigrateCommand command = new MigrateCommand();
        command.report = "left.tsv";

        assertThat(bench.refusal(command)).isNotNull();
        assertThat(runs).isEmpty();
    }

    @Test
    void saysThatAnotherRunIsUnderWay() {
        bench.platform.migration = (dryRun, listener) -> {
            throw new MarketplaceException(Problem.CONFLICT, "A migration is under way already.");
        };

        assertThat(bench.refusal(new MigrateCommand())).hasMessageContaining("under way");
    }

    @Test
    void saysThatTheServiceIsMissing() {
        bench.platform.migration = null;

        assertThat(bench.refusal(new MigrateCommand())).hasMessageContaining("migration is not running");
    }
}
