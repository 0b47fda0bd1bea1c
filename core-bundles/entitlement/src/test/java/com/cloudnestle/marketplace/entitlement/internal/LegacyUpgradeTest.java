package com.cloudnestle.marketplace.entitlement.internal;

import static com.cloudnestle.marketplace.entitlement.internal.OldWorld.FINDER;
import static com.cloudnestle.marketplace.entitlement.internal.OldWorld.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenState;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.InMemoryCarriedUsage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Entitlements exactly as the documents show them, at their first use. */
class LegacyUpgradeTest {

    private static final String REAL_ID = "7d9f4c1e-2b3a-4d5e-8f60-718293a4b5c6";

    private final OldWorld world = new OldWorld();

    @Test
    void theTokenOfAnEntitlementUnderAnAddressWorksWithTodaysCount() {
        OldWorld.Process process = world.with(OldItems.byEmail()).start();

        TokenHolder holder = process.tokens.authenticate(TOKEN);

        Entitlement entitlement = OldWorld.of(process, holder);
        assertThat(holder.email()).isEqualTo("user@example.com");
        assertThat(holder.solutionId()).isEqualTo(FINDER);
        assertThat(holder.expiresAt()).isEmpty();
        assertThat(entitlement.tier()).isEqualTo("registered");
        assertThat(entitlement.active()).isTrue();
        assertThat(entitlement.customerId()).isEqualTo(world.customers.require("user@example.com").id());
        assertThat(entitlement.createdAt()).isEqualTo(Instant.parse("2025-11-01T10:00:00Z"));
        assertThat(entitlement.since()).isEqualTo(entitlement.createdAt());
        assertThat(entitlement.updatedAt()).isEqualTo(Instant.parse("2025-11-23T09:30:00Z"));
        assertThat(world.carriedToday(entitlement)).isEqualTo(5);
        assertThat(world.data.get(OldItems.byEmail().key())).isEmpty();
        assertThat(world.audit.events()).containsExactly("entitlement.migrated");
    }

    @Test
    void theFirstFormatWithoutCountsWorks() {
        OldWorld.Process process = world.with(OldItems.byEmailFirst()).start();

        Entitlement entitlement = OldWorld.of(process, process.tokens.authenticate("tok_permanent_abc123"));

        assertThat(entitlement.tier()).isEqualTo("pro");
        assertThat(entitlement.email()).isEqualTo("email@example.com");
        assertThat(entitlement.updatedAt()).isEqualTo(entitlement.createdAt());
        assertThat(world.carriedToday(entitlement)).isZero();
    }

    @Test
    void anEntitlementUnderAnUnknownIdGetsAnAddressThatSaysSo() {
        OldWorld.Process process = world.with(OldItems.byId()).start();

        Entitlement entitlement = OldWorld.of(process, process.tokens.authenticate(TOKEN));

        assertThat(entitlement.email()).isEqualTo("uuid-123@legacy.invalid");
        assertThat(entitlement.active()).isTrue();
        assertThat(world.carriedToday(entitlement)).isEqualTo(5);
        assertThat(world.data.get(OldItems.byId().key())).isEmpty();
        assertThat(world.audit.entries().get(0).details()).containsEntry("address", "unknown");
    }

    @Test
    void anIdWithAnOldProfileBelongsToTheAddressInIt() {
        world.data.put(new Item(new Key(Table.USERS, "user#uuid-123", "account"), Map.of("user_email", "Ann@Example.com")));
        String ann = world.customers.findOrCreate("ann@example.com").id();
        OldWorld.Process process = world.with(OldItems.byId()).start();

        assertThat(process.tokens.authenticate(TOKEN).customerId()).isEqualTo(ann);
    }

    @Test
    void aRealUuidStaysTheCustomersIdAndTheKeyStays() {
        Item old = OldItems.at(OldItems.byId(), "user#" + REAL_ID, "solution#" + FINDER);
        OldWorld.Process process = world.with(old).start();

        Entitlement found = process.entitlements.find("cus_" + REAL_ID, FINDER).orElseThrow();

        assertThat(found.tier()).isEqualTo("registered");
        assertThat(world.carriedToday(found)).isEqualTo(5);
        assertThat(LegacyEntitlement.isOld(world.data.get(old.key()).orElseThrow())).isFalse();
        assertThat(process.tokens.authenticate(TOKEN).customerId()).isEqualTo("cus_" + REAL_ID);
    }

    @Test
    void aRealUuidThatIsACustomerAlreadyIsThatCustomer() {
        world.customers.adopt(UUID.fromString(REAL_ID), EmailAddress.parse("email", "ann@example.com"));
        OldWorld.Process process =
                world.with(OldItems.at(OldItems.byId(), "user#" + REAL_ID, "solution#" + FINDER)).start();

        assertThat(process.tokens.authenticate(TOKEN).email()).isEqualTo("ann@example.com");
    }

