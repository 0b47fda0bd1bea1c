package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What older software counted: by day in a map, or the count of the last day alone.
 *
 * @param unitsByDay units by UTC day
 */
record LegacyUsage(TreeMap<LocalDate, Long> unitsByDay) {

    /** The map of days, wherever it was put. */
    private static final List<String> MAPS =
            List.of("usage.daily_usage.", "usage.dailyUsage.", "daily_usage.", "dailyUsage.");
    private static final List<String> COUNTS = List.of("dailyUsage", "daily_usage");
    private static final List<String> DATES = List.of("lastUsageDate", "last_usage_date");

    /** Other attributes that an item may lack and older software may give it. */
    private static final Set<String> MAY_APPEAR = Set.of("status", "updated_at", "updatedAt");

    /**
     * Days compared one by one, the latest ones of all maps: older software only ever counts on the present day, and a
     * condition has to fit into a request.
     */
    private static final int COMPARED_DAYS = 31;

    static boolean holds(String attribute) {
        return COUNTS.contains(attribute) || DATES.contains(attribute) || MAPS.stream().anyMatch(attribute::startsWith);
    }

    static LegacyUsage read(LegacyFields fields, LocalDate today) {
        LegacyUsage usage = new LegacyUsage(new TreeMap<>());
        for (String name : fields.item().attributes().keySet()) {
            MAPS.stream().filter(name::startsWith).findFirst().ifPresent(map ->
                    usage.count(day(name, name.substring(map.length()), today), fields.units(name).orElseThrow()));
        }
        Optional<LocalDate> last = fields.text(DATES.toArray(String[]::new)).map(text -> day(DATES.get(0), text, today));
        for (String name : COUNTS) {
            OptionalLong units = fields.units(name);
            if (units.isPresent() && units.getAsLong() > 0 && last.isEmpty()) {
                throw new LegacyFields.Unreadable(name + " has a count, but " + DATES.get(0) + " is missing");
            }
            if (units.isPresent() && last.isPresent()) {
                usage.count(last.get(), units.getAsLong());
            }
        }
        usage.unitsByDay().values().removeIf(units -> units == 0);
        return usage;
    }

    private void count(LocalDate day, long units) {
        Long before = unitsByDay.putIfAbsent(day, units);
        if (before != null && before != units) {
            throw new LegacyFields.Unreadable("two different counts for " + day);
        }
    }

    /** One day ahead is a clock that is not quite right; more is no date of a usage. */
    private static LocalDate day(String name, String text, LocalDate today) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.isAfter(today.plusDays(1))) {
                throw new LegacyFields.Unreadable("usage on a day to come: " + day);
            }
            return day;
        } catch (DateTimeException e) {
            throw new LegacyFields.Unreadable(name + " is no date: " + LegacyFields.quoted(text));
        }
    }

    /**
     * Holds while nobody changed the item, nor counted on a day it had no count for. Kept short: a request to a store may
     * have 4 KB of conditions.
     *
     * @param plain names of the other attributes that are understood
     */
    Condition unchanged(Item item, Set<String> plain, LocalDate today) {
        Map<String, Object> seen = item.attributes();
        List<Condition> all = new ArrayList<>(List.of(Condition.absent(EntitlementItem.ID)));
        plain.stream().filter(name -> seen.containsKey(name) || MAY_APPEAR.contains(name))
                .forEach(name -> all.add(same(item, name)));
        Stream.concat(DATES.stream(), COUNTS.stream())
                .filter(name -> seen.keySet().stream().noneMatch(each -> each.startsWith(name + ".")))
                .forEach(name -> all.add(same(item, name)));
        List<String> maps = MAPS.stream().filter(map -> seen.keySet().stream().anyMatch(name -> name.startsWith(map))).toList();
        seen.keySet().stream().filter(name -> maps.stream().anyMatch(name::startsWith))
                .sorted(Comparator.comparing(LegacyUsage::lastStep).reversed())
                .limit(COMPARED_DAYS).forEach(name -> all.add(same(item, name)));
        for (String map : maps.isEmpty() ? MAPS.subList(0, 1) : maps) {
            for (int ahead = -1; ahead <= 1; ahead++) {
                String name = map + today.plusDays(ahead);
                if (!seen.containsKey(name)) {
                    all.add(Condition.absent(name));
                }
            }
        }
        return Condition.all(all.toArray(Condition[]::new));
    }

    private static String lastStep(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Condition same(Item item, String name) {
        Object value = item.attributes().get(name);
        return value == null ? Condition.absent(name) : Condition.equal(name, value);
    }
}
