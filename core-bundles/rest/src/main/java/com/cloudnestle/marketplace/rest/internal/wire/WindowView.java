package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One window of a quota. {@code limit} and {@code remaining} are -1 if unlimited; no {@code resetsAt}: it never ends. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WindowView(String window, long limit, long used, long remaining, @Nullable String resetsAt) {

    static WindowView of(WindowState state) {
        return new WindowView(
                state.window(),
                state.limit(),
                state.used(),
                state.remaining(),
                state.resetsAt().map(Instant::toString).orElse(null));
    }
}
