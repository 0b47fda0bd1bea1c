package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Accounts.AccountPage;
import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.rest.internal.access.Caller;
import com.cloudnestle.marketplace.rest.internal.access.Caller.Person;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.Requests.ImpersonateRequest;
import com.cloudnestle.marketplace.rest.internal.people.Requests.RolesRequest;
import com.cloudnestle.marketplace.rest.internal.people.Requests.StatusRequest;
import com.cloudnestle.marketplace.rest.internal.people.Views.AccountView;
import com.cloudnestle.marketplace.rest.internal.people.Views.AdminUserView;
import com.cloudnestle.marketplace.rest.internal.people.Views.AdminUsersView;
import com.cloudnestle.marketplace.rest.internal.people.Views.SessionView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The accounts, for administrators. Rule of all: the operator, by the admin key or signed in. */
@Component(service = AdminResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class AdminResource {

    private static final int PAGE = 50;

    private final Callers callers;
    private final Accounts accounts;
    private final Sessions sessions;
    private final HeldSolutions held;
    private final Clients clients;
    private final SessionCookies cookies;

    @Activate
    public AdminResource(
            @Reference Callers callers,
            @Reference Accounts accounts,
            @Reference Sessions sessions,
            @Reference HeldSolutions held,
            @Reference Clients clients,
            @Reference SessionCookies cookies) {
        this.callers = callers;
        this.accounts = accounts;
        this.sessions = sessions;
        this.held = held;
        this.clients = clients;
        this.cookies = cookies;
    }

    @GET
    @Path("users")
    public Response list(
            @HeaderParam("Authorization") @Nullable String authorization,
            @QueryParam("query") @Nullable String query,
            @QueryParam("cursor") @Nullable String cursor) {
        admin(authorization);
        String prefix = query == null ? "" : query.strip().toLowerCase(Locale.ROOT);
        AccountPage page = accounts.list(prefix, PAGE, cursor == null || cursor.isEmpty() ? null : cursor);
        return Answers.ok(new AdminUsersView(
                page.accounts().stream().map(AccountView::of).toList(), page.cursor().orElse(null)));
    }

    @GET
    @Path("users/{id}")
    public Response one(@HeaderParam("Authorization") @Nullable String authorization, @PathParam("id") String id) {
        admin(authorization);
        Account account = accounts.find(id)
                .orElseThrow(() -> new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such account."));
        return Answers.ok(new AdminUserView(
                AccountView.of(account),
                sessions.ofAccount(id).stream().map(session -> SessionView.of(session, "")).toList(),
                held.of(id)));
    }

    @PUT
    @Path("users/{id}/roles")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response roles(
            @HeaderParam("Authorization") @Nullable String authorization, @PathParam("id") String id, @Nullable RolesRequest sent) {
        Caller admin = admin(authorization);
        List<String> names = Answers.body(sent).roles();
        if (names == null) {
            throw MarketplaceException.invalid("roles", "is required");
        }
        return Answers.ok(AccountView.of(accounts.setRoles(id, roles(names), admin.actor())));
    }

    @PUT
    @Path("users/{id}/status")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response status(
            @HeaderParam("Authorization") @Nullable String authorization, @PathParam("id") String id, @Nullable StatusRequest sent) {
        Caller admin = admin(authorization);
        Boolean suspended = Answers.body(sent).suspended();
        if (suspended == null) {
            throw MarketplaceException.invalid("suspended", "is required");
        }
        return Answers.ok(AccountView.of(accounts.setSuspended(id, suspended, admin.actor())));
    }

    /** Rule: an administrator who is signed in: the key belongs to nobody who could answer for it. */
    @POST
    @Path("users/{id}/impersonate")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response impersonate(
            @Context HttpServletRequest request,
            @HeaderParam("Authorization") @Nullable String authorization,
            @PathParam("id") String id,
            @Nullable ImpersonateRequest sent) {
        if (!(admin(authorization) instanceof Person person)) {
            throw new MarketplaceException(Problem.NOT_ALLOWED, "Only somebody who is signed in can look at another's account.");
        }
        String reason = Answers.required("reason", Answers.body(sent).reason());
        return Answers.of(204, null,
                cookies.lent(request, sessions.impersonate(person.session(), id, reason, clients.of(request))));
    }

    /** Rule: whoever looks at another's account. */
    @DELETE
    @Path("impersonation")
    public Response endImpersonation(
            @Context HttpServletRequest request, @HeaderParam("Authorization") @Nullable String authorization) {
        if (callers.of(authorization) instanceof Person person && person.session().impersonator().isPresent()) {
            return Answers.of(204, null, cookies.givenBack(request, person.session()));
        }
        throw new MarketplaceException(Problem.CONFLICT, "You are not looking at another's account.");
    }

    private Caller admin(@Nullable String authorization) {
        Caller caller = callers.of(authorization);
        caller.mustBeAdmin();
        return caller;
    }

    private static Set<Role> roles(List<String> names) {
        Set<Role> roles = EnumSet.of(Role.CUSTOMER); // everybody is
        for (String name : names) {
            try {
                roles.add(Role.valueOf(String.valueOf(name).toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw MarketplaceException.invalid("roles", "are customer, partner, admin and operator");
            }
        }
        return roles;
    }
}
