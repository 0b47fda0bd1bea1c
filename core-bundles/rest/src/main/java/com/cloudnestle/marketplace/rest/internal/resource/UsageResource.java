package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory.UsagePage;
import com.cloudnestle.marketplace.quota.UsageHistory;
import com.cloudnestle.marketplace.rest.internal.access.Caller;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.access.CustomerAccess;
import com.cloudnestle.marketplace.rest.internal.wire.UsageView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What customers used, day by day. */
@Component(service = UsageResource.class)
@Path("usage/{customer_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class UsageResource {

    private static final int DEFAULT_DAYS = 30;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final Callers callers;
    private final CustomerAccess customers;
    private final CatalogService catalog;
    private final UsageHistory history;
    private final InstantSource clock;

    @Activate
    public UsageResource(
            @Reference Callers callers,
            @Reference CustomerAccess customers,
            @Reference CatalogService catalog,
            @Reference UsageHistory history,
            @Reference InstantSource clock) {
        this.callers = callers;
        this.customers = customers;
        this.catalog = catalog;
        this.history = history;
        this.clock = clock;
    }

    /** Rule: the operator; the solution itself and the customer by a token, for this one solution. */
    @GET
    public Response usage(
            @HeaderParam("Authorization") @Nullable String authorization,
            @PathParam("customer_id") String customerId,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("solution_id") @Nullable String solution,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller caller = callers.of(authorization);
        Customer customer = customers.require(caller, customerId);
        String only = onlySolution(caller, solution);
        LocalDate last = day("to", to, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        LocalDate first = day("from", from, last.minusDays(DEFAULT_DAYS - 1L));
        if (first.isAfter(last)) {
            throw MarketplaceException.invalid("from", "must not be after 'to'");
        }
        int rows = Answers.number("limit", limit, DEFAULT_LIMIT, MAX_LIMIT);
        return Answers.ok(UsageView.of(customer.id(), first, last, page(customer, first, last, only, rows, cursor)));
    }

    private UsagePage page(
            Customer customer, LocalDate first, LocalDate last, @Nullable String only, int rows, @Nullable String cursor) {
        try {
            return history.usage(new Subject.User(customer.id()), first, last, only, rows, cursor);
        } catch (IllegalArgumentException e) {
            if (cursor == null) {
                throw e;
            }
            throw MarketplaceException.invalid("cursor", "is not one this call gave out");
        }
    }

    private @Nullable String onlySolution(Caller caller, @Nullable String wanted) {
        if (wanted == null) {
            return CustomerAccess.onlySolution(caller).orElse(null);
        }
        String solutionId = catalog.require(wanted).id();
        CustomerAccess.mustSeeSolution(caller, solutionId);
        return solutionId;
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
