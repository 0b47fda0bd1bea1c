package com.cloudnestle.marketplace.entitlement.internal;

import static com.cloudnestle.marketplace.entitlement.internal.OldWorld.FINDER;
import static com.cloudnestle.marketplace.entitlement.internal.OldWorld.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.internal.FixedWindowQuotaService;
import com.cloudnestle.marketplace.quota.internal.QuotaEngine;
import com.cloudnestle.marketplace.quota.internal.QuotaSettings;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.testing.FixedNodes;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What older software counted is honoured by the product's own quota engine, from the first decision on. Ten a day are allowed. */
interface TakenOverCounts {

    int LIMIT = 10;

    /** Over a store without data, with the product's way of carrying counts over. */
    OldWorld world();

    /** One process with an engine. */
    record Node(OldWorld.Process process, QuotaEngine engine, QuotaService quotas) {

        static Node over(OldWorld world, Store store) {
            OldWorld.Process process = world.new Process(store).started();
            QuotaEngine engine = QuotaEngine.create(store, world.catalog, process.entitlements, world.audit,
                    new FixedNodes(), world.clock, QuotaSettings.defaults());
            return new Node(process, engine, FixedWindowQuotaService.of(engine));
        }

        /** As the validating endpoint does it: the token, then the decision. */
        boolean allowed(String token) {
            TokenHolder holder = process.tokens.authenticate(token);
            Decision decision = quotas.decide(
                    AccessRequest.one(new Subject.User(holder.customerId()), holder.solutionId(), "search"));
            return decision instanceof Decision.Allowed;
        }

        int allowedOf(int calls, String token) {
            int allowed = 0;
            for (int i = 0; i < calls; i++) {
                allowed += allowed(token) ? 1 : 0;
            }
            return allowed;
        }
    }

    private static Node over(OldWorld world) {
        return Node.over(world, world.data);
    }

    @Test
    default void countsByDayUnderAnAddress() {
        OldWorld world = world().with(OldItems.byEmail());
        Node node = over(world);

        assertThat(node.allowedOf(2 * LIMIT, TOKEN)).isEqualTo(LIMIT - 5);
        world.clock.advance(Duration.ofHours(12));
        assertThat(node.allowedOf(2 * LIMIT, TOKEN)).as("on the next day").isEqualTo(LIMIT);
    }

    @Test
    default void theCountOfADayUnderAnId() {
        OldWorld world = world().with(OldItems.byId());
        Node node = over(world);

        assertThat(node.allowedOf(2 * LIMIT, TOKEN)).isEqualTo(LIMIT - 5);
        world.clock.advance(Duration.ofHours(12));
        assertThat(node.allowedOf(2 * LIMIT, TOKEN)).as("on the next day").isEqualTo(LIMIT);
    }

    @Test
    default void yesterdaysCountIsNotTodays() {
        OldWorld world = world().with(OldItems.with(OldItems.byId(), "lastUsageDate", "2025-11-22"));

        assertThat(over(world).allowedOf(2 * LIMIT, TOKEN)).isEqualTo(LIMIT);
    }

    @Test
    default void theFirstFormatHasCountedNothing() {
        Item old = OldItems.with(OldItems.with(OldItems.byEmailFirst(), "access_tier", "registered"), "solution_id", FINDER);
        Node node = over(world().with(OldItems.at(old, old.key().pk(), "solution#" + FINDER)));

        assertThat(node.allowedOf(2 * LIMIT, "tok_permanent_abc123")).isEqualTo(LIMIT);
    }

    @Test
    default void manyFirstUsesAtOnceGetExactlyWhatIsLeft() {
        Node node = over(world().with(OldItems.byEmail()));

        List<Boolean> allowed = Together.run(32, () -> node.allowed(TOKEN));

        assertThat(allowed).filteredOn(each -> each).hasSize(LIMIT - 5);
    }

    @Test
    default void aCountThatOlderSoftwareMakesMeanwhileCounts() {
        assertThat(leftWhenMeanwhile(OldItems.byEmail(), OldItems.with(OldItems.byEmail(), "usage.daily_usage.2025-11-23", 6L)))
                .isEqualTo(LIMIT - 6);
    }

    @Test
    default void theFirstCountOfADayThatOlderSoftwareMakesMeanwhileCounts() {
        Item before = OldItems.with(
                OldItems.with(OldItems.byEmail(), "usage.daily_usage.2025-11-23", null), "usage.daily_usage.2025-11-22", 9L);

        assertThat(leftWhenMeanwhile(before, OldItems.with(before, "usage.daily_usage.2025-11-23", 1L))).isEqualTo(LIMIT - 1);
    }

