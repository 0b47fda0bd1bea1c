package com.cloudnestle.marketplace.identity.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.UserKeys;
import com.cloudnestle.marketplace.identity.UserKeys.IssuedKey;
import com.cloudnestle.marketplace.identity.internal.Errands;
import com.cloudnestle.marketplace.identity.internal.People;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryEntitlements;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import com.cloudnestle.marketplace.testing.UserKeysContract;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredUserKeysTest extends UserKeysContract {

    private final People people = new People();
    private final InMemoryCatalog catalog = InMemoryCatalog.of(SolutionDescriptor.of("finder", "Finder", "Finds.", "search"));
    private final EntitlementService entitlements =
            new InMemoryEntitlements(catalog, people.customers, people.audit, people.clock);
    private final String ann = people.account("ann@example.com").id();
    private final StoredUserKeys keys = new StoredUserKeys(
            new KeyItems(people.store, people.clock, Runnable::run, () -> 0), entitlements, catalog, people.suspensions,
            people.audit, people.clock);

    @Override
    protected UserKeys keys(EntitlementService granted, CatalogService solutions, InstantSource clock) {
        KeyItems items = new KeyItems(new InMemoryStore(clock), clock, new Errands(Runnable::run), () -> 0);
        return new StoredUserKeys(items, granted, solutions, customer -> false, new RecordingAuditLog(clock), clock);
    }

    private IssuedKey issue() {
        entitlements.grant(ann, "finder", "registered", "test");
        return keys.issue(ann, "finder", "laptop", Set.of(), Optional.empty());
    }

    @Test
    void hasAChecksumThatFindsEveryChangedCharacter() {
        String key = UserSecret.next();
        assertThat(UserSecret.wellFormed(key)).isTrue();
        for (int i = UserKeys.PREFIX.length(); i < key.length(); i++) {
            char other = key.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(UserSecret.wellFormed(key.substring(0, i) + other + key.substring(i + 1))).as("position %d", i).isFalse();
        }
        assertThat(UserSecret.wellFormed(key.substring(0, key.length() - 1))).isFalse();
    }

    @Test
    void isNotLookedForWhenItsChecksumIsWrong() {
        issue();
        int reads = people.store.reads.get();

        People.refused(Problem.CREDENTIALS_INVALID, () -> keys.authenticate("cnk_" + "0".repeat(38)));

        assertThat(people.store.reads).hasValue(reads);
    }

    @Test
    void isCheckedWithoutReadsAndMarkedOnceAnHour() {
        String secret = issue().secret();
        keys.authenticate(secret);
        keys.authenticate(secret); // reads its own mark
        int reads = people.store.reads.get();
        int writes = people.store.writes.get();

        for (int i = 0; i < 1_000; i++) {
            keys.authenticate(secret);
        }
        assertThat(people.store.reads).hasValue(reads);
        assertThat(people.store.writes).hasValue(writes);

        people.clock.advance(Duration.ofHours(1));
        keys.authenticate(secret);
        assertThat(keys.ofCustomer(ann).get(0).usedAt()).contains(People.START.plus(Duration.ofHours(1)));
    }

    @Test
    void saysNotWhetherAKeyIsUnknownOrWasRevokedButThatItExpired() {
        IssuedKey revoked = issue();
        keys.revoke(ann, revoked.info().id(), ann);
        String unknown = UserSecret.next();

        String first = message(revoked.secret());
        assertThat(first).isEqualTo(message(unknown));
        IssuedKey expiring = keys.issue(ann, "finder", "x", Set.of(), Optional.of(People.START.plusSeconds(1)));
        people.clock.advance(Duration.ofSeconds(1));
        assertThat(message(expiring.secret())).contains("expired");
        assertThat(message("cnk_x")).contains("cut off");
    }

    private String message(String key) {
        try {
            return keys.authenticate(key).toString();
        } catch (MarketplaceException e) {
            return e.getMessage();
        }
    }

    @Test
    void makesNoTwentyFirstBesideAnother() {
        for (int i = 0; i < 19; i++) {
            issue();
        }
        ContestedStore contested = new ContestedStore(people.store);
        contested.beforeNextWrite(this::issue);
        StoredUserKeys slow = new StoredUserKeys(
                new KeyItems(contested, people.clock, Runnable::run, () -> 0), entitlements, catalog, people.suspensions,
            people.audit, people.clock);

        People.refused(Problem.CONFLICT, () -> slow.issue(ann, "finder", "x", Set.of(), Optional.empty()));

        assertThat(keys.ofCustomer(ann)).hasSize(20);
    }

    @Test
    void refusesActionsTheSolutionDoesNotHave() {
        issue();

        People.refused(Problem.INVALID_FIELD,
                () -> keys.issue(ann, "finder", "x", Set.of("search", "drop"), Optional.empty()));
    }

    @Test
    void keepsAndRecordsNoSecret() {
        IssuedKey issued = issue();
        keys.rotate(ann, issued.info().id(), Duration.ofDays(1));

        assertThat(people.store.dump(Table.API_KEYS)).contains(issued.info().id()).doesNotContain(issued.secret());
        assertThat(people.audit.events()).endsWith("key.issued", "key.rotated");
        assertThat(people.audit.entries().toString()).doesNotContain(issued.secret());
        assertThat(keys.export(ann)).contains(issued.info().hint().substring(0, 8)).doesNotContain(issued.secret());
    }

    @Test
    void forgetsOneThatEndedAfterAMonth() {
        keys.revoke(ann, issue().info().id(), ann);

        people.clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(keys.ofCustomer(ann)).hasSize(1);
        people.clock.advance(Duration.ofSeconds(1));
        assertThat(keys.ofCustomer(ann)).isEmpty();
    }

    @Test
    void restsWhileItsPersonIsSuspended() {
        String secret = issue().secret();
        keys.authenticate(secret);

        people.accounts.setSuspended(ann, true, "test");
        People.refused(Problem.ENTITLEMENT_SUSPENDED, () -> keys.authenticate(secret));

        people.accounts.setSuspended(ann, false, "test");
        assertThat(keys.authenticate(secret).customerId()).isEqualTo(ann);
    }

    @Test
    void goesWithItsPerson() {
        IssuedKey issued = issue();
        keys.authenticate(issued.secret());
        people.parts.add(keys);

        people.accounts.delete(ann, ann);

        People.refused(Problem.CREDENTIALS_INVALID, () -> keys.authenticate(issued.secret()));
        assertThat(people.store.dump(Table.API_KEYS)).doesNotContain(issued.info().id());
    }
}
