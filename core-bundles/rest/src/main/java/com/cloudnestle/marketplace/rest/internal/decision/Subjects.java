package com.cloudnestle.marketplace.rest.internal.decision;

import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.UserKeys;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.Visitors;
import com.cloudnestle.marketplace.rest.internal.access.Caller;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.access.CustomerAccess;
import com.cloudnestle.marketplace.rest.internal.decision.Decided.Who;
import com.cloudnestle.marketplace.rest.internal.decision.DecisionRequest.VisitorClaim;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whose units a decision is about. A token or an API key of a person speaks for its user, in the body or as Bearer. Without
 * them, the operator and the solution's own key may name a customer or a visitor they saw; without any credential the caller
 * is the visitor.
 */
@Component(service = Subjects.class)
public final class Subjects {

    private final SolutionTokens tokens;
    private final Callers callers;
    private final CustomerAccess customers;
    private final Visitors visitors;
    private final CustomerDirectory directory;

    @Activate
    public Subjects(
            @Reference SolutionTokens tokens,
            @Reference Callers callers,
            @Reference CustomerAccess customers,
            @Reference Visitors visitors,
            @Reference CustomerDirectory directory) {
        this.tokens = tokens;
        this.callers = callers;
        this.customers = customers;
        this.visitors = visitors;
        this.directory = directory;
    }

    Who of(DecisionRequest ask, Presented presented, String solutionId, String action) {
        if (ask.token() != null) {
            Optional<String> bearer = Callers.bearer(presented.authorization());
            if (bearer.isPresent() && !bearer.get().equals(ask.token())) {
                callers.of(presented.authorization()).mustServe(solutionId); // a second credential counts as well
            }
            return ask.token().startsWith(UserKeys.PREFIX)
                    ? byKey(callers.of("Bearer " + ask.token()), ask, solutionId, action)
                    : user(tokens.authenticate(ask.token()), ask, solutionId);
        }
        Caller caller = callers.of(presented.authorization());
        if (caller instanceof Caller.TokenUser token) {
            return user(token.holder(), ask, solutionId);
        }
        if (caller instanceof Caller.KeyUser) {
            return byKey(caller, ask, solutionId, action);
        }
        if (caller instanceof Caller.Nobody || caller instanceof Caller.Person) { // pages send cookies along unasked
            return visitorItself(ask, presented);
        }
        caller.mustServe(solutionId);
        return named(caller, ask);
    }

    private Who byKey(Caller caller, DecisionRequest ask, String solutionId, String action) {
        if (!(caller instanceof Caller.KeyUser key)) {
            throw new MarketplaceException(Problem.CREDENTIALS_INVALID, "This is no API key of a person.");
        }
        Customer customer = directory.require(key.holder().customerId());
        Who who = user(customer.id(), customer.email().value(), key.holder().solutionId(), ask, solutionId);
        if (!key.holder().mayUse(action)) {
            throw new MarketplaceException(Problem.NOT_ALLOWED, "This API key is not for the action " + action + ".");
        }
        return who;
    }

    private static Who user(TokenHolder holder, DecisionRequest ask, String solutionId) {
        return user(holder.customerId(), holder.email(), holder.solutionId(), ask, solutionId);
    }

    private static Who user(String customerId, String email, String ownSolution, DecisionRequest ask, String solutionId) {
        if (!ownSolution.equals(solutionId)) {
            throw new MarketplaceException(Problem.TOKEN_WRONG_SOLUTION, "This token is not for " + solutionId + ".");
        }
        boolean otherEmail = ask.userEmail() != null
                && !EmailAddress.parse("user_email", ask.userEmail()).value().equals(email);
        boolean otherId = ask.customerId() != null && !ask.customerId().equals(customerId);
        if (otherEmail || otherId) {
            throw new MarketplaceException(Problem.TOKEN_WRONG_USER, "This token belongs to another user.");
        }
        return new Who(new Subject.User(customerId), customerId, email);
    }

    private Who visitorItself(DecisionRequest ask, Presented presented) {
        if (ask.userEmail() != null || ask.customerId() != null) {
            throw Caller.credentialMissing("the user's solution token, in the body or");
        }
        if (ask.anonymous() != null || presented.remoteAddress() == null) {
            throw Caller.credentialMissing("a key of the solution");
        }
        return visitor(presented.remoteAddress(), presented.deviceId());
    }

    private Who named(Caller caller, DecisionRequest ask) {
        VisitorClaim claim = ask.anonymous();
        if (claim == null) {
            if (ask.customerId() == null && ask.userEmail() == null) {
                throw MarketplaceException.invalid("token", "give token, customer_id, user_email or anonymous");
            }
            Customer customer = customers.require(caller, ask.customerId(), ask.userEmail());
            return new Who(new Subject.User(customer.id()), customer.id(), customer.email().value());
        }
        if (ask.customerId() != null || ask.userEmail() != null) {
            throw MarketplaceException.invalid("anonymous", "cannot stand beside customer_id or user_email");
        }
        if (claim.ip() == null) {
            throw MarketplaceException.invalid("anonymous.ip", "is required");
        }
        return visitor(claim.ip(), claim.deviceId());
    }

    private Who visitor(String address, @Nullable String deviceId) {
        return new Who(visitors.recognise(address, deviceId), null, null);
    }
}