    @Test
    void idsThatDifferInCaseOnlyAreDifferentUsers() {
        OldWorld.Process process = world.with(
                OldItems.byId(),
                OldItems.with(OldItems.at(OldItems.byId(), "user#UUID-123", "solution#" + FINDER), "token", "other")).start();

        assertThat(process.tokens.authenticate(TOKEN).customerId())
                .isNotEqualTo(process.tokens.authenticate("other").customerId());
    }

    @Test
    void daysBeforeTodayGoIntoTheHistory() {
        Item old = OldItems.with(OldItems.byEmail(), "usage.daily_usage.2025-11-20", "7");
        OldWorld.Process process = world.with(old).start();

        Entitlement entitlement = OldWorld.of(process, process.tokens.authenticate(TOKEN));

        assertThat(world.carriedToday(entitlement)).isEqualTo(5);
        assertThat(InMemoryCarriedUsage.on(world.data, entitlement.customerId(), FINDER, "search",
                LocalDate.parse("2025-11-20"))).isEqualTo(7);
    }

    @Test
    void fieldsMayBeInTheOtherCase() {
        Item old = new Item(OldItems.byEmail().key(), Map.of("token", TOKEN, "solutionId", "finder", "accessTier", "pro",
                "createdAt", "2025-11-01T11:00:00.5+01:00", "dailyUsage", "4", "last_usage_date", "2025-11-23"));
        OldWorld.Process process = world.with(old).start();

        Entitlement entitlement = OldWorld.of(process, process.tokens.authenticate(TOKEN));

        assertThat(entitlement.tier()).isEqualTo("pro");
        assertThat(entitlement.createdAt()).isEqualTo(Instant.parse("2025-11-01T10:00:00.500Z"));
        assertThat(world.carriedToday(entitlement)).isEqualTo(4);
    }

    @Test
    void anAliasInTheKeyMeansItsSolution() {
        OldWorld.Process process = world.with(OldItems.at(OldItems.byEmail(), "user#user@example.com", "solution#finder")).start();

        assertThat(process.tokens.authenticate(TOKEN).solutionId()).isEqualTo(FINDER);
    }

    @Test
    void inactiveMeansSuspended() {
        OldWorld.Process process = world.with(OldItems.with(OldItems.byEmail(), "status", "inactive")).start();

        assertThat(OldWorld.of(process, process.tokens.authenticate(TOKEN)).active()).isFalse();
    }

    @Test
    void attributesThatMeanNothingHereAreKept() {
        OldWorld.Process process = world.with(OldItems.with(OldItems.byEmail(), "campaign", "spring")).start();

        TokenHolder holder = process.tokens.authenticate(TOKEN);

        Key key = EntitlementItem.key(EntitlementItem.partition(holder.customerId()).orElseThrow(), FINDER);
        assertThat(world.data.get(key).orElseThrow().string("legacy.campaign")).contains("spring");
    }

    @Test
    void aCustomerWhoIsLookedForBeforeTheTokenIsUsedKeepsTheOldTier() {
        OldWorld.Process process = world.with(OldItems.byEmailFirst()).start();
        String customer = world.customers.findOrCreate("email@example.com").id();

        assertThat(process.entitlements.grant(customer, "faiss", "registered", "admin").tier()).isEqualTo("pro");
        assertThat(process.entitlements.find(customer, "faiss").orElseThrow().tier()).isEqualTo("pro");
    }

    @Test
    void anAddressInCapitalsIsFoundToo() {
        Item old = OldItems.at(OldItems.with(OldItems.byEmailFirst(), "user_email", null), "user#Email@Example.COM",
                "solution#faiss");
        OldWorld.Process process = world.with(old).start();

        String customer = world.customers.findOrCreate("email@example.com").id();

        assertThat(process.entitlements.find(customer, "faiss").orElseThrow().tier()).isEqualTo("pro");
    }

    @Test
    void aNewTokenIsMadeBesideTheOldOneWhichWorksOn() {
        OldWorld.Process process = world.with(OldItems.byEmail()).start();
        String customer = world.customers.findOrCreate("user@example.com").id();

        IssuedToken issued = process.tokens.issue(customer, FINDER, "admin");

        assertThat(issued.newlyMade()).isTrue();
        assertThat(issued.token()).startsWith("tok_permanent_");
        assertThat(process.tokens.authenticate(TOKEN).customerId()).isEqualTo(customer);
        assertThat(process.tokens.issue(customer, FINDER, "admin").token()).isEqualTo(issued.token());
        assertThat(process.tokens.inspect(TOKEN).orElseThrow().state()).isEqualTo(TokenState.ACTIVE);
    }

