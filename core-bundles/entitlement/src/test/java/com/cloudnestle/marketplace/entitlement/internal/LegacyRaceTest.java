package com.cloudnestle.marketplace.entitlement.internal;

import static com.cloudnestle.marketplace.entitlement.internal.OldWorld.FINDER;
import static com.cloudnestle.marketplace.entitlement.internal.OldWorld.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.InMemoryCarriedUsage;
import com.cloudnestle.marketplace.testing.Together;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No count is lost or doubled, whoever writes meanwhile and wherever it breaks off. */
class LegacyRaceTest {

    private final OldWorld world = new OldWorld();

    /** Acts around the one transaction that moves an entitlement. */
    private static final class Upset extends ForwardingStore {
        private @Nullable Runnable before;
        private @Nullable RuntimeException instead;
        private @Nullable RuntimeException after;

        private Upset(Store store) {
            super(store);
        }

        @Override
        public TransactResult transact(List<Write> writes) {
            if (writes.stream().noneMatch(write -> write.key().table() == Table.ENTITLEMENTS)) {
                return super.transact(writes);
            }
            Runnable rival = before;
            before = null;
            if (rival != null) {
                rival.run();
            }
            RuntimeException lost = instead;
            instead = null;
            if (lost != null) {
                throw lost;
            }
            TransactResult result = super.transact(writes);
            RuntimeException reply = after;
            after = null;
            if (reply != null) {
                throw reply;
            }
            return result;
        }
    }

    private final Upset store = new Upset(world.data);

    @Test
    void whatOlderSoftwareCountsBetweenReadingAndWritingCounts() {
        oldSoftwareCounts(OldItems.byEmail(), old -> OldItems.with(old, "usage.daily_usage.2025-11-23", 6L), 6);
    }

    @Test
    void theFirstCountOfADayCountsToo() {
        Item none = OldItems.with(OldItems.byEmail(), "usage.daily_usage.2025-11-23", null);

        oldSoftwareCounts(none, old -> OldItems.with(old, "usage.daily_usage.2025-11-23", 1L), 1);
    }

    @Test
    void theCountOfADayAloneCountsToo() {
        oldSoftwareCounts(OldItems.byId(), old -> OldItems.with(old, "dailyUsage", 6L), 6);
    }

    @Test
    void theFirstCountUnderAnIdCountsToo() {
        Item none = OldItems.with(OldItems.with(OldItems.byId(), "dailyUsage", null), "lastUsageDate", null);

        oldSoftwareCounts(none, old -> OldItems.byId(), 5);
    }

    private void oldSoftwareCounts(Item stored, UnaryOperator<Item> count, long expected) {
        OldWorld.Process process = started(stored);
        store.before = () -> world.data.put(count.apply(stored));

        Entitlement entitlement = OldWorld.of(process, process.tokens.authenticate(TOKEN));

        assertThat(world.carriedToday(entitlement)).isEqualTo(expected);
        assertThat(world.audit.events()).containsExactly("entitlement.migrated");
    }

    @Test
    void aTierThatOlderSoftwareChangesMeanwhileHolds() {
        OldWorld.Process process = started(OldItems.byEmail());
        store.before = () -> world.data.put(OldItems.with(OldItems.byEmail(), "access_tier", "pro"));

        assertThat(OldWorld.of(process, process.tokens.authenticate(TOKEN)).tier()).isEqualTo("pro");
    }

    @Test
    void anItemThatSomebodyElseUpgradedMeanwhileIsUpgradedOnce() {
        OldWorld.Process process = started(OldItems.byEmail());
        OldWorld.Process rival = world.start();
        store.before = () -> rival.tokens.authenticate(TOKEN);

        Entitlement entitlement = OldWorld.of(process, process.tokens.authenticate(TOKEN));

        assertThat(world.carriedToday(entitlement)).isEqualTo(5);
        assertThat(world.audit.events()).containsExactly("entitlement.migrated");
    }

    @Test
    void afterACrashBeforeTheTransactionTheSameCountsAreTakenOver() {
        OldWorld.Process process = started(OldItems.byEmail());
        store.instead = new StoreException.Unavailable("gone");

        assertThatThrownBy(() -> process.tokens.authenticate(TOKEN)).isInstanceOf(StoreException.Unavailable.class);

        assertThat(world.data.get(OldItems.byEmail().key())).contains(OldItems.byEmail());
        takesOverOnce();
    }

    @Test
    void afterALostReplyToTheTransactionTheSameCountsAreTakenOver() {
        OldWorld.Process process = started(OldItems.byEmail());
        store.after = new StoreException.OutcomeUnknown("no reply", new IllegalStateException());

        assertThatThrownBy(() -> process.tokens.authenticate(TOKEN)).isInstanceOf(StoreException.OutcomeUnknown.class);

        assertThat(OldWorld.of(process, process.tokens.authenticate(TOKEN)).tier()).isEqualTo("registered");
        takesOverOnce();
    }

