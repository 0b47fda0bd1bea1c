package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.quota.UsageHistory.UsagePage;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of usage history, oldest day first. No {@code nextCursor}: this is the last page. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UsageView(
        String customerId,
        String from,
        String to,
        List<UsageView.Day> usage,
        @Nullable String nextCursor) {

    /** Units of one action of one solution on one UTC day. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Day(String date, String solutionId, String action, long units) {}

    public static UsageView of(String customerId, LocalDate from, LocalDate to, UsagePage page) {
        return new UsageView(
                customerId,
                from.toString(),
                to.toString(),
                page.rows().stream().map(row -> new Day(row.day().toString(), row.solutionId(), row.action(), row.units())).toList(),
                page.cursor().orElse(null));
    }
}
