package com.cloudnestle.marketplace.rest.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/solutions/{id}/keys}. */
@JsonNaming(SnakeCaseStrategy.class)
public record KeyRequest(@Nullable String name) {}