    private void takesOverOnce() {
        OldWorld.Process restarted = world.start();
        TokenHolder holder = restarted.tokens.authenticate(TOKEN);
        assertThat(world.carriedToday(OldWorld.of(restarted, holder))).isEqualTo(5);
        assertThat(world.data.scan(Table.ENTITLEMENTS, 100, null).items()).hasSize(1);
        assertThat(world.data.scan(Table.TOKENS, 100, null).items()).hasSize(1);
    }

    @Test
    void aCountThatBeganMeanwhileIsCountedBesideTheOldOne() {
        OldWorld.Process process = started(OldItems.byEmail());
        String customer = world.customers.findOrCreate("user@example.com").id();
        Item counted = new Item(InMemoryCarriedUsage.counterKey(customer, FINDER, "search"), Map.of("today", 8L));
        store.before = () -> world.data.put(counted);

        Entitlement entitlement = OldWorld.of(process, process.tokens.authenticate(TOKEN));

        assertThat(world.carriedToday(entitlement)).isEqualTo(8 + 5);
        assertThat(world.audit.entries().get(0).details()).containsEntry("unitsCarried", "5");
    }

    @Test
    void aUnitThatIsCountedBetweenReadingTheCounterAndWritingItIsKept() {
        OldWorld.Process process = started(OldItems.byEmail());
        String customer = world.customers.findOrCreate("user@example.com").id();
        Key counter = InMemoryCarriedUsage.counterKey(customer, FINDER, "search");
        world.data.put(new Item(counter, Map.of("today", 8L)));
        store.before = () -> world.data.put(new Item(counter, Map.of("today", 9L)));

        Entitlement entitlement = OldWorld.of(process, process.tokens.authenticate(TOKEN));

        assertThat(world.carriedToday(entitlement)).isEqualTo(9 + 5);
    }

    @Test
    void manyFirstUsesUpgradeOnce() {
        OldWorld.Process process = started(OldItems.byEmail());

        List<TokenHolder> holders = Together.run(64, () -> process.tokens.authenticate(TOKEN));

        assertThat(holders).hasSize(64).containsOnly(holders.get(0));
        assertThat(world.carriedToday(OldWorld.of(process, holders.get(0)))).isEqualTo(5);
        assertThat(world.audit.events()).containsExactly("entitlement.migrated");
        assertThat(world.data.scan(Table.ENTITLEMENTS, 100, null).items()).hasSize(1);
    }

    @Test
    void nobodyIsToldThatATokenIsUnknownBeforeAllIsLookedThrough() {
        world.with(OldItems.byEmail());
        OldWorld.Process process = world.new Process(world.data);

        assertThat(process.legacy.problem()).isPresent();
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> process.tokens.authenticate("tok_permanent_x"))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.STORE_UNAVAILABLE))
                .withMessageContaining("older software");

        process.started();

        assertThat(process.legacy.problem()).isEmpty();
        assertThat(process.tokens.authenticate(TOKEN).email()).isEqualTo("user@example.com");
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> process.tokens.authenticate("tok_permanent_x"))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.TOKEN_UNKNOWN));
    }

    @Test
    void whatOlderSoftwareAddsLaterIsFoundByTheNextPass() {
        OldWorld.Process process = started(OldItems.byEmailFirst());
        world.with(OldItems.byEmail());
        assertThatThrownBy(() -> process.tokens.authenticate(TOKEN)).isInstanceOf(MarketplaceException.class);

        process.started();

        assertThat(process.tokens.authenticate(TOKEN).email()).isEqualTo("user@example.com");
    }

    @Test
    void aStoreWithNothingOldIsNotLookedThroughAgain() {
        world.start();
        world.with(OldItems.byEmail()); // not expected any more: only a migration finds it

        OldWorld.Process next = world.start();

        assertThat(next.legacy.index().done()).isTrue();
        assertThat(next.legacy.problem()).isEmpty();
    }

    @Test
    @Timeout(120)
    void oldDataThatAnImportBringsIsLookedFor() {
        OldWorld.Process process = world.start();
        String customer = world.customers.findOrCreate("email@example.com").id();
        assertThat(process.legacy.index().done()).isTrue();
        assertThat(process.entitlements.find(customer, "faiss")).isEmpty();
        assertThatThrownBy(() -> process.tokens.authenticate(TOKEN)).hasMessageContaining("not known");

        world.with(OldItems.byEmail(), OldItems.byEmailFirst());
        world.data.update(StoreAdmin.EPOCH_KEY, Update.builder().add(StoreAdmin.EPOCH, 1).build(), Condition.NONE);

        while (process.legacy.problem().isPresent()) {
            LockSupport.parkNanos(100_000); // until its own thread has looked through all
        }
        assertThat(process.tokens.authenticate(TOKEN).email()).isEqualTo("user@example.com");
        assertThat(process.entitlements.find(customer, "faiss").orElseThrow().tier()).isEqualTo("pro");
    }

    private OldWorld.Process started(Item item) {
        world.with(item);
        return world.new Process(store).started();
    }
}
