package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.quota.QuotaState;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * Where a customer stands with one action.
 *
 * @param windows empty if the tier does not include the action
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record QuotaView(String action, boolean unlimited, long remaining, List<WindowView> windows) {

    public static QuotaView of(QuotaState state) {
        return new QuotaView(
                state.action(),
                state.unlimited(),
                state.remaining(),
                state.windows().stream().map(WindowView::of).toList());
    }
}
