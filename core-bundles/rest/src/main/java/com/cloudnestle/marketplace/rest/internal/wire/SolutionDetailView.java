package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All the catalogue tells of one solution.
 *
 * @param tokenLifetimeDays null: its tokens are permanent
 * @param health null if nobody can say
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SolutionDetailView(
        String id,
        List<String> aliases,
        String name,
        String summary,
        String category,
        boolean available,
        String pageUrl,
        String apiUrl,
        String registerUrl,
        List<MeterView> meters,
        List<TierView> tiers,
        @Nullable Integer tokenLifetimeDays,
        @Nullable HealthView health) {

    /** Whether the solution can serve. The message is told to the operator and the solution itself only. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HealthView(boolean ok, @Nullable String message) {}

    public static SolutionDetailView of(CatalogEntry entry, @Nullable HealthView health) {
        SolutionView view = SolutionView.of(entry);
        return new SolutionDetailView(
                view.id(),
                view.aliases(),
                view.name(),
                view.summary(),
                view.category(),
                view.available(),
                view.pageUrl(),
                view.apiUrl(),
                "/register?solution_id=" + entry.id(),
                entry.descriptor().meters().stream().map(m -> new MeterView(m.action(), m.unit())).toList(),
                entry.tiers().stream().map(TierView::of).toList(),
                entry.descriptor().tokenLifetimeDays().orElse(null),
                health);
    }
}
