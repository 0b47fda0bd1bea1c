package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.rest.internal.access.Caller;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.wire.SolutionDetailView.HealthView;
import com.cloudnestle.marketplace.rest.internal.wire.SolutionDetailView;
import com.cloudnestle.marketplace.rest.internal.wire.SolutionView;
import com.cloudnestle.marketplace.rest.internal.wire.SolutionsView;
import com.cloudnestle.marketplace.solution.PluginReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What is for sale. Rule of both calls: everybody. */
@Component(service = SolutionResource.class)
@Path("solutions")
@Produces(MediaType.APPLICATION_JSON)
public final class SolutionResource {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final int MAX_QUERY = 200;

    private final CatalogService catalog;
    private final Callers callers;

    // a field, because it comes and goes with the plugin host while the catalogue stays
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable PluginReport plugins;

    @Activate
    public SolutionResource(@Reference CatalogService catalog, @Reference Callers callers) {
        this.catalog = catalog;
        this.callers = callers;
    }

    /** The solutions that can be used now, ordered by id. */
    @GET
    public Response list(
            @HeaderParam("Authorization") @Nullable String authorization,
            @QueryParam("query") @Nullable String query,
            @QueryParam("category") @Nullable String category,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        callers.of(authorization); // nothing depends on who it is, but a credential that is not valid is refused
        int most = Answers.number("limit", limit, DEFAULT_LIMIT, MAX_LIMIT);
        String words = words(query);
        List<CatalogEntry> found = catalog.entries().stream()
                .filter(CatalogEntry::available)
                .filter(entry -> category == null || entry.descriptor().category().equalsIgnoreCase(category))
                .filter(entry -> texts(entry).anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(words)))
                .filter(entry -> cursor == null || entry.id().compareTo(cursor) > 0)
                .limit(most + 1L)
                .toList();
        List<SolutionView> page = found.stream().limit(most).map(SolutionView::of).toList();
        return Answers.ok(new SolutionsView(page, found.size() > most ? page.get(most - 1).id() : null));
    }

    /** One solution, also one that is not running, by id or alias. */
    @GET
    @Path("{solution_id}")
    public Response detail(
            @HeaderParam("Authorization") @Nullable String authorization, @PathParam("solution_id") String solution) {
        CatalogEntry entry = catalog.require(solution);
        return Answers.ok(SolutionDetailView.of(entry, health(entry, mayReadHealth(authorization, entry))));
    }

    private boolean mayReadHealth(@Nullable String authorization, CatalogEntry entry) {
        Caller caller = callers.of(authorization);
        return caller instanceof Caller.Admin
                || caller instanceof Caller.SolutionKey key && key.solutionId().equals(entry.id());
    }

    private @Nullable HealthView health(CatalogEntry entry, boolean withMessage) {
        PluginReport report = plugins;
        return report == null
                ? null
                : report.health(entry.id())
                        .map(health -> new HealthView(health.ok(), withMessage ? health.message() : null))
                        .orElse(null);
    }

    private static String words(@Nullable String query) {
        String words = query == null ? "" : query.strip().toLowerCase(Locale.ROOT);
        if (words.length() > MAX_QUERY) {
            throw MarketplaceException.invalid("query", "may have at most " + MAX_QUERY + " characters");
        }
        return words;
    }

    private static Stream<String> texts(CatalogEntry entry) {
        return Stream.concat(
                Stream.of(entry.id(), entry.descriptor().name(), entry.descriptor().summary(), entry.descriptor().category()),
                entry.descriptor().aliases().stream());
    }
}
