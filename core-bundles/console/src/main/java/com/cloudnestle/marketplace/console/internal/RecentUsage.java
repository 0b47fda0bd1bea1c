package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory.DailyUsage;
import com.cloudnestle.marketplace.quota.UsageHistory.UsagePage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What somebody used of a solution on each of the last days, today included. */
final class RecentUsage {

    static final int DAYS = 14;
    private static final int PAGE = 500;
    private static final int BAR_WIDTH = 40;

    private RecentUsage() {}

    /** @param units per action; actions without use are left out */
    record Day(LocalDate day, Map<String, Long> units) {
        long total() {
            return units.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    static List<Day> of(Platform platform, Subject subject, String solutionId) {
        LocalDate today = LocalDate.ofInstant(platform.clock().instant(), ZoneOffset.UTC);
        LocalDate first = today.minusDays(DAYS - 1L);
        Map<LocalDate, Map<String, Long>> days = new TreeMap<>();
        first.datesUntil(today.plusDays(1)).forEach(day -> days.put(day, new TreeMap<>()));
        @Nullable String cursor = null;
        do {
            UsagePage page = platform.usage().usage(subject, first, today, solutionId, PAGE, cursor);
            for (DailyUsage row : page.rows()) {
                days.computeIfAbsent(row.day(), day -> new TreeMap<>()).merge(row.action(), row.units(), Long::sum);
            }
            cursor = page.cursor().orElse(null);
        } while (cursor != null);
        List<Day> list = new ArrayList<>();
        days.forEach((day, units) -> list.add(new Day(day, units)));
        return List.copyOf(list);
    }

    /** One line per day; the longest bar is that of the busiest day. */
    static List<String> chart(List<Day> days) {
        long most = days.stream().mapToLong(Day::total).max().orElse(0);
        return days.stream().map(day -> day.day() + "  " + bar(day.total(), most) + label(day)).toList();
    }

    private static String bar(long units, long most) {
        if (units <= 0 || most <= 0) {
            return "";
        }
        // Divided first where the product would not fit; at least one mark for at least one unit.
        long marks = most > Long.MAX_VALUE / BAR_WIDTH ? units / (most / BAR_WIDTH) : units * BAR_WIDTH / most;
        return "#".repeat((int) Math.min(BAR_WIDTH, Math.max(1, marks))) + " ";
    }

    private static String label(Day day) {
        if (day.units().size() <= 1) {
            return Long.toString(day.total());
        }
        StringBuilder label = new StringBuilder().append(day.total()).append(" (");
        day.units().forEach((action, units) -> label.append(action).append(' ').append(units).append(", "));
        label.setLength(label.length() - 2);
        return label.append(')').toString();
    }
}
