package com.cloudnestle.marketplace.identity.internal.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.identity.internal.People;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.WriteWatcher;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredSuspensionsTest {

    private final People people = new People();
    private final Account ann = people.account("ann@example.com");
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void holdAtOnceOnThisNodeAndEndAtOnce() {
        assertThat(people.suspensions.suspended(ann.id())).isFalse();

        people.accounts.setSuspended(ann.id(), true, "test");
        assertThat(people.suspensions.suspended(ann.id())).isTrue();
        assertThat(people.suspensions.suspended(people.account("bob@example.com").id())).isFalse();

        people.accounts.setSuspended(ann.id(), false, "test");
        assertThat(people.suspensions.suspended(ann.id())).isFalse();
    }

    @Test
    void areSeenByANodeThatStartsLater() {
        people.accounts.setSuspended(ann.id(), true, "test");

        assertThat(new StoredSuspensions(people.store, nanos::get).suspended(ann.id())).isTrue();
    }

    @Test
    void costNoReadForWhoeverIsNotSuspended() {
        people.suspensions.suspended(ann.id());
        int reads = people.store.reads.get();

        for (int i = 0; i < 1_000; i++) {
            assertThat(people.suspensions.suspended("cus_" + i)).isFalse();
        }
        people.accounts.update(ann.id(), "Annabel", null);
        people.suspensions.suspended(ann.id());

        assertThat(people.store.reads.get() - reads).as("only what the update itself read").isLessThanOrEqualTo(1);
    }

    @Test
    void ofAnotherNodeAreSeenWithinTwoSeconds() {
        StoredSuspensions other = new StoredSuspensions(new OtherNode(people.store), nanos::get);
        assertThat(other.suspended(ann.id())).isFalse();
        people.accounts.setSuspended(ann.id(), true, "test");

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(other.suspended(ann.id())).isTrue();

        people.accounts.setSuspended(ann.id(), false, "test");
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(other.suspended(ann.id())).isFalse();
    }

    @Test
    void ofAnotherNodeGoOnWhileTheStoreIsDownAndOnesOwnAreNeverOverlooked() {
        OtherNode store = new OtherNode(people.store);
        StoredSuspensions other = new StoredSuspensions(store, nanos::get);
        people.accounts.setSuspended(ann.id(), true, "test");
        assertThat(other.suspended(ann.id())).isTrue();

        store.down = true;
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(other.suspended(ann.id())).isTrue();

        assertThat(store.watchers).hasSize(1);
        store.watchers.get(0).everything();
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> other.suspended(ann.id()));
    }

    @Test
    void endASessionThatACrashLeftOver() {
        NewSession session = people.signIn("ann@example.com", People.PASSWORD, People.from(1)).session();
        assertThat(people.sessions.authenticate(session.secret())).isPresent();

        people.items.change(ann.id(), now -> now.withSuspended(true)); // the first step of suspending, and no second

        assertThat(people.sessions.authenticate(session.secret())).isEmpty();
    }

    @Test
    void goWithAnErasedAccount() {
        people.accounts.setSuspended(ann.id(), true, "test");
        people.accounts.delete(ann.id(), "test");

        assertThat(people.suspensions.suspended(ann.id())).isFalse();
        assertThat(people.store.dump(Table.USERS)).doesNotContain(ann.id());
    }

    /** A node that hears of no write but its own. */
    private static final class OtherNode extends ForwardingStore {
        private final List<WriteWatcher> watchers = new java.util.ArrayList<>();
        private boolean down;

        OtherNode(Store inner) {
            super(inner);
        }

        @Override
        public boolean shared() {
            return true;
        }

        @Override
        public Registration watch(Table table, WriteWatcher watcher) {
            watchers.add(watcher);
            return () -> {};
        }

        @Override
        public Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
            if (down) {
                throw new StoreException.Unavailable("down");
            }
            return super.query(table, pk, prefix, reverse, limit, cursor);
        }
    }
}
