package com.cloudnestle.marketplace.benchmarks.jmh;

import com.cloudnestle.marketplace.testing.InMemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

/**
 * Store writes per decision, and how much of a limit is given before the first refusal, at several sizes of a lease.
 * Arguments: directory, decisions per customer, then sizes; 1 is one record per decision. Prints a line per size:
 * {@code size calls-per-decision records-per-decision percent-of-limit allowed limit}.
 */
public final class Writes {

    private static final int CUSTOMERS = 50;

    private Writes() {}

    public static void main(String[] args) throws IOException {
        int decisions = Integer.parseInt(args[1]);
        for (int i = 2; i < args.length; i++) {
            measure(Path.of(args[0]), decisions, Integer.parseInt(args[i]));
        }
    }

    private static void measure(Path directory, int decisions, int lease) throws IOException {
        CountingStore store = new CountingStore(new InMemoryStore(Clock.systemUTC()));
        try (Marketplace marketplace = Marketplace.over(store, directory, Mode.settings(lease))) {
            String[] customers = new String[CUSTOMERS];
            for (int i = 0; i < CUSTOMERS; i++) {
                customers[i] = marketplace.join(i, Marketplace.LARGE_TIER).customer();
            }
            long calls = store.calls();
            long records = store.records();
            for (int i = 0; i < decisions * CUSTOMERS; i++) {
                if (!marketplace.take(customers[i % CUSTOMERS])) {
                    throw new IllegalStateException("refused far below the limit");
                }
            }
            double total = (double) decisions * CUSTOMERS;
            double callsEach = (store.calls() - calls) / total;
            double recordsEach = (store.records() - records) / total;
            long allowed = spend(marketplace);
            System.out.printf(Locale.ROOT, "%d %.4f %.4f %.2f %d %d%n", lease, callsEach, recordsEach,
                    100.0 * allowed / Marketplace.SMALL, allowed, Marketplace.SMALL);
        }
    }

    /** Asks for twice the small limit. */
    private static long spend(Marketplace marketplace) {
        String customer = marketplace.join(0, Marketplace.SMALL_TIER).customer();
        long allowed = 0;
        for (long i = 0; i < 2 * Marketplace.SMALL; i++) {
            allowed += marketplace.take(customer) ? 1 : 0;
        }
        return allowed;
    }
}
