package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.solution.Metered;
import com.cloudnestle.marketplace.solution.Solution;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Map;

/** A solution as a partner would write it. */
@Path("/")
@Consumes("application/json")
@Produces("application/json")
public final class TextSolution implements Solution {

    private final SolutionDescriptor descriptor;
    private final String answer;

    TextSolution(String id, String answer) {
        this(SolutionDescriptor.of(id, "Text", "Answers texts.", "count"), answer);
    }

    TextSolution(SolutionDescriptor descriptor, String answer) {
        this.descriptor = descriptor;
        this.answer = answer;
    }

    @Override
    public SolutionDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public SolutionHealth health() {
        return SolutionHealth.healthy(answer);
    }

    public record Text(String text) {}

    @POST
    @Path("count")
    @Metered("count")
    public Map<String, String> count(Text text) {
        if (text.text() == null) {
            throw MarketplaceException.invalid("text", "is missing");
        }
        return Map.of("answer", answer);
    }

    @GET
    @Path("version")
    public Map<String, String> version() {
        return Map.of("answer", answer);
    }
}
