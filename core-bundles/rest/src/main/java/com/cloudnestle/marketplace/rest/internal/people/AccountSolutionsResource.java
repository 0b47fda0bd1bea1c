package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory;
import com.cloudnestle.marketplace.quota.UsageHistory.UsagePage;
import com.cloudnestle.marketplace.rest.internal.access.Caller.Person;
import com.cloudnestle.marketplace.rest.internal.people.Requests.GraceRequest;
import com.cloudnestle.marketplace.rest.internal.people.Views.AccountUsageView;
import com.cloudnestle.marketplace.rest.internal.people.Views.HeldSolutionsView;
import com.cloudnestle.marketplace.rest.internal.people.Views.SolutionTokenView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import com.cloudnestle.marketplace.rest.internal.wire.UsageView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a person may use and has used, and the tokens for it. */
@Component(service = AccountSolutionsResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class AccountSolutionsResource {

    static final int MAX_DAYS = 370;

    private static final int DEFAULT_DAYS = 30;
    private static final int PAGE = 1_000;
    private static final int MAX_ROWS = 20_000;

    private final SignedIn signedIn;
    private final HeldSolutions held;
    private final CatalogService catalog;
    private final SolutionTokens tokens;
    private final UsageHistory history;
    private final InstantSource clock;

    @Activate
    public AccountSolutionsResource(
            @Reference SignedIn signedIn,
            @Reference HeldSolutions held,
            @Reference CatalogService catalog,
            @Reference SolutionTokens tokens,
            @Reference UsageHistory history,
            @Reference InstantSource clock) {
        this.signedIn = signedIn;
        this.held = held;
        this.catalog = catalog;
        this.tokens = tokens;
        this.history = history;
        this.clock = clock;
    }

    /** Rule: signed in. */
    @GET
    @Path("solutions")
    public Response solutions() {
        return Answers.ok(new HeldSolutionsView(held.of(signedIn.person().account().id())));
    }

    /** Rule: signed in. */
    @GET
    @Path("usage")
    public Response usage(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("solution_id") @Nullable String solution) {
        String customerId = signedIn.person().account().id();
        LocalDate last = day("to", to, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        LocalDate first = day("from", from, last.minusDays(DEFAULT_DAYS - 1L));
        if (first.isAfter(last) || first.isBefore(last.minusDays(MAX_DAYS))) {
            throw MarketplaceException.invalid("from", "must be at most " + MAX_DAYS + " days before 'to'");
        }
        String only = solution == null || solution.isEmpty() ? null : catalog.require(solution).id();
        List<UsageView.Day> days = new ArrayList<>();
        String cursor = null;
        do {
            UsagePage page = history.usage(new Subject.User(customerId), first, last, only, PAGE, cursor);
            days.addAll(UsageView.of(customerId, first, last, page).usage());
            cursor = page.cursor().orElse(null);
        } while (cursor != null && days.size() < MAX_ROWS);
        return Answers.ok(new AccountUsageView(first.toString(), last.toString(), days));
    }

    /** Shows the token, and makes one if there is none. Rule: the person. */
    @POST
    @Path("solutions/{id}/token")
    public Response token(@PathParam("id") String solutionId) {
        Person person = signedIn.owner();
        return Answers.ok(SolutionTokenView.of(tokens.issue(person.account().id(), solutionId, person.actor())));
    }

    /** Rule: the person. */
    @POST
    @Path("solutions/{id}/token/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rotate(@PathParam("id") String solutionId, @Nullable GraceRequest sent) {
        Person person = signedIn.owner();
        Duration grace = grace(Answers.body(sent));
        return Answers.ok(SolutionTokenView.of(tokens.rotate(person.account().id(), solutionId, grace, person.actor())));
    }

    /** Rule: the person. */
    @DELETE
    @Path("solutions/{id}/token")
    public Response revoke(@PathParam("id") String solutionId) {
        Person person = signedIn.owner();
        tokens.revokeAll(person.account().id(), solutionId, person.actor());
        return Answers.done();
    }

    static Duration grace(GraceRequest sent) {
        long days = sent.graceDays() == null ? 0 : sent.graceDays();
        if (days < 0 || days > 30) {
            throw MarketplaceException.invalid("grace_days", "must be 0 to 30");
        }
        return Duration.ofDays(days);
    }

    private static LocalDate day(String field, @Nullable String text, LocalDate fallback) {
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 2000 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // answered below
        }
        throw MarketplaceException.invalid(field, "must be a day such as 2026-03-31");
    }
}
