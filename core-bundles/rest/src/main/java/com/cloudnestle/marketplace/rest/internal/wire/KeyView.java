package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.identity.ApiKeys.IssuedKey;
import com.cloudnestle.marketplace.identity.ApiKeys.KeyInfo;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * A key of a solution.
 *
 * @param key the secret; only in the answer to the call that made it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record KeyView(
        String id,
        String solutionId,
        String name,
        String createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {

    public static KeyView of(KeyInfo info) {
        return new KeyView(info.id(), info.solutionId(), info.name(), info.createdAt().toString(), null);
    }

    public static KeyView of(IssuedKey issued) {
        KeyInfo info = issued.info();
        return new KeyView(info.id(), info.solutionId(), info.name(), info.createdAt().toString(), issued.secret());
    }

    @Override
    public String toString() {
        return "KeyView[" + id + "]"; // the secret stays out of logs
    }
}
