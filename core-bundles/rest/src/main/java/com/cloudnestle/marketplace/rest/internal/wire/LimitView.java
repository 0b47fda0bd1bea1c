package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Window;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** Units of an action per window; -1: unlimited. The zone is that of windows that follow the calendar. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LimitView(String action, String window, long limit, @Nullable String zone) {

    static LimitView of(Limit limit) {
        return new LimitView(limit.action(), limit.window().name(), limit.amount(), zone(limit.window()));
    }

    private static @Nullable String zone(Window window) {
        if (window instanceof Window.Day day) {
            return day.zone().getId();
        }
        return window instanceof Window.Month month ? month.zone().getId() : null;
    }
}
