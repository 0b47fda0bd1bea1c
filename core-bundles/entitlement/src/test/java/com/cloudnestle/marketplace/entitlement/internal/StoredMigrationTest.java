package com.cloudnestle.marketplace.entitlement.internal;

import static com.cloudnestle.marketplace.entitlement.internal.OldWorld.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.MigrationReport;
import com.cloudnestle.marketplace.entitlement.MigrationReport.Figures;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredMigrationTest {

    private final OldWorld world = new OldWorld();

    @Test
    void upgradesAllAndSaysSo() {
        OldWorld.Process process = world.with(many(10)).with(OldItems.byEmailFirst(), OldItems.byId()).start();
        List<Figures> told = new ArrayList<>();

        MigrationReport report = process.migration.run(false, told::add);

        assertThat(report.complete()).isTrue();
        assertThat(report.figures().upgraded()).isEqualTo(12);
        assertThat(report.figures().placeholders()).isEqualTo(1);
        assertThat(report.quarantined()).isEmpty();
        assertThat(told).hasSizeGreaterThan(3);
        assertThat(told.get(told.size() - 1)).isEqualTo(report.figures());
        assertThat(world.data.scan(Table.ENTITLEMENTS, 100, null).items()).hasSize(12).noneMatch(LegacyEntitlement::isOld);
        assertThat(process.tokens.authenticate("token-7").email()).isEqualTo("user7@example.com");
        assertThat(world.carriedToday(OldWorld.of(process, process.tokens.authenticate("token-7")))).isEqualTo(5);
        assertThat(process.legacy.index().done()).isTrue();
    }

    @Test
    void againDoesNothing() {
        OldWorld.Process process = world.with(many(4)).start();
        process.migration.run(false, figures -> {});
        List<Item> before = world.data.scan(Table.ENTITLEMENTS, 100, null).items();

        MigrationReport report = process.migration.run(false, figures -> {});

        assertThat(report.complete()).isTrue();
        assertThat(report.figures()).isEqualTo(new Figures(4, 4, 0, 0, 0, 0, 0));
        assertThat(world.data.scan(Table.ENTITLEMENTS, 100, null).items()).isEqualTo(before);
    }

    @Test
    void aDryRunWritesNothingAndSaysTheSame() {
        world.with(many(4)).with(OldItems.byId(), OldItems.with(OldItems.byEmailFirst(), "access_tier", "gold"));
        CountingStore counting = new CountingStore(world.data);
        OldWorld.Process process = world.new Process(counting).started();
        int customers = world.audit.entries().size();

        MigrationReport dry = process.migration.run(true, figures -> {});

        assertThat(counting.writes).hasValue(0);
        assertThat(world.audit.entries()).hasSize(customers);
        assertThatThrownBy(() -> world.customers.require("user1@example.com")).isInstanceOf(MarketplaceException.class);
        assertThat(dry.dryRun()).isTrue();
        assertThat(dry.complete()).isFalse();
        MigrationReport wet = process.migration.run(false, figures -> {});
        assertThat(wet.figures().upgraded()).isEqualTo(dry.figures().upgraded()).isEqualTo(5);
        assertThat(wet.figures().placeholders()).isEqualTo(dry.figures().placeholders()).isEqualTo(1);
        assertThat(wet.quarantined()).isEqualTo(dry.quarantined());
    }

    @Test
    void whatCannotBeReadIsListedWithItsReasonAndLeftAlone() {
        Item bad = OldItems.with(OldItems.byEmailFirst(), "access_tier", "gold");
        OldWorld.Process process = world.with(OldItems.byEmail(), bad).start();

        MigrationReport report = process.migration.run(false, figures -> {});

        assertThat(report.complete()).isFalse();
        assertThat(report.quarantined()).singleElement().satisfies(each -> {
            assertThat(each.key()).isEqualTo("user#e***@example.com solution#faiss");
            assertThat(each.reason()).contains("no such tier").contains("gold");
            assertThat(each.since()).isEqualTo(world.clock.instant());
        });
        assertThat(world.data.get(bad.key())).contains(bad);
    }

    @Test
    void sinceWhenItCannotBeReadStays() {
        OldWorld.Process process = world.with(OldItems.with(OldItems.byEmailFirst(), "access_tier", "gold")).start();
        MigrationReport first = process.migration.run(false, figures -> {});
        world.clock.advance(Duration.ofHours(1));

        assertThat(process.migration.run(false, figures -> {}).quarantined()).isEqualTo(first.quarantined());
    }

    @Test
    void whatWasPutRightOrDeletedIsQuarantinedNoLonger() {
        Item bad = OldItems.with(OldItems.byEmailFirst(), "access_tier", "gold");
        Item other = OldItems.with(OldItems.byEmail(), "status", "strange");
        OldWorld.Process process = world.with(bad, other).start();
        assertThat(process.migration.run(false, figures -> {}).quarantined()).hasSize(2);

        world.with(OldItems.byEmailFirst());
        world.data.delete(other.key(), Condition.NONE);

        MigrationReport report = process.migration.run(false, figures -> {});
        assertThat(report.quarantined()).isEmpty();
        assertThat(report.complete()).isTrue();
    }

    @Test
    void theFirstUseOfWhatWasPutRightEndsItsQuarantine() {
        OldWorld.Process process = world.with(OldItems.with(OldItems.byEmail(), "status", "strange")).start();
        process.migration.run(false, figures -> {});
        world.with(OldItems.byEmail());

        process.tokens.authenticate(TOKEN);

        assertThat(world.data.query(Table.SYSTEM, LegacyKeys.QUARANTINE, "", false, 10, null).items()).isEmpty();
    }

    @Test
    void aSolutionThatIsInstalledLaterIsUpgradedThen() {
        OldWorld.Process process = world.with(OldItems.at(
                OldItems.with(OldItems.byEmail(), "solution_id", null), "user#user@example.com", "solution#later")).start();

        MigrationReport before = process.migration.run(false, figures -> {});
        world.catalog.publish(SolutionDescriptor.of("later", "Later", "Comes.", "search"));
        MigrationReport after = process.migration.run(false, figures -> {});

        assertThat(before.complete()).isFalse();
        assertThat(before.notInstalled()).isEqualTo(Map.of("'later'", 1L));
        assertThat(before.quarantined()).isEmpty();
        assertThat(after.complete()).isTrue();
        assertThat(after.figures().upgraded()).isEqualTo(1);
    }

    @Test
    void aRunThatBrokeOffGoesOnWhereItStoppedAndCountsNothingTwice() {
        OldWorld.Process process = world.with(many(20)).start();
        assertThatThrownBy(() -> process.migration.run(false, figures -> {
                    if (figures.scanned() >= 6) {
                        throw new IllegalStateException("the plug was pulled");
                    }
                }))
                .hasMessageContaining("plug");
        CountingStore counting = new CountingStore(world.data);

        MigrationReport report = world.new Process(counting).started().migration.run(false, figures -> {});

        assertThat(report.complete()).isTrue();
        assertThat(report.figures().upgraded()).isEqualTo(20);
        assertThat(world.audit.events()).hasSize(20).containsOnly("entitlement.migrated");
        for (int i = 0; i < 20; i++) {
            assertThat(world.carriedToday(OldWorld.of(process, process.tokens.authenticate("token-" + i)))).isEqualTo(5);
        }
    }

    @Test
    void aPlaceThatTheStoreDoesNotKnowBeginsAnew() {
        OldWorld.Process process = world.with(many(5)).start();
        world.data.update(LegacyKeys.PROGRESS, Update.builder().set("cursor", "no cursor").build(), Condition.NONE);

        assertThat(process.migration.run(false, figures -> {}).figures().upgraded()).isEqualTo(5);
    }

    @Test
    void twoDoNotRunAtOnce() {
        OldWorld.Process process = world.with(many(9)).start();
        OldWorld.Process other = world.start();
        List<Problem> refused = new ArrayList<>();

        process.migration.run(false, figures -> assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> other.migration.run(false, more -> {}))
                .satisfies(e -> refused.add(e.problem())));

        assertThat(refused).isNotEmpty().containsOnly(Problem.CONFLICT);
        assertThat(other.migration.run(false, figures -> {}).complete()).isTrue();
    }

    @Test
    void aRunThatLostItsLockStops() {
        OldWorld.Process process = world.with(many(9)).start();
        OldWorld.Process other = world.start();

        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> process.migration.run(false, figures -> {
                    world.clock.advance(Duration.ofMinutes(3)); // stood still for so long
                    other.migration.run(false, more -> {});
                }))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));

        assertThat(other.migration.run(false, figures -> {}).complete()).isTrue();
    }

    @Test
    void theLastPassFreesTheMemory() {
        OldWorld.Process process = world.with(many(3)).start();
        assertThat(process.legacy.index().empty()).isFalse();

        process.migration.run(false, figures -> {});

        assertThat(process.legacy.index().empty()).isTrue();
        assertThat(world.start().legacy.index().done()).isTrue();
    }

    private static Item[] many(int number) {
        Item[] items = new Item[number];
        for (int i = 0; i < number; i++) {
            Item old = OldItems.with(OldItems.byEmail(), "token", "token-" + i);
            items[i] = OldItems.at(old, "user#user" + i + "@example.com", old.key().sk());
        }
        return items;
    }
}
