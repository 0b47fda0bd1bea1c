package com.cloudnestle.marketplace.identity.internal.account;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.internal.RecentItems;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Reads and changes accounts in the store, and counts the administrators in the same transactions. Thread-safe. */
@Component(service = AccountItems.class)
public final class AccountItems {

    private static final int KEPT = 50_000;
    private static final int MAX_TRIES = 50;
    /** How many administrators can sign in. */
    private static final Key ADMINS = new Key(Table.USERS, "role#ADMIN", "count");

    private static final String COUNT = "n";

    private final Store store;
    private final CustomerDirectory customers;
    private final RecentItems<StoredAccount> recent;

    @Activate
    public AccountItems(@Reference Store store, @Reference CustomerDirectory customers) {
        this(store, customers, System::nanoTime);
    }

    public AccountItems(Store store, CustomerDirectory customers, LongSupplier nanos) {
        this.store = store;
        this.customers = customers;
        recent = new RecentItems<>(store, Table.USERS, KEPT, nanos, StoredAccount::of);
    }

    @Deactivate
    public void close() {
        recent.close();
    }

    /** From memory if asked lately. */
    public Optional<StoredAccount> find(String accountId) {
        return Stored.uuid(accountId).flatMap(uuid -> recent.get(StoredAccount.key(uuid)));
    }

    /** As the store has it now. */
    public Optional<StoredAccount> read(String accountId) {
        return Stored.uuid(accountId).flatMap(uuid -> store.get(StoredAccount.key(uuid))).map(StoredAccount::of);
    }

    public StoredAccount require(String accountId) {
        return read(accountId).orElseThrow(Stored::noSuchCustomer);
    }

    public Optional<StoredAccount> findByEmail(EmailAddress email) {
        return customers.findByEmail(email).flatMap(customer -> read(customer.id()));
    }

    Page list(String prefix, int limit, @Nullable String cursor) {
        return store.index(Table.USERS, StoredAccount.INDEX, prefix, limit, cursor);
    }

    long administrators() {
        return store.get(ADMINS).map(item -> item.number(COUNT, 0)).orElse(0L);
    }

    /** The customer with this address, who may have been there before the account. */
    Customer customer(EmailAddress email) {
        return customers.findOrCreate(email);
    }

    /** @return whether it was made; not if the address has an account or a condition of {@code others} failed */
    boolean create(StoredAccount account, List<Write> others) {
        List<Write> writes = new ArrayList<>(others);
        writes.add(new Write.Change(account.key(), account.creation(), Condition.absent("accountId")));
        if (account.administers()) {
            // The first one only: later ones get the role from another.
            writes.add(new Write.Change(ADMINS, Update.builder().add(COUNT, 1).build(),
                    Condition.any(Condition.absent(COUNT), Condition.equal(COUNT, 0L))));
        }
        return store.transact(writes).applied();
    }

    /**
     * Changes an account as it is at that moment.
     *
     * @param change may be called more than once; throws to refuse
     */
    public StoredAccount change(String accountId, UnaryOperator<StoredAccount> change) {
        return change(accountId, change, List.of()).orElseThrow();
    }

    /** @return empty if a condition of {@code others} failed */
    public Optional<StoredAccount> change(String accountId, UnaryOperator<StoredAccount> change, List<Write> others) {
        for (int i = 0; i < MAX_TRIES; i++) {
            StoredAccount before = require(accountId);
            StoredAccount after = change.apply(before);
            List<Write> writes = new ArrayList<>();
            writes.add(new Write.Change(before.key(), after.changes(), unchanged(before)));
            count(before.administers(), after.administers()).ifPresent(writes::add);
            suspension(before.account(), after.account()).ifPresent(writes::add);
            writes.addAll(others);
            TransactResult result = store.transact(writes);
            if (result.applied()) {
                return Optional.of(after);
            }
            if (result.failure(0).isEmpty()) {
                requireAnotherAdministrator(writes, result);
                return Optional.empty();
            }
        }
        throw Stored.contested();
    }

    private static void requireAnotherAdministrator(List<Write> writes, TransactResult result) {
        if (result.failures().stream().anyMatch(failure -> writes.get(failure.index()).key().equals(ADMINS))) {
            throw new MarketplaceException(Problem.CONFLICT, "This is the last administrator; make another one first.");
        }
    }

    /** That somebody signs in, if what was proved still counts. Belongs into the transaction that makes the session. */
    public Write signIn(StoredAccount proved, Instant now) {
        return new Write.Change(proved.key(), Update.builder().set(StoredAccount.SIGNED_IN, now.toString()).build(),
                stillCounts(proved));
    }

    /** That what was proved still counts. */
    public Write check(StoredAccount proved) {
        return new Write.Check(proved.key(), stillCounts(proved));
    }

    private static Condition stillCounts(StoredAccount proved) {
        return Condition.all(Condition.equal(StoredAccount.EPOCH, proved.epoch()), Condition.equal(StoredAccount.SUSPENDED, 0L));
    }

    private static Optional<Write> suspension(Account before, Account after) {
        if (before.suspended() == after.suspended()) {
            return Optional.empty();
        }
        return Optional.of(after.suspended() ? StoredSuspensions.put(after.id()) : StoredSuspensions.delete(after.id()));
    }

    /** Forgets the person: account, customer and address. Doing it again is no error. */
    void erase(StoredAccount account) {
        String uuid = Stored.uuid(account.id()).orElseThrow();
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<StoredAccount> present = read(account.id());
            if (present.isEmpty()) {
                return;
            }
            List<Write> writes = new ArrayList<>();
            writes.add(new Write.Delete(account.key(), unchanged(present.get())));
            count(present.get().administers(), false).ifPresent(writes::add);
            writes.add(new Write.Delete(new Key(Table.USERS, "user#" + uuid, "profile"), Condition.NONE));
            writes.add(StoredSuspensions.delete(account.id()));
            writes.add(new Write.Delete(
                    new Key(Table.USERS, "email#" + Sha256.hex(account.account().email().value()), "unique"), Condition.NONE));
            TransactResult result = store.transact(writes);
            if (result.applied()) {
                return;
            }
            if (result.failure(0).isEmpty()) {
                requireAnotherAdministrator(writes, result);
            }
        }
        throw Stored.contested();
    }

    private static Condition unchanged(StoredAccount before) {
        return Condition.equal(StoredAccount.VERSION, before.version());
    }

    /** Somebody must be left who can let others in. */
    private static Optional<Write> count(boolean before, boolean after) {
        if (before == after) {
            return Optional.empty();
        }
        return Optional.of(after
                ? new Write.Change(ADMINS, Update.builder().add(COUNT, 1).build(), Condition.NONE)
                : new Write.Change(ADMINS, Update.builder().add(COUNT, -1).build(), Condition.atLeast(COUNT, 2)));
    }
}
