package com.cloudnestle.marketplace.entitlement;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link Migration} did, or would do.
 *
 * @param complete whether no old entitlement is left, as far as a reading of all of them can tell
 * @param figures of this run and those that it took up
 * @param notInstalled old entitlements by the solution they name, which is not in the catalogue: they are tried again
 * @param quarantined those that cannot be read, at most {@link #MAX_LISTED}; left as they are
 */
public record MigrationReport(
        boolean dryRun, boolean complete, Figures figures, Map<String, Long> notInstalled, List<Quarantined> quarantined) {

    /** So many unreadable entitlements are listed; the figures count all. */
    public static final int MAX_LISTED = 10_000;

    public MigrationReport {
        notInstalled = Collections.unmodifiableMap(new TreeMap<>(notInstalled));
        quarantined = List.copyOf(quarantined);
    }

    /**
     * Numbers of entitlements.
     *
     * @param scanned looked at so far
     * @param alreadyNew had the present form
     * @param upgraded brought into the present form, the merged ones left out
     * @param merged the customer had one in the present form too, which was kept; the old token works for it
     * @param placeholders among the upgraded and merged, those whose owner's address is not known
     * @param notInstalled name a solution that is not in the catalogue
     * @param quarantined cannot be read
     */
    public record Figures(
            long scanned, long alreadyNew, long upgraded, long merged, long placeholders, long notInstalled,
            long quarantined) {

        public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * An entitlement that cannot be read.
     *
     * @param key its partition and sort key; of an e-mail address only the first letter and the domain
     * @param reason what is wrong with it, in English
     * @param since when a run first met it
     */
    public record Quarantined(String key, String reason, Instant since) {}
}
