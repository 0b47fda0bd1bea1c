package com.cloudnestle.marketplace.exactness.processes;

import java.nio.file.Path;
import java.util.List;

/**
 * What one process does, as it stands on its command line.
 *
 * @param node number of the process, from 0
 * @param store {@code sqlite} or {@code dynamodb}
 * @param place folder of the database, or address of the server
 * @param threads that take units, one after the other
 * @param pauseMicros what each of them waits after a unit, so that a day lasts long enough for something to go wrong in it
 * @param keys customers whose units are taken
 * @param limit units per customer and day
 * @param skewMillis how far the process's clock is ahead
 * @param goesBack whether its clock is an hour behind now and then
 */
record Plan(
        int node,
        String store,
        String place,
        Path folder,
        int threads,
        long pauseMicros,
        int keys,
        long limit,
        int lease,
        long skewMillis,
        boolean goesBack) {

    /** A day that is used up, one that midnight cuts short, one more that is used up, and any other, which must not be. */
    static final int DAYS = 4;

    static final String SQLITE = "sqlite";
    static final String DYNAMODB = "dynamodb";

    /** A run's plan: as many units a day as its threads take in some seconds if nothing holds them up. */
    static Plan of(String store, Path folder, int lease, long secondsPerDay) {
        int processes = store.equals(SQLITE) ? 1 : 3;
        int threads = 4;
        int keys = 2;
        long pauseMicros = 5_000;
        long limit = processes * threads * 1_000_000L / pauseMicros * secondsPerDay / keys;
        return new Plan(0, store, folder.resolve("data").toString(), folder, threads, pauseMicros, keys, limit, lease, 0, false);
    }

    int processes() {
        return store.equals(SQLITE) ? 1 : 3;
    }

    String customer(int key) {
        return "customer" + key;
    }

    Plan forNode(int newNode, long skew, boolean back) {
        return new Plan(newNode, store, place, folder, threads, pauseMicros, keys, limit, lease, skew, back);
    }

    Plan at(String newPlace) {
        return new Plan(node, store, newPlace, folder, threads, pauseMicros, keys, limit, lease, skewMillis, goesBack);
    }

    Path tally() {
        return folder.resolve("tally-" + node);
    }

    Path clock() {
        return folder.resolve("clock");
    }

    List<String> arguments() {
        return List.of(Integer.toString(node), store, place, folder.toString(), Integer.toString(threads),
                Long.toString(pauseMicros), Integer.toString(keys), Long.toString(limit), Integer.toString(lease),
                Long.toString(skewMillis), Boolean.toString(goesBack));
    }

    static Plan parse(String[] a) {
        return new Plan(Integer.parseInt(a[0]), a[1], a[2], Path.of(a[3]), Integer.parseInt(a[4]), Long.parseLong(a[5]),
                Integer.parseInt(a[6]), Long.parseLong(a[7]), Integer.parseInt(a[8]), Long.parseLong(a[9]),
                Boolean.parseBoolean(a[10]));
    }
}
