package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.entitlement.MigrationReport;
import com.cloudnestle.marketplace.entitlement.MigrationReport.Figures;
import com.cloudnestle.marketplace.entitlement.MigrationReport.Quarantined;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.Malformed;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.NotInstalled;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How far a migration is: what is counted, where to go on, and what cannot be read. Used by one thread. */
final class MigrationProgress {

    private static final String CURSOR = "cursor";
    /** In front of the name of a solution that is not installed. */
    private static final String MISSING = "missing.";

    private final Map<String, Long> counts = new HashMap<>();
    private final TreeMap<String, Long> notInstalled = new TreeMap<>();
    private final List<Quarantined> unreadable = new ArrayList<>();
    private Optional<String> cursor = Optional.empty();

    /** Takes up what a run that was cut off had kept. */
    static MigrationProgress resumed(Optional<Item> kept) {
        MigrationProgress progress = new MigrationProgress();
        progress.cursor = kept.flatMap(item -> item.string(CURSOR));
        if (progress.cursor.isPresent()) {
            kept.get().attributes().forEach((name, value) -> {
                if (name.startsWith(MISSING)) {
                    progress.notInstalled.put(name.substring(MISSING.length()), (Long) value);
                } else if (value instanceof Long number) {
                    progress.counts.put(name, number);
                }
            });
        }
        return progress;
    }

    Optional<String> cursor() {
        return cursor;
    }

    void goOnAt(Optional<String> next) {
        cursor = next;
    }

    void met(Item item, LegacyUpgrade.Outcome outcome, Instant now) {
        count("scanned");
        if (outcome instanceof LegacyUpgrade.Upgraded upgraded) {
            count(upgraded.merged() ? "merged" : "upgraded");
            if (upgraded.placeholder()) {
                count("placeholders");
            }
        } else if (!(outcome instanceof LegacyUpgrade.Left left)) {
            count("alreadyNew");
        } else if (left.why() instanceof NotInstalled missing) {
            count("notInstalled");
            notInstalled.merge(LegacyFields.quoted(missing.solutionName()).replace('.', '_'), 1L, Long::sum);
        } else {
            count("quarantined");
            if (unreadable.size() < MigrationReport.MAX_LISTED) {
                unreadable.add(new Quarantined(LegacyKeys.masked(item.key()), ((Malformed) left.why()).reason(), now));
            }
        }
    }

    Figures figures() {
        return new Figures(of("scanned"), of("alreadyNew"), of("upgraded"), of("merged"), of("placeholders"),
                of("notInstalled"), of("quarantined"));
    }

    Map<String, Long> notInstalled() {
        return notInstalled;
    }

    /** What this run could not read, those of runs before it left out. */
    List<Quarantined> unreadable() {
        return unreadable;
    }

    Item item(Instant now) {
        Map<String, Object> attributes = new HashMap<>(counts);
        notInstalled.forEach((name, number) -> attributes.put(MISSING + name, number));
        cursor.ifPresent(place -> attributes.put(CURSOR, place));
        attributes.put(LegacyIndex.STATUS, cursor.isPresent() ? "running" : "open");
        attributes.put("updatedAt", now.toString());
        return new Item(LegacyKeys.PROGRESS, attributes);
    }

    /** Notes that the item cannot be read, since when, and why at present. */
    static Write quarantine(Key key, String reason, Instant since) {
        return new Write.Put(new Item(LegacyKeys.quarantine(key), Map.of(
                "oldPk", key.pk(), "oldSk", key.sk(), "reason", reason, "since", since.toString())), Condition.NONE);
    }

    /** The item that was noted. */
    static Key noted(Item quarantined) {
        return new Key(Table.ENTITLEMENTS,
                EntitlementItem.text(quarantined, "oldPk"), EntitlementItem.text(quarantined, "oldSk"));
    }

    static Quarantined read(Item quarantined) {
        return new Quarantined(LegacyKeys.masked(noted(quarantined)), EntitlementItem.text(quarantined, "reason"),
                Instant.parse(EntitlementItem.text(quarantined, "since")));
    }

    private void count(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    private long of(String name) {
        return counts.getOrDefault(name, 0L);
    }
}
