package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a customer stands with each action of one solution. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record QuotasView(
        String customerId,
        String userEmail,
        String solutionId,
        String accessTier,
        @Nullable String validUntil,
        List<QuotaView> quotas) {

    /** @param states of every action of the solution, at least one */
    public static QuotasView of(Customer customer, List<QuotaState> states) {
        QuotaState first = states.get(0); // tier and validity are the same for all actions
        return new QuotasView(
                customer.id(),
                customer.email().value(),
                first.solutionId(),
                first.tier(),
                first.validUntil().map(Instant::toString).orElse(null),
                states.stream().map(QuotaView::of).toList());
    }
}
