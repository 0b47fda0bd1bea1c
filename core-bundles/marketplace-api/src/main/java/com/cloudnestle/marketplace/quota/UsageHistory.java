package com.cloudnestle.marketplace.quota;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What was used, per UTC day, solution and action. */
@ProviderType
public interface UsageHistory {

    /**
     * Daily sums, oldest first.
     *
     * @param from first day, inclusive
     * @param to last day, inclusive, not before {@code from} and less than 20 years after it
     * @param solutionId only this solution, or null for all
     * @param limit 1 to 1000 rows
     * @param cursor from the page before, or null
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code invalid-field} (422)
     */
    UsagePage usage(
            Subject subject, LocalDate from, LocalDate to, @Nullable String solutionId, int limit, @Nullable String cursor);

    /**
     * @param day in UTC
     * @param units taken and not given back
     */
    record DailyUsage(LocalDate day, String solutionId, String action, long units) {}

    record UsagePage(List<DailyUsage> rows, Optional<String> cursor) {
        public UsagePage {
            rows = List.copyOf(rows);
        }
    }
}
