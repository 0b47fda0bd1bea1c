package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.rest.internal.access.Caller.Person;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.Requests.PasswordRequest;
import com.cloudnestle.marketplace.rest.internal.people.Requests.ProfileRequest;
import com.cloudnestle.marketplace.rest.internal.people.Requests.ProveRequest;
import com.cloudnestle.marketplace.rest.internal.people.Views.AccountContext;
import com.cloudnestle.marketplace.rest.internal.people.Views.AccountView;
import com.cloudnestle.marketplace.rest.internal.people.Views.SessionView;
import com.cloudnestle.marketplace.rest.internal.people.Views.SessionsView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A person's own account and where they are signed in. */
@Component(service = AccountResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class AccountResource {

    private final SignedIn signedIn;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Clients clients;
    private final SessionCookies cookies;

    @Activate
    public AccountResource(
            @Reference SignedIn signedIn,
            @Reference Accounts accounts,
            @Reference Sessions sessions,
            @Reference Clients clients,
            @Reference SessionCookies cookies) {
        this.signedIn = signedIn;
        this.accounts = accounts;
        this.sessions = sessions;
        this.clients = clients;
        this.cookies = cookies;
    }

    /** Rule: signed in. */
    @GET
    public Response context() {
        Person person = signedIn.person();
        return Answers.ok(AccountContext.of(person.account(), person.session()));
    }

    /** Rule: the person. */
    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(@Nullable ProfileRequest sent) {
        Account account = signedIn.owner().account();
        ProfileRequest body = Answers.body(sent);
        return Answers.ok(AccountView.of(accounts.update(account.id(), body.name(), body.language())));
    }

    /** Rule: the person, who proves it by the present password, or lately where there is none. */
    @POST
    @Path("password")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response password(@Context HttpServletRequest request, @Nullable PasswordRequest sent) {
        Person person = signedIn.owner().account().passwordSet() ? signedIn.owner() : signedIn.proved();
        PasswordRequest body = Answers.body(sent);
        accounts.changePassword(person.account().id(), body.current() == null ? "" : body.current(),
                Answers.required("replacement", body.replacement()), person.session().id(), clients.of(request));
        return Answers.done();
    }

    /** Rule: the person. */
    @POST
    @Path("prove")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response prove(@Context HttpServletRequest request, @Nullable ProveRequest sent) {
        Person person = signedIn.owner();
        String password = Answers.required("password", Answers.body(sent).password());
        return Answers.of(204, null,
                cookies.replaced(sessions.proveAgain(person.session(), password, clients.of(request))));
    }

    /** Rule: the person. */
    @GET
    @Path("export")
    public Response export() {
        Person person = signedIn.owner();
        return Response.ok(accounts.export(person.account().id()), MediaType.APPLICATION_JSON_TYPE)
                .header("Content-Disposition", "attachment; filename=\"cloudnestle-data.json\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Rule: the person, proved again. */
    @DELETE
    public Response delete(@Context HttpServletRequest request) {
        Person person = signedIn.proved();
        accounts.delete(person.account().id(), person.actor());
        return Answers.of(204, null, cookies.closed(request));
    }

    /** Rule: signed in. */
    @GET
    @Path("sessions")
    public Response sessions() {
        Person person = signedIn.person();
        return Answers.ok(new SessionsView(sessions.ofAccount(person.account().id()).stream()
                .map(session -> SessionView.of(session, person.session().id()))
                .toList()));
    }

    /** Rule: the person. */
    @DELETE
    @Path("sessions/{id}")
    public Response end(@PathParam("id") String id) {
        Person person = signedIn.owner();
        sessions.end(person.account().id(), id, person.actor());
        return Answers.done();
    }

    /** All but the one that asks. Rule: the person. */
    @DELETE
    @Path("sessions")
    public Response endOthers() {
        Person person = signedIn.owner();
        sessions.endAll(person.account().id(), person.session().id(), person.actor());
        return Answers.done();
    }
}
