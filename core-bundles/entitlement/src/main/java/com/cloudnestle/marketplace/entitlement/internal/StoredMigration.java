package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.entitlement.Migration;
import com.cloudnestle.marketplace.entitlement.MigrationReport;
import com.cloudnestle.marketplace.entitlement.MigrationReport.Figures;
import com.cloudnestle.marketplace.entitlement.MigrationReport.Quarantined;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.Malformed;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run at a time, which holds a lock in the store and keeps its place with every page: both are one transaction, so a run
 * that lost its lock notices before it says it did a page.
 */
@Component
public final class StoredMigration implements Migration {

    private static final Logger LOG = LoggerFactory.getLogger(StoredMigration.class);

    private static final int PAGE = 200;

    private final Store store;
    private final StoreScan scan;
    private final LegacyEntitlements legacy;
    private final InstantSource clock;
    private final int page;

    @Activate
    public StoredMigration(@Reference Store store, @Reference StoreScan scan, @Reference LegacyEntitlements legacy,
            @Reference InstantSource clock) {
        this(store, scan, legacy, clock, PAGE);
    }

    StoredMigration(Store store, StoreScan scan, LegacyEntitlements legacy, InstantSource clock, int page) {
        this.store = store;
        this.scan = scan;
        this.legacy = legacy;
        this.clock = clock;
        this.page = page;
    }

    @Override
    public MigrationReport run(boolean dryRun, Consumer<Figures> listener) {
        return dryRun ? preview(listener) : migrate(listener);
    }

    private MigrationReport preview(Consumer<Figures> listener) {
        MigrationProgress progress = new MigrationProgress();
        do {
            Page found = scan.scan(Table.ENTITLEMENTS, page, progress.cursor().orElse(null));
            for (Item item : found.items()) {
                progress.met(item, LegacyEntitlement.isOld(item) ? legacy.upgrades().preview(item) : new LegacyUpgrade.Gone(),
                        clock.instant());
            }
            progress.goOnAt(found.cursor());
            listener.accept(progress.figures());
        } while (progress.cursor().isPresent());
        Figures figures = progress.figures();
        return new MigrationReport(true, figures.alreadyNew() == figures.scanned(), figures, progress.notInstalled(),
                progress.unreadable());
    }

    private MigrationReport migrate(Consumer<Figures> listener) {
        try (MigrationLock lock = MigrationLock.take(store, clock)) {
            tryQuarantinedAgain();
            MigrationProgress progress = MigrationProgress.resumed(store.get(LegacyKeys.PROGRESS));
            do {
                Page found = nextPage(progress);
                for (Item item : found.items()) {
                    lock.renewIfDue();
                    upgrade(item, progress);
                }
                progress.goOnAt(found.cursor());
                lock.keepWith(new Write.Put(progress.item(clock.instant()), Condition.NONE));
                listener.accept(progress.figures());
            } while (progress.cursor().isPresent());
            legacy.index().pass();
            MigrationReport report = new MigrationReport(
                    false, legacy.index().done(), progress.figures(), progress.notInstalled(), quarantined());
            LOG.info("event=migration_finished complete={} upgraded={} merged={} quarantined={}", report.complete(),
                    report.figures().upgraded(), report.figures().merged(), report.figures().quarantined());
            return report;
        }
    }

    private Page nextPage(MigrationProgress progress) {
        try {
            return scan.scan(Table.ENTITLEMENTS, page, progress.cursor().orElse(null));
        } catch (IllegalArgumentException e) {
            if (progress.cursor().isEmpty()) {
                throw e;
            }
            LOG.warn("event=migration_begins_anew reason=the place that was kept is not one of this store");
            progress.goOnAt(Optional.empty());
            return scan.scan(Table.ENTITLEMENTS, page, null);
        }
    }

    private void upgrade(Item item, MigrationProgress progress) {
        if (!LegacyEntitlement.isOld(item)) {
            progress.met(item, new LegacyUpgrade.Gone(), clock.instant());
            return;
        }
        LegacyUpgrade.Outcome outcome = legacy.upgrades().upgrade(item.key());
        progress.met(item, outcome, clock.instant());
        if (outcome instanceof LegacyUpgrade.Left left && left.why() instanceof Malformed malformed) {
            Instant since = store.get(LegacyKeys.quarantine(item.key()))
                    .map(noted -> MigrationProgress.read(noted).since())
                    .orElse(clock.instant());
            store.write(MigrationProgress.quarantine(item.key(), malformed.reason(), since));
        }
    }

    /** What was put right or deleted since is quarantined no longer; the scan meets the rest once more. */
    private void tryQuarantinedAgain() {
        for (Item noted : allQuarantined()) {
            Optional<Item> item = store.get(MigrationProgress.noted(noted));
            boolean still = item.filter(LegacyEntitlement::isOld)
                    .filter(old -> legacy.upgrades().preview(old) instanceof LegacyUpgrade.Left left
                            && left.why() instanceof Malformed)
                    .isPresent();
            if (!still) {
                store.delete(noted.key(), Condition.NONE);
            }
        }
    }

    private List<Quarantined> quarantined() {
        return allQuarantined().stream().limit(MigrationReport.MAX_LISTED).map(MigrationProgress::read).toList();
    }

    private List<Item> allQuarantined() {
        List<Item> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page found = store.query(
                    Table.SYSTEM, LegacyKeys.QUARANTINE, "", false, Store.MAX_PAGE, cursor.orElse(null));
            all.addAll(found.items());
            cursor = found.cursor();
        } while (cursor.isPresent() && all.size() < MigrationReport.MAX_LISTED);
        return all;
    }
}
