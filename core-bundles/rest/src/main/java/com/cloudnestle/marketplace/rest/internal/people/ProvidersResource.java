package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.ExternalSignIn;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Finished;
import com.cloudnestle.marketplace.identity.Visit;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.ProviderTrips.Trip;
import com.cloudnestle.marketplace.rest.internal.people.Views.ProviderView;
import com.cloudnestle.marketplace.rest.internal.people.Views.ProvidersView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Sign-in with accounts elsewhere. People are sent through these addresses by their browser, so the answers are pages to go to;
 * a page is told a problem's code and never what a provider said.
 */
@Component(service = ProvidersResource.class)
@Path("providers")
@Produces(MediaType.APPLICATION_JSON)
public final class ProvidersResource {

    private final SignedIn signedIn;
    private final OtherWaysIn ways;
    private final Visits visits;
    private final Clients clients;
    private final ProviderTrips trips;

    @Activate
    public ProvidersResource(
            @Reference SignedIn signedIn,
            @Reference OtherWaysIn ways,
            @Reference Visits visits,
            @Reference Clients clients,
            @Reference ProviderTrips trips) {
        this.signedIn = signedIn;
        this.ways = ways;
        this.visits = visits;
        this.clients = clients;
        this.trips = trips;
    }

    /** Rule: anybody. */
    @GET
    public Response list() {
        return Answers.ok(new ProvidersView(
                ways.providers().map(ExternalSignIn::providers).orElse(List.of()).stream().map(ProviderView::of).toList()));
    }

    /** Rule: anybody; with {@code link=true} the person, proved again, on a page of the marketplace. */
    @GET
    @Path("{id}/start")
    public Response start(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @QueryParam("solution_id") @Nullable String solutionId,
            @QueryParam("return_url") @Nullable String returnUrl,
            @QueryParam("code_challenge") @Nullable String codeChallenge,
            @QueryParam("link") @Nullable String link) {
        requireGet(request);
        boolean linking = "true".equals(link);
        try {
            Optional<String> linkTo = linking ? Optional.of(accountToLink(request)) : Optional.empty();
            Optional<Visit> visit = linking ? Optional.empty() : visits.of(request, solutionId, returnUrl, codeChallenge);
            ExternalSignIn.Start start = ways.requireProviders().start(id, visit, linkTo, clients.of(request));
            return trips.leave(start, linking);
        } catch (MarketplaceException e) {
            return trips.failed(linking, e);
        }
    }

    /** Rule: the browser that began. */
    @GET
    @Path("{id}/callback")
    public Response callback(@Context HttpServletRequest request, @PathParam("id") String id) {
        requireGet(request);
        Trip trip = trips.of(request);
        try {
            Client client = clients.of(request);
            Finished finished = ways.requireProviders().finish(id, trips.answer(request), trip.browserSecret(), client);
            return trips.arrived(request, finished.step(), trip.linking());
        } catch (MarketplaceException e) {
            return trips.failed(trip.linking(), e);
        }
    }

    /**
     * An account elsewhere opens this one from then on. Another site could have signed its visitor in to an account of its own
     * there, so it must not be able to send them here.
     */
    private String accountToLink(HttpServletRequest request) {
        if (!Clients.fromOwnPage(request)) {
            throw new MarketplaceException(Problem.NOT_ALLOWED, "This can only be done from the marketplace's own pages.");
        }
        return signedIn.proved().account().id();
    }

    /** A look at the headers alone must neither begin nor end anything. */
    private static void requireGet(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            throw new NotAllowedException("GET");
        }
    }
}
