package com.cloudnestle.marketplace.quota.internal;

import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SOLUTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.UsageHistory.DailyUsage;
import com.cloudnestle.marketplace.quota.UsageHistory.UsagePage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageJournalTest {

    private static final LocalDate FROM = LocalDate.parse("2026-01-01");
    private static final LocalDate TO = LocalDate.parse("2027-12-31");

    private final QuotaFixture fix = new QuotaFixture();

    private List<DailyUsage> all(int pageSize, @Nullable String solution) {
        List<DailyUsage> rows = new ArrayList<>();
        String cursor = null;
        do {
            UsagePage page = fix.journal.usage(fix.ann, FROM, TO, solution, pageSize, cursor);
            rows.addAll(page.rows());
            cursor = page.cursor().orElse(null);
        } while (cursor != null);
        return rows;
    }

    @Test
    void sumsPerDayAndActionAndLeavesOutWhatWasGivenBack() {
        fix.tier("pro");
        fix.quotas.decide(fix.request(fix.ann, 5));
        fix.quotas.decide(fix.request(fix.ann, 2));
        fix.quotas.decide(AccessRequest.one(fix.ann, SOLUTION, "export"));
        Allowed failed = (Allowed) fix.quotas.decide(fix.request(fix.ann, 100));
        fix.quotas.giveBack(failed.receipt().orElseThrow());
        fix.clock.advance(Duration.ofDays(1));
        fix.quotas.decide(fix.request(fix.ann, 1));

        assertThat(all(100, null)).containsExactly(
                new DailyUsage(LocalDate.parse("2026-11-20"), SOLUTION, "export", 1),
                new DailyUsage(LocalDate.parse("2026-11-20"), SOLUTION, "search", 7),
                new DailyUsage(LocalDate.parse("2026-11-21"), SOLUTION, "search", 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void pagesOverMonthsWithoutLossOrRepetition(int pageSize) {
        fix.tier("pro");
        for (int day = 0; day < 70; day++) {
            fix.quotas.decide(fix.request(fix.ann, day + 1));
            fix.clock.advance(Duration.ofDays(1));
        }

        assertThat(all(pageSize, null)).hasSize(70).isSortedAccordingTo(java.util.Comparator.comparing(DailyUsage::day));
        assertThat(all(pageSize, null)).extracting(DailyUsage::units).doesNotHaveDuplicates();
        assertThat(all(pageSize, "other")).isEmpty();
    }

    @Test
    void resetKeepsTheHistory() {
        fix.tier("registered");
        fix.allowed(fix.ann, 4);
        fix.quotas.reset(fix.ann, SOLUTION, "admin");

        assertThat(all(100, null)).extracting(DailyUsage::units).containsExactly(4L);
    }

    @Test
    void refusesAnEndBeforeTheStartOrFarAfterItABadLimitAndAForeignCursor() {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> fix.journal.usage(fix.ann, TO, FROM, null, 10, null));
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> fix.journal.usage(fix.ann, FROM, TO, null, 0, null));
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> fix.journal.usage(fix.ann, LocalDate.MIN, LocalDate.MAX, null, 10, null));
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> fix.journal.usage(fix.ann, FROM, TO, null, 10, "'; drop"));
    }
}