    @Test
    void revokingAllRevokesTheOldTokenToo() {
        OldWorld.Process process = world.with(OldItems.byEmail()).start();
        String customer = world.customers.findOrCreate("user@example.com").id();
        process.tokens.issue(customer, FINDER, "admin");

        process.tokens.revokeAll(customer, FINDER, "admin");

        assertThat(process.tokens.inspect(TOKEN).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void theOldTokenCanBeRevokedAndRefreshedLikeAnyOther() {
        OldWorld.Process process = world.with(OldItems.byEmail()).start();

        assertThat(process.tokens.refresh(TOKEN).token()).isEqualTo(TOKEN);
        process.tokens.revoke(TOKEN, "admin");

        assertThat(process.tokens.inspect(TOKEN).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void aNewEntitlementOfTheCustomerIsKeptAndTheOldTokenWorksForIt() {
        world.with(OldItems.with(OldItems.byEmail(), "access_tier", "pro"));
        String customer = world.customers.findOrCreate("user@example.com").id();
        OldWorld empty = new OldWorld();
        OldWorld.Process before = empty.start();
        empty.customers.adopt(UUID.fromString(customer.substring(4)), EmailAddress.parse("email", "user@example.com"));
        before.entitlements.grant(customer, FINDER, "registered", "admin");
        Key key = EntitlementItem.key(EntitlementItem.partition(customer).orElseThrow(), FINDER);
        world.with(empty.data.get(key).orElseThrow());
        OldWorld.Process process = world.start();
        IssuedToken current = process.tokens.issue(customer, FINDER, "admin");

        assertThat(process.tokens.authenticate(TOKEN).customerId()).isEqualTo(customer);

        Entitlement kept = process.entitlements.find(customer, FINDER).orElseThrow();
        assertThat(kept.tier()).isEqualTo("registered");
        assertThat(process.tokens.issue(customer, FINDER, "admin").token()).isEqualTo(current.token());
        assertThat(world.carriedToday(kept)).isEqualTo(5);
        assertThat(world.audit.entries()).filteredOn(entry -> entry.event().equals("entitlement.migrated"))
                .singleElement().satisfies(entry -> assertThat(entry.details()).containsEntry("oldTier", "pro"));
        process.tokens.revokeAll(customer, FINDER, "admin");
        assertThat(process.tokens.inspect(TOKEN).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void aLeftoverUnderTheAddressDoesNotBringItsStaleCount() {
        world.data.put(new Item(new Key(Table.USERS, "user#uuid-123", "profile"), Map.of("email", "user@example.com")));
        Item stale = OldItems.with(OldItems.byEmail(), "usage.daily_usage.2025-11-23", 2L);
        OldWorld.Process process = world.with(stale, OldItems.byId()).start();
        String customer = world.customers.findOrCreate("user@example.com").id();

        Entitlement entitlement = process.entitlements.find(customer, FINDER).orElseThrow();

        assertThat(world.carriedToday(entitlement)).isEqualTo(5);
        assertThat(world.data.get(stale.key())).isEmpty();
        assertThat(world.data.get(OldItems.byId().key())).isEmpty();
    }

    @Test
    void aSecondOldEntitlementOfTheCustomerCountsToo() {
        Item other = OldItems.with(OldItems.with(OldItems.byEmail(), "token", "other"), "usage.daily_usage.2025-11-23", 2L);
        world.data.put(new Item(new Key(Table.USERS, "user#uuid-123", "profile"), Map.of("email", "user@example.com")));
        OldWorld.Process process = world.with(OldItems.byId(), other).start();

        String customer = process.tokens.authenticate(TOKEN).customerId();

        assertThat(process.tokens.authenticate("other").customerId()).isEqualTo(customer);
        assertThat(world.carriedToday(process.entitlements.find(customer, FINDER).orElseThrow())).isEqualTo(5 + 2);
    }

    @Test
    void manyDaysOfHistoryAreFewWrites() {
        Item old = OldItems.byEmail();
        for (int day = 0; day < 300; day++) {
            old = OldItems.with(old, "usage.daily_usage." + LocalDate.parse("2025-11-22").minusDays(day), day + 1L);
        }
        CountingStore counting = new CountingStore(world.with(old).data);
        OldWorld.Process process = world.new Process(counting).started();

        Entitlement entitlement = OldWorld.of(process, process.tokens.authenticate(TOKEN));

        assertThat(counting.writes).hasValueLessThanOrEqualTo(300 / 25 + 1);
        assertThat(InMemoryCarriedUsage.on(world.data, entitlement.customerId(), FINDER, "search",
                LocalDate.parse("2025-11-22").minusDays(299))).isEqualTo(300);
    }

    @Test
    void listsUpgradeWhatTheyMeetAndLeaveOutWhatCannotBeRead() {
        String id = "user#" + REAL_ID;
        world.with(
                OldItems.at(OldItems.byId(), id, "solution#" + FINDER),
                OldItems.at(OldItems.with(OldItems.byEmailFirst(), "access_tier", "gold"), id, "solution#faiss"));
        OldWorld.Process process = world.start();

        assertThat(process.entitlements.ofCustomer("cus_" + REAL_ID)).extracting(Entitlement::solutionId).containsExactly(FINDER);
        assertThat(process.entitlements.ofSolution(FINDER, 10, null).entitlements()).hasSize(1);
    }

    @Test
    void theListOfACustomerHasWhatLiesUnderTheAddress() {
        OldWorld.Process process = world.with(OldItems.byEmail()).start();
        String customer = world.customers.findOrCreate("user@example.com").id();

        assertThat(process.entitlements.ofCustomer(customer)).extracting(Entitlement::solutionId).containsExactly(FINDER);
    }
}
