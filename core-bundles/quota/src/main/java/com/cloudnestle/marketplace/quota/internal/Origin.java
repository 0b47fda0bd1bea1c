package com.cloudnestle.marketplace.quota.internal;

import java.util.Arrays;

/**
 * What units were taken from: the era, the windows with their starts, and the UTC day they count on. Units of equal origin
 * are interchangeable; units can go back only to where they came from. The arrays are not to be changed.
 */
final class Origin {

    final long era;
    final String[] windows;
    final long[] starts;
    final long day;

    Origin(long era, String[] windows, long[] starts, long day) {
        this.era = era;
        this.windows = windows;
        this.starts = starts;
        this.day = day;
    }

    /** Whether units of this origin are among those that the item counts in a window. */
    boolean countedIn(CounterItem item, String window) {
        if (item.era != era) {
            return false;
        }
        for (int i = 0; i < windows.length; i++) {
            if (windows[i].equals(window)) {
                return item.start(window) == starts[i];
            }
        }
        return false;
    }

    /** Whether the item counts so many units in the day and in every window of this origin. */
    boolean wholly(CounterItem item, long units) {
        for (String window : windows) {
            if (!countedIn(item, window) || item.used(window) < units) {
                return false;
            }
        }
        return item.era == era && item.day == day && item.dayUnits >= units;
    }

    boolean same(Origin other) {
        return this == other
                || era == other.era
                        && day == other.day
                        && Arrays.equals(starts, other.starts)
                        && Arrays.equals(windows, other.windows);
    }
}
