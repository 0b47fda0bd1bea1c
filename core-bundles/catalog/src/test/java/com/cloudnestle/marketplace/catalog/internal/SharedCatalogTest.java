package com.cloudnestle.marketplace.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteWatcher;
import com.cloudnestle.marketplace.store.WriteWatchers;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogues of several nodes over one store, and one whose data are replaced under it. */
class SharedCatalogTest {

    private static final SolutionDescriptor FINDER =
            SolutionDescriptor.of("finder", "Finder", "Finds.", "search").withAliases("faiss");
    private static final SolutionDescriptor COUNTER =
            SolutionDescriptor.of("counter", "Counter", "Counts.", "count").withAliases("wc");

    @TempDir
    Path folderOfA;

    @TempDir
    Path folderOfB;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock, true);
    private final AtomicInteger indexReads = new AtomicInteger();

    @Test
    void anAssignmentOnOneNodeHoldsOnAnotherAfterItsNextRefresh() {
        StoredCatalog a = node(store, folderOfA);
        StoredCatalog b = node(store, folderOfB);
        a.publish(FINDER);
        b.publish(FINDER);

        a.assignProfile("faiss", Optional.of("trial"), "console");
        b.refresh();
        assertThat(b.require("finder").tiers()).isEqualTo(a.require("finder").tiers());
        assertThat(b.require("finder").tiers().get(0).validityDays()).hasValue(15);

        b.assignProfile("faiss", Optional.empty(), "console");
        a.refresh();
        assertThat(a.require("finder").tiers().get(0).validityDays()).isEmpty();
    }

    @Test
    void anEntryThatStaysTheSameStaysTheSameObject() {
        StoredCatalog a = node(store, folderOfA);
        StoredCatalog b = node(store, folderOfB);
        CatalogEntry finder = b.publish(FINDER);
        CatalogEntry counter = b.publish(COUNTER);
        a.publish(FINDER);
        a.publish(COUNTER);
        b.refresh();
        assertThat(b.require("finder")).isSameAs(finder);

        a.assignProfile("finder", Optional.of("trial"), "console");
        b.refresh();

        assertThat(b.require("counter")).isSameAs(counter);
        assertThat(b.require("wc")).isSameAs(counter);
        assertThat(b.entries()).anySatisfy(entry -> assertThat(entry).isSameAs(counter));
        assertThat(b.require("finder")).isNotSameAs(finder);
        assertThat(b.publish(COUNTER)).as("published once more").isSameAs(counter);
    }

    @Test
    void aRefreshReadsTheSolutionsOnlyAfterAChange() {
        StoredCatalog a = node(store, folderOfA);
        StoredCatalog b = node(counting(store), folderOfB);
        a.publish(FINDER);
        refresh(b, 5);
        int before = indexReads.get();

        refresh(b, 100);
        assertThat(indexReads.get()).isEqualTo(before);

        a.assignProfile("finder", Optional.of("trial"), "console");
        refresh(b, 100);
        assertThat(indexReads.get()).as("twice, as the index may be behind").isEqualTo(before + 2);
    }

    @Test
    void aSolutionThatRunsElsewhereIsListedHereAsUnavailable() {
        StoredCatalog a = node(store, folderOfA);
        StoredCatalog b = node(store, folderOfB);

        a.publish(FINDER);
        b.refresh();

        assertThat(b.require("faiss").available()).isFalse();
        assertThat(b.require("faiss").tiers()).isEqualTo(a.require("finder").tiers());
    }

    @Test
    void eachNodeShowsItsOwnVersionOfASolutionThatRunsOnBoth() {
        StoredCatalog a = node(store, folderOfA);
        StoredCatalog b = node(store, folderOfB);
        a.publish(FINDER);
        b.publish(FINDER.withCategory("Search"));

        a.refresh();
        b.refresh();

        assertThat(a.require("finder").descriptor().category()).isNotEqualTo("Search");
        assertThat(b.require("finder").descriptor().category()).isEqualTo("Search");
        assertThat(b.require("finder").available()).isTrue();
    }

    @Test
    void aNameThatAnotherNodeTookBeforeIsRefused() {
        StoredCatalog a = node(store, folderOfA);
        StoredCatalog b = node(store, folderOfB);
        a.publish(FINDER);

        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> b.publish(COUNTER.withAliases("faiss")))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));
    }

    @Test
    void aNameThatTwoNodesTookAtOnceStaysWithTheOneThatHadItHere() {
        StoredCatalog a = node(store, folderOfA);
        a.publish(FINDER);
        // as the other node would leave it if both had looked before either wrote
        new SolutionItems(store).save(COUNTER.withAliases("faiss"), clock.instant());
        new SolutionItems(store).save(
                SolutionDescriptor.of("zipper", "Zipper", "Zips.", "zip").withAliases("faiss"), clock.instant());

        refresh(a, 3);

        assertThat(a.require("faiss").id()).isEqualTo("finder");
        assertThat(a.entries()).extracting(CatalogEntry::id).containsExactly("counter", "finder", "zipper");
    }

    @Test
    void aProfileWhoseFileLiesOnAnotherNodeIsTakenFromTheStoreAndFollowsItsChanges() throws IOException {
        StoredCatalog a = node(store, folderOfA);
        StoredCatalog b = node(store, folderOfB);
        a.publish(FINDER);
        b.publish(FINDER);
        writeProfile(folderOfA, 7);
        a.reloadProfiles();
        a.assignProfile("finder", Optional.of("own"), "console");

        b.refresh();
        assertThat(amount(b)).isEqualTo(7);

        writeProfile(folderOfA, 81);
        a.reloadProfiles();
        b.refresh();
        assertThat(amount(b)).isEqualTo(81);
    }

    @Test
    void aRefreshThatFailsLeavesEverythingAndIsMadeUpFor() {
        StoredCatalog a = node(store, folderOfA);
        Breakable breakable = new Breakable(store);
        StoredCatalog b = node(breakable, folderOfB);
        b.publish(FINDER);
        a.publish(FINDER);
        a.assignProfile("finder", Optional.of("trial"), "console");
        breakable.broken = true;

        assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(b::refresh);
        assertThat(b.require("finder").tiers().get(0).validityDays()).isEmpty();

        breakable.broken = false;
        b.refresh();
        assertThat(b.require("finder").tiers().get(0).validityDays()).hasValue(15);
    }

    @Test
    void aChangeThatTheIndexShowsLateIsFoundByTheSecondLook() {
        StoredCatalog a = node(store, folderOfA);
        Breakable late = new Breakable(store);
        StoredCatalog b = node(late, folderOfB);
        late.indexEmpty = true;
        a.publish(FINDER);
        b.refresh();
        assertThat(b.find("finder")).isEmpty();

        late.indexEmpty = false;
        b.refresh();

        assertThat(b.find("finder")).isPresent();
        late.indexEmpty = true;
        a.publish(COUNTER);
        b.refresh();
        assertThat(b.find("finder")).as("known before, found by its key").isPresent();
    }

    @Test
    void dataThatAreReplacedAsAWholeAreReadAgainAtOnceAndWhatRunsStaysListed() {
        Replaceable replaceable = new Replaceable(new InMemoryStore(clock));
        StoredCatalog catalog = node(replaceable, folderOfA);
        List<String> soon = new ArrayList<>();
        replaceable.watch(Table.SOLUTIONS, catalog.watcher(() -> soon.add("refresh")));
        catalog.publish(FINDER);
        catalog.publish(COUNTER);
        catalog.assignProfile("finder", Optional.of("trial"), "console");
        catalog.withdraw("counter");
        assertThat(soon).as("own writes").isEmpty();

        replaceable.replaceBy(new InMemoryStore(clock));
        assertThat(soon).hasSize(1);
        catalog.refresh();

        assertThat(catalog.entries()).extracting(CatalogEntry::id).containsExactly("finder");
        assertThat(catalog.require("finder").available()).isTrue();
        assertThat(catalog.require("finder").tiers().get(0).validityDays()).as("not assigned in the other data").isEmpty();
        assertThat(node(replaceable, folderOfA).entries()).extracting(CatalogEntry::id).containsExactly("finder");
    }

    @Test
    void aWriteOfSomebodyElseInThisProcessAsksForOneRefresh() {
        InMemoryStore own = new InMemoryStore(clock);
        StoredCatalog catalog = node(own, folderOfA);
        List<String> soon = new ArrayList<>();
        own.watch(Table.SOLUTIONS, catalog.watcher(() -> soon.add("refresh")));
        catalog.publish(FINDER);

        own.put(new Item(new Key(Table.SOLUTIONS, "solution#finder", "profile"), Map.of("profile", "trial")));
        own.put(new Item(new Key(Table.SOLUTIONS, "solution#else", "profile"), Map.of("profile", "trial")));
        assertThat(soon).hasSize(1);
        catalog.refresh();

        assertThat(catalog.require("finder").tiers().get(0).validityDays()).hasValue(15);
    }

    @Test
    void aRestoreOnAnotherNodeIsNoticedByItsEpoch() {
        StoredCatalog a = node(store, folderOfA);
        a.publish(FINDER);
        refresh(a, 3);
        store.put(new Item(new Key(Table.SOLUTIONS, "solution#finder", "profile"), Map.of("profile", "trial")));
        a.refresh();
        assertThat(a.require("finder").tiers().get(0).validityDays()).as("no change was announced").isEmpty();

        store.update(StoreAdmin.EPOCH_KEY, Update.builder().add(StoreAdmin.EPOCH, 1).build(), Condition.NONE);
        a.refresh();

        assertThat(a.require("finder").tiers().get(0).validityDays()).hasValue(15);
    }

    private StoredCatalog node(Store over, Path folder) {
        return new StoredCatalog(new SolutionItems(over), new TierProfiles(over, new ProfileFolder(folder)),
                new RecordingAuditLog(clock), clock);
    }

    private static void refresh(StoredCatalog catalog, int times) {
        for (int i = 0; i < times; i++) {
            catalog.refresh();
        }
    }

    private static long amount(StoredCatalog catalog) {
        return catalog.require("finder").tiers().get(0).limits().get(0).amount();
    }

    private static void writeProfile(Path folder, int amount) throws IOException {
        Files.writeString(folder.resolve("own.json"), ("{\"name\": \"own\", \"tiers\": [{\"tier\": \"registered\","
                + " \"limits\": [{\"window\": \"lifetime\", \"amount\": %d}]}]}").formatted(amount));
    }

    private Store counting(Store inner) {
        return new ForwardingStore(inner) {
            @Override
            public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
                indexReads.incrementAndGet();
                return super.index(table, g1, prefix, limit, cursor);
            }
        };
    }

    /** A store that can fail, and an index that can be behind. */
    private static final class Breakable extends ForwardingStore {
        private boolean broken;
        private boolean indexEmpty;

        Breakable(Store inner) {
            super(inner);
        }

        @Override
        public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
            if (broken) {
                throw new StoreException.Unavailable("gone for a moment");
            }
            return indexEmpty ? new Page(List.of(), Optional.empty()) : super.index(table, g1, prefix, limit, cursor);
        }
    }

    /** Stands for an embedded store that a backup is restored into. */
    private static final class Replaceable extends ForwardingStore {
        private final WriteWatchers watchers = new WriteWatchers();
        private Store present;

        Replaceable(Store first) {
            super(first);
            present = first;
        }

        void replaceBy(Store other) {
            present = other;
            watchers.everything();
        }

        @Override
        public Optional<Item> get(Key key) {
            return present.get(key);
        }

        @Override
        public TransactResult transact(List<Write> writes) {
            TransactResult result = present.transact(writes);
            watchers.written(writes);
            return result;
        }

        @Override
        public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
            return present.index(table, g1, prefix, limit, cursor);
        }

        @Override
        public Registration watch(Table table, WriteWatcher watcher) {
            return watchers.add(table, watcher);
        }
    }
}
