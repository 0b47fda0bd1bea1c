package com.cloudnestle.marketplace.exactness.processes;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one process does, as it stands on its command line.
 *
 * <p>All processes live in a made-up time that begins at {@link #BEGIN} when the run does, so that midnight comes when the run
 * wants it: {@code beforeMidnight} after that.
 *
 * @param node number of the process, from 0
 * @param store {@code sqlite} or {@code dynamodb}
 * @param place folder of the database, or address of the server
 * @param began milliseconds of this machine's clock at which the run began
 * @param seconds length of the run
 * @param keys customers whose units are taken
 * @param limit units per customer and day
 * @param skewMillis how far the process's clock is ahead
 * @param backAtMillis when the clock jumps back an hour, -1 never
 * @param backForMillis for how long
 */
record Plan(
        int node,
        String store,
        String place,
        Path folder,
        long began,
        Duration beforeMidnight,
        Duration afterMidnight,
        int threads,
        int keys,
        long limit,
        int lease,
        long skewMillis,
        long backAtMillis,
        long backForMillis) {

    /** Midnight of the run: windows are counted as the day before it and the day that begins with it. */
    static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");

    static final int DAYS = 3;

    String customer(int key) {
        return "customer" + key;
    }

    /** The run's time on a machine whose clock is right. */
    Instant time(long wallMillis) {
        return MIDNIGHT.minus(beforeMidnight).plusMillis(wallMillis - began);
    }

    Duration length() {
        return beforeMidnight.plus(afterMidnight);
    }

    Plan forNode(int newNode, long skew, long backAt, long backFor) {
        return new Plan(newNode, store, place, folder, began, beforeMidnight, afterMidnight, threads, keys, limit, lease,
                skew, backAt, backFor);
    }

    Plan at(String newPlace) {
        return new Plan(node, store, newPlace, folder, began, beforeMidnight, afterMidnight, threads, keys, limit, lease,
                skewMillis, backAtMillis, backForMillis);
    }

    Plan beginning(long now) {
        return new Plan(node, store, place, folder, now, beforeMidnight, afterMidnight, threads, keys, limit, lease,
                skewMillis, backAtMillis, backForMillis);
    }

    Path tally() {
        return folder.resolve("tally-" + node);
    }

    List<String> arguments() {
        return new ArrayList<>(List.of(Integer.toString(node), store, place, folder.toString(), Long.toString(began),
                beforeMidnight.toString(), afterMidnight.toString(), Integer.toString(threads), Integer.toString(keys),
                Long.toString(limit), Integer.toString(lease), Long.toString(skewMillis), Long.toString(backAtMillis),
                Long.toString(backForMillis)));
    }

    static Plan parse(String[] a) {
        return new Plan(Integer.parseInt(a[0]), a[1], a[2], Path.of(a[3]), Long.parseLong(a[4]), Duration.parse(a[5]),
                Duration.parse(a[6]), Integer.parseInt(a[7]), Integer.parseInt(a[8]), Long.parseLong(a[9]),
                Integer.parseInt(a[10]), Long.parseLong(a[11]), Long.parseLong(a[12]), Long.parseLong(a[13]));
    }

    /** For the table of a report. */
    Map<String, Object> figures() {
        return Map.of("threads", threads, "keys", keys, "limit", limit, "lease", lease);
    }
}
