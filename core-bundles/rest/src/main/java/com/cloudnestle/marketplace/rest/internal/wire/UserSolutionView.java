package com.cloudnestle.marketplace.rest.internal.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A solution somebody may use.
 *
 * @param status {@code active} or {@code suspended}
 * @param since when the present tier began
 * @param available whether the solution is running now
 * @param quotas null where they are not told
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UserSolutionView(
        String solutionId,
        String name,
        String accessTier,
        String status,
        String since,
        boolean available,
        String pageUrl,
        @Nullable List<QuotaView> quotas) {}