    @Test
    default void theFirstCountUnderAnIdThatOlderSoftwareMakesMeanwhileCounts() {
        Item before = OldItems.with(OldItems.with(OldItems.byId(), "dailyUsage", null), "lastUsageDate", null);

        assertThat(leftWhenMeanwhile(before, OldItems.byId())).isEqualTo(LIMIT - 5);
    }

    private int leftWhenMeanwhile(Item before, Item after) {
        OldWorld world = world().with(before);
        AtomicReference<Optional<Item>> meanwhile = new AtomicReference<>(Optional.of(after));
        Node node = Node.over(world, new ForwardingStore(world.data) {
            @Override
            public TransactResult transact(List<Write> writes) {
                if (writes.stream().anyMatch(write -> write.key().equals(before.key()))) {
                    meanwhile.getAndSet(Optional.empty()).ifPresent(world.data::put);
                }
                return super.transact(writes);
            }
        });
        int allowed = node.allowedOf(2 * LIMIT, TOKEN);
        assertThat(meanwhile.get()).isEmpty();
        return allowed;
    }

    @Test
    default void unitsThatWereTakenHereAlreadyCountBesideTheOldOnes() {
        OldWorld world = world().with(OldItems.byEmailFirst()); // so that it is not taken for free of old ones
        String customer = world.customers.findOrCreate("user@example.com").id();
        Node node = over(world);
        node.process().entitlements.grant(customer, FINDER, "registered", "admin");
        String token = node.process().tokens.issue(customer, FINDER, "admin").token();
        assertThat(node.allowedOf(3, token)).isEqualTo(3);
        world.with(OldItems.byEmail());
        node.process().started();

        assertThat(node.allowedOf(LIMIT, TOKEN)).isEqualTo(LIMIT - 3 - 5);
        assertThat(node.allowed(token)).isFalse();
    }

    @Test
    default void anOldCountFromADayBeforeTheNewOnesIsAddedToTheDayItCounts() {
        OldWorld world = world().with(OldItems.byEmailFirst());
        String customer = world.customers.findOrCreate("user@example.com").id();
        Node node = over(world);
        node.process().entitlements.grant(customer, FINDER, "registered", "admin");
        String token = node.process().tokens.issue(customer, FINDER, "admin").token();
        assertThat(node.allowedOf(3, token)).isEqualTo(3);
        world.clock.advance(Duration.ofHours(12));
        world.with(OldItems.with(OldItems.byEmail(), "usage.daily_usage.2025-11-24", 4L));
        node.process().started();

        assertThat(node.allowedOf(2 * LIMIT, TOKEN)).isEqualTo(LIMIT - 4);
    }

    /** Everything that an item can have under all of its names at once, counted on every day of three years. */
    @Test
    default void theLargestConditionFitsIntoARequest() {
        Map<String, Object> attributes = new HashMap<>(Map.of("token", TOKEN, "status", "active", "campaign", "spring"));
        for (String name : List.of("access_tier", "accessTier")) {
            attributes.put(name, "registered");
        }
        for (String name : List.of("solution_id", "solutionId")) {
            attributes.put(name, FINDER);
        }
        for (String name : List.of("user_email", "userEmail", "email")) {
            attributes.put(name, "user@example.com");
        }
        for (String name : List.of("created_at", "createdAt", "updated_at", "updatedAt")) {
            attributes.put(name, "2022-11-01T10:00:00.000000Z");
        }
        attributes.put("lastUsageDate", "2025-11-23");
        attributes.put("last_usage_date", "2025-11-23");
        for (int day = 0; day < 3 * 365; day++) {
            for (String map : List.of("usage.daily_usage.", "usage.dailyUsage.", "daily_usage.", "dailyUsage.")) {
                attributes.put(map + LocalDate.parse("2025-11-23").minusDays(day), 7L);
            }
        }
        Node node = over(world().with(new Item(OldItems.byEmail().key(), attributes)));

        assertThat(node.allowedOf(2 * LIMIT, TOKEN)).isEqualTo(LIMIT - 7);
    }

    /** The longest absences: maps with old days only, so that each of three days is compared as missing in each. */
    @Test
    default void theLongestAbsencesFitIntoARequest() {
        Map<String, Object> attributes = new HashMap<>(Map.of("token", TOKEN, "access_tier", "registered",
                "created_at", "2022-11-01T10:00:00Z"));
        for (int day = 2; day < 42; day++) {
            for (String map : List.of("usage.daily_usage.", "usage.dailyUsage.", "daily_usage.", "dailyUsage.")) {
                attributes.put(map + LocalDate.parse("2025-11-23").minusDays(day), 7L);
            }
        }
        Node node = over(world().with(new Item(new Key(Table.ENTITLEMENTS, "user#user@example.com",
                "solution#" + FINDER), attributes)));

        assertThat(node.allowedOf(2 * LIMIT, TOKEN)).isEqualTo(LIMIT);
    }
}
