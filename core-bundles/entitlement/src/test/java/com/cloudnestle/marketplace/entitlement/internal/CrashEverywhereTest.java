package com.cloudnestle.marketplace.entitlement.internal;

import static com.cloudnestle.marketplace.entitlement.internal.OldWorld.FINDER;
import static com.cloudnestle.marketplace.entitlement.internal.OldWorld.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.MigrationReport;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.InMemoryCarriedUsage;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process is killed at every single call it makes to the store; the next one finds nothing lost and nothing twice. */
class CrashEverywhereTest {

    private static final LocalDate BEFORE = LocalDate.parse("2025-11-20");
    private static final String ID = "7d9f4c1e-2b3a-4d5e-8f60-718293a4b5c6";
    private static final int ENDLESS = 10_000;

    @ParameterizedTest
    @EnumSource
    void atTheFirstUseUnderAnAddress(DyingStore.Last last) {
        atTheFirstUse(last, () -> new OldWorld().with(
                OldItems.with(OldItems.byEmail(), "usage.daily_usage." + BEFORE, 7L)), 5, 7);
    }

    @ParameterizedTest
    @EnumSource
    void atTheFirstUseUnderAnId(DyingStore.Last last) {
        atTheFirstUse(last, () -> new OldWorld().with(OldItems.byId()), 5, 0);
    }

    @ParameterizedTest
    @EnumSource
    void atTheFirstUseWhereTheKeyStays(DyingStore.Last last) {
        atTheFirstUse(last, () -> new OldWorld().with(OldItems.at(OldItems.byId(), "user#" + ID, "solution#" + FINDER)), 5, 0);
    }

    @ParameterizedTest
    @EnumSource
    void atTheFirstUseBesideAnEntitlementThatCountsAlready(DyingStore.Last last) {
        atTheFirstUse(last, () -> {
            OldWorld world = new OldWorld();
            world.customers.adopt(UUID.fromString(ID), EmailAddress.parse("email", "user@example.com"));
            world.start().entitlements.grant("cus_" + ID, FINDER, "registered", "admin");
            world.data.put(new Item(InMemoryCarriedUsage.counterKey("cus_" + ID, FINDER, "search"), Map.of("today", 3L)));
            world.data.delete(LegacyKeys.PROGRESS, Condition.NONE);
            return world.with(OldItems.with(OldItems.byEmail(), "usage.daily_usage." + BEFORE, 7L));
        }, 3 + 5, 7);
    }

    private static void atTheFirstUse(DyingStore.Last last, Supplier<OldWorld> worlds, long today, long before) {
        int deaths = 0;
        for (int call = 1; call < ENDLESS; call++) {
            OldWorld world = worlds.get();
            DyingStore store = new DyingStore(world.data, call, last);
            try {
                world.new Process(store).started().tokens.authenticate(TOKEN);
            } catch (StoreException e) {
                deaths++;
            }
            OldWorld.Process next = world.start();
            Entitlement entitlement = OldWorld.of(next, next.tokens.authenticate(TOKEN));
            assertThat(world.carriedToday(entitlement)).as("killed at call %s", call).isEqualTo(today);
            assertThat(InMemoryCarriedUsage.on(world.data, entitlement.customerId(), FINDER, "search", BEFORE))
                    .as("killed at call %s", call).isEqualTo(before);
            assertThat(items(world, Table.ENTITLEMENTS)).hasSize(1).noneMatch(LegacyEntitlement::isOld);
            assertThat(items(world, Table.TOKENS)).hasSize(1);
            if (!store.dead()) {
                assertThat(deaths).as("calls of one first use").isGreaterThan(6);
                return;
            }
        }
        throw new AssertionError("the first use never ended");
    }

    @ParameterizedTest
    @EnumSource
    void inABulkMigration(DyingStore.Last last) {
        int deaths = 0;
        for (int call = 1; call < ENDLESS; call++) {
            OldWorld world = new OldWorld().with(OldItems.byId(), OldItems.with(OldItems.byEmailFirst(), "access_tier", "gold"));
            for (int i = 0; i < 5; i++) {
                Item old = OldItems.with(OldItems.byEmail(), "token", "token-" + i);
                world.with(OldItems.at(old, "user#user" + i + "@example.com", old.key().sk()));
            }
            DyingStore store = new DyingStore(world.data, call, last);
            try {
                world.new Process(store).started().migration.run(false, figures -> {});
            } catch (StoreException e) {
                deaths++;
            }
            world.clock.advance(MigrationLock.LEASE.plusMillis(1)); // until its lock ends
            OldWorld.Process next = world.start();

            MigrationReport report = next.migration.run(false, figures -> {});

            assertThat(report.quarantined()).as("killed at call %s", call).hasSize(1);
            assertThat(items(world, Table.ENTITLEMENTS)).as("killed at call %s", call).hasSize(7)
                    .filteredOn(LegacyEntitlement::isOld).hasSize(1);
            assertThat(items(world, Table.TOKENS)).hasSize(6);
            assertThat(items(world, Table.USAGE)).as("killed at call %s", call).hasSize(6)
                    .allMatch(counter -> counter.number("today", 0) == 5);
            assertThat(world.audit.events()).hasSizeBetween(5, 6);
            assertThat(world.data.get(LegacyKeys.LOCK)).isEmpty();
            if (!store.dead()) {
                assertThat(deaths).as("calls of one migration").isGreaterThan(40);
                return;
            }
        }
        throw new AssertionError("the migration never ended");
    }

    private static List<Item> items(OldWorld world, Table table) {
        return world.data.scan(table, 100, null).items();
    }
}
