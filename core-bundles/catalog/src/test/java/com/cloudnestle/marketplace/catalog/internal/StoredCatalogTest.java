package com.cloudnestle.marketplace.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Meter;
import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.testing.CatalogServiceContract;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCatalogTest extends CatalogServiceContract {

    private static final SolutionDescriptor FINDER =
            SolutionDescriptor.of("finder", "Finder", "Finds.", "search").withAliases("faiss");

    @TempDir
    Path folder;

    @TempDir
    Path contractFolder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock);
    private final RecordingAuditLog audit = new RecordingAuditLog(clock);
    private long version = 1_700_000_000;

    @Override
    protected CatalogService catalog() {
        try {
            Files.writeString(contractFolder.resolve("once.json"), ProfileFormat.write(ONCE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        InMemoryStore own = new InMemoryStore(clock);
        return new StoredCatalog(
                new SolutionItems(own), new TierProfiles(own, new ProfileFolder(contractFolder)), audit, clock);
    }

    @Test
    void remembersSolutionsOverARestartUntilTheyArePublishedAgain() {
        start().publish(FINDER);

        CatalogService restarted = start();

        assertThat(restarted.require("faiss").descriptor()).isEqualTo(FINDER);
        assertThat(restarted.require("faiss").available()).isFalse();
        assertThat(restarted.require("faiss").tiers()).hasSize(4);
        assertThat(restarted.publish(FINDER).available()).isTrue();
    }

    @Test
    void remembersEveryPartOfADescriptor() {
        TierPlan tier = new TierPlan("gold",
                List.of(new Limit("search", new Window.Day(ZoneId.of("Asia/Kolkata")), 5),
                        new Limit("search", new Window.Month(ZoneId.of("Z")), 50),
                        new Limit("export", new Window.Days(7), 0),
                        new Limit("export", new Window.Lifetime(), Limit.UNLIMITED)),
                OptionalInt.of(9), Optional.of(new Price(12_345, "INR", "year")), List.of("a", "b \"quoted\" ü"));
        SolutionDescriptor full = new SolutionDescriptor("full", List.of("alias-a", "alias-b"), "Name", "Sum \u263a", "Cat",
                List.of(new Meter("search", "search"), new Meter("export", "page")), "trial", List.of(tier), "search",
                Optional.of(30), List.of("https://example.com", "http://localhost:3000"), true);
        start().publish(full);

        assertThat(start().require("alias-b").descriptor()).isEqualTo(full);
    }

    @Test
    void writesNothingWhenTheSameIsPublishedAgain() {
        start().publish(FINDER);
        clock.advance(Duration.ofDays(1));
        start().publish(FINDER);

        assertThat(descriptorItem()).containsEntry("updatedAt", "2026-03-01T12:00:00Z");
        start().publish(FINDER.withCategory("Search"));
        assertThat(descriptorItem())
                .containsEntry("updatedAt", "2026-03-02T12:00:00Z")
                .containsEntry("createdAt", "2026-03-01T12:00:00Z");
    }

    @Test
    void goesOnWithoutASolutionWhoseMemoryIsDamaged() {
        start().publish(FINDER);
        start().publish(SolutionDescriptor.of("counter", "Counter", "", "count"));
        store.update(new Key(Table.SOLUTIONS, "solution#counter", "descriptor"),
                Update.builder().set("json", "{").build(), Condition.itemExists());

        assertThat(start().entries()).extracting(entry -> entry.id()).containsExactly("finder");
    }

    @Test
    void remembersAnAssignedProfileOverARestart() {
        StoredCatalog catalog = start();
        catalog.publish(FINDER);
        catalog.assignProfile("faiss", Optional.of("trial"), "console");
        catalog.assignProfile("faiss", Optional.of("trial"), "console"); // changes nothing

        assertThat(start().require("finder").tiers()).isEqualTo(catalog.require("finder").tiers());
        assertThat(start().require("finder").tiers().get(0).validityDays()).hasValue(15);
        assertThat(audit.entries())
                .extracting(AuditEntry::event, AuditEntry::actor, AuditEntry::subject, AuditEntry::details)
                .containsExactly(tuple("solution.profile-assigned", "console", "finder", Map.of("from", "none", "to", "trial")));

        start().assignProfile("finder", Optional.empty(), "console");
        assertThat(start().require("finder").tiers().get(0).validityDays()).isEmpty();
    }

    @Test
    void takesUpProfilesOfTheOperatorWithoutARestart() throws IOException {
        StoredCatalog catalog = start();
        catalog.publish(FINDER);
        assertThat(names(catalog)).containsExactly("daily", "trial");

        write("own", profile("own", 7));
        catalog.reloadProfiles();
        assertThat(names(catalog)).containsExactly("daily", "own", "trial");
        assertThat(amount(catalog.assignProfile("finder", Optional.of("own"), "admin").tiers())).isEqualTo(7);

        write("own", profile("own", 8));
        catalog.reloadProfiles();
        assertThat(amount(catalog.require("faiss").tiers())).isEqualTo(8);
    }

    @Test
    void letsAnOperatorReplaceAShippedProfile() throws IOException {
        write("daily", profile("daily", 7));
        StoredCatalog catalog = start();
        assertThat(amount(catalog.publish(FINDER).tiers())).isEqualTo(7);

        Files.delete(folder.resolve("daily.json"));
        catalog.reloadProfiles();
        assertThat(amount(catalog.require("finder").tiers())).isEqualTo(3);
    }

    @Test
    void keepsTheLastGoodVersionOfADamagedProfileAlsoOverARestart() throws IOException {
        write("own", profile("own", 7));
        StoredCatalog catalog = start();
        catalog.publish(FINDER.withTierProfile("own"));

        write("own", profile("own", -5));
        write("other", profile("other", 9));
        catalog.reloadProfiles();
        assertThat(amount(catalog.require("finder").tiers())).isEqualTo(7);
        assertThat(names(catalog)).containsExactly("daily", "other", "own", "trial");

        StoredCatalog restarted = start();
        assertThat(amount(restarted.require("finder").tiers())).isEqualTo(7);
        assertThat(names(restarted)).containsExactly("daily", "other", "own", "trial");

        write("own", profile("own", 8));
        restarted.reloadProfiles();
        assertThat(amount(restarted.require("finder").tiers())).isEqualTo(8);
    }

    @Test
    void keepsTheLastGoodVersionOfADamagedProfileThatNobodyUses() throws IOException {
        write("daily", profile("daily", 7));
        start();
        write("daily", "{");

        assertThat(amount(start().publish(FINDER).tiers())).isEqualTo(7);
    }

    @Test
    void keepsAProfileThatIsInUseWhenItsFileIsDeleted() throws IOException {
        write("own", profile("own", 7));
        write("idle", profile("idle", 7));
        StoredCatalog catalog = start();
        catalog.publish(FINDER.withTierProfile("own"));

        Files.delete(folder.resolve("own.json"));
        Files.delete(folder.resolve("idle.json"));
        catalog.reloadProfiles();
        assertThat(names(catalog)).containsExactly("daily", "own", "trial");
        assertThat(amount(start().require("finder").tiers())).isEqualTo(7);
        assertThat(amount(start().publish(FINDER.withTierProfile("own")).tiers())).isEqualTo(7);
    }

    @Test
    void refusesFilesThatAreNoProfiles() throws IOException {
        write("Not A Name", profile("x", 1));
        write("huge", profile("huge", 1) + " ".repeat(ProfileFolder.MAX_BYTES));
        write("other", profile("own", 1));
        Files.createDirectory(folder.resolve("folder.json"));
        Files.createSymbolicLink(folder.resolve("gone.json"), folder.resolve("nowhere"));
        write(".hidden", profile("hidden", 1));
        Files.writeString(folder.resolve("notes.txt"), "no profile");
        write("good", profile("good", 1));

        StoredCatalog catalog = start();

        assertThat(names(catalog)).containsExactly("daily", "good", "trial");
        catalog.reloadProfiles();
        assertThat(names(catalog)).containsExactly("daily", "good", "trial");
    }

    @Test
    void startsWithoutAFolder() throws IOException {
        Files.delete(folder);

        assertThat(names(start())).containsExactly("daily", "trial");
    }

    @Test
    void refusesAProfileThatDoesNotFitTheMeters() throws IOException {
        write("export-only", profile("export-only", 7).replace("\"window\"", "\"action\": \"export\", \"window\""));
        StoredCatalog catalog = start();
        catalog.publish(FINDER);

        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> catalog.assignProfile("finder", Optional.of("export-only"), "admin"))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_FIELD));
        assertThat(catalog.require("finder").tiers()).hasSize(4);
        assertThat(audit.entries()).isEmpty();
    }

    @Test
    void keepsTheTiersOfASolutionThatTheChangedProfileNoLongerFits() throws IOException {
        write("own", profile("own", 7));
        StoredCatalog catalog = start();
        catalog.publish(FINDER.withTierProfile("own"));

        write("own", profile("own", 8).replace("\"window\"", "\"action\": \"export\", \"window\""));
        catalog.reloadProfiles();

        assertThat(amount(catalog.require("finder").tiers())).isEqualTo(7);
    }

    private StoredCatalog start() {
        return new StoredCatalog(
                new SolutionItems(store), new TierProfiles(store, new ProfileFolder(folder)), audit, clock);
    }

    /** Gives each version its own time, as if they were written seconds apart. */
    private void write(String name, String text) {
        try {
            Path file = Files.writeString(folder.resolve(name + ".json"), text);
            version++;
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(version)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String profile(String name, long amount) {
        return "{\"name\": \"%s\", \"tiers\": [{\"tier\": \"registered\", \"limits\": [{\"window\": \"lifetime\", \"amount\": %d}]}]}"
                .formatted(name, amount);
    }

    private static List<String> names(CatalogService catalog) {
        return catalog.profiles().stream().map(TierProfile::name).toList();
    }

    private static long amount(List<TierPlan> tiers) {
        return tiers.get(0).limits().get(0).amount();
    }

    private Map<String, Object> descriptorItem() {
        return store.get(new Key(Table.SOLUTIONS, "solution#finder", "descriptor")).orElseThrow().attributes();
    }
}
