package com.cloudnestle.marketplace.solutions.awsfinder.internal.rest;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.solution.Metered;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.SearchOutcome;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.SearchQuery;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.Suggestions;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.Suggestions.Suggestion;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The solution's REST interface, below {@code /solutions/aws-solution-finder/api/}. Only searching costs anything. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class SearchResource {

    private static final int LONGEST_PREFIX = 100;

    private final Catalogue catalogue;
    private final Suggestions suggestions;
    private final Function<SearchQuery, SearchOutcome> search;

    public SearchResource(Catalogue catalogue, Function<SearchQuery, SearchOutcome> search) {
        this.catalogue = catalogue;
        this.suggestions = new Suggestions(catalogue);
        this.search = search;
    }

    @POST
    @Path("search")
    @Consumes(MediaType.APPLICATION_JSON)
    @Metered("search")
    public SearchReply search(@Nullable SearchRequest request) {
        if (request == null) {
            throw MarketplaceException.invalid("query", "must be text");
        }
        SearchQuery query = request.checked();
        long start = System.nanoTime();
        SearchOutcome outcome = search.apply(query);
        double millis = Math.round((System.nanoTime() - start) / 10_000.0) / 100.0;
        return SearchReply.of(outcome, millis, catalogue);
    }

    @GET
    @Path("suggest")
    public Map<String, List<Suggestion>> suggest(@QueryParam("q") @Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return Map.of("suggestions", List.of());
        }
        return Map.of("suggestions", suggestions.completing(QueryText.checked("q", typed, LONGEST_PREFIX)));
    }

    @GET
    @Path("examples")
    public Map<String, Object> examples() {
        return Map.of("examples", catalogue.examples(), "items", catalogue.items().size());
    }

    @GET
    @Path("items/{id}")
    public ItemView item(@PathParam("id") String id) {
        return catalogue.find(id).map(item -> ItemView.of(item, catalogue))
                .orElseThrow(() -> new MarketplaceException(Problem.NOT_FOUND, "There is no such entry in the catalogue."));
    }
}
