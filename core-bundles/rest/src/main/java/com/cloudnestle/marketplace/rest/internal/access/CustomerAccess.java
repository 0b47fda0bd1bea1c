package com.cloudnestle.marketplace.rest.internal.access;

import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.EmailAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Rule of everything that belongs to one customer: the operator sees all; a solution sees the customers who are entitled to
 * it; a token's user and whoever is signed in sees themself; for anybody else the customer does not exist (404).
 */
@Component(service = CustomerAccess.class)
public final class CustomerAccess {

    private final CustomerDirectory customers;
    private final EntitlementService entitlements;

    @Activate
    public CustomerAccess(@Reference CustomerDirectory customers, @Reference EntitlementService entitlements) {
        this.customers = customers;
        this.entitlements = entitlements;
    }

    /** The customer, if this caller may see it. */
    public Customer require(Caller caller, String idOrEmail) {
        if (caller instanceof Caller.Nobody) {
            throw Caller.credentialMissing("the admin key, a key of the solution or the customer's own token");
        }
        Optional<Customer> found = find(idOrEmail);
        return found.filter(customer -> visible(caller, customer)).orElseThrow(CustomerAccess::unknown);
    }

    /** The customer named in a body: by id, or else by e-mail address. */
    public Customer require(Caller caller, @Nullable String customerId, @Nullable String userEmail) {
        if (customerId == null && userEmail == null) {
            throw MarketplaceException.invalid("customer_id", "give customer_id or user_email");
        }
        if (customerId == null) {
            return require(caller, EmailAddress.parse("user_email", userEmail).value());
        }
        Customer customer = require(caller, customerId);
        if (userEmail != null && !EmailAddress.parse("user_email", userEmail).equals(customer.email())) {
            throw MarketplaceException.invalid("user_email", "is not the address of customer_id");
        }
        return customer;
    }

    /** The only solution whose numbers this caller may see; empty: all. */
    public static Optional<String> onlySolution(Caller caller) {
        if (caller instanceof Caller.SolutionKey key) {
            return Optional.of(key.solutionId());
        }
        return caller instanceof Caller.TokenUser user ? Optional.of(user.holder().solutionId()) : Optional.empty();
    }

    /** Rule: numbers of a customer with one solution are open to that solution and to the operator. */
    public static void mustSeeSolution(Caller caller, String solutionId) {
        if (onlySolution(caller).filter(only -> !only.equals(solutionId)).isPresent()) {
            throw new MarketplaceException(Problem.ENTITLEMENT_UNKNOWN, "The customer has no access to this solution.");
        }
    }

    private Optional<Customer> find(String idOrEmail) {
        try {
            return Optional.of(customers.require(idOrEmail));
        } catch (MarketplaceException e) {
            if (e.problem() == Problem.CUSTOMER_UNKNOWN || e.problem() == Problem.INVALID_FIELD) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean visible(Caller caller, Customer customer) {
        if (caller instanceof Caller.SolutionKey key) {
            return entitlements.find(customer.id(), key.solutionId()).isPresent();
        }
        return caller.operator()
                || caller instanceof Caller.Person person && person.account().id().equals(customer.id())
                || caller instanceof Caller.TokenUser user && user.holder().customerId().equals(customer.id());
    }

    private static MarketplaceException unknown() {
        return new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such customer.");
    }
}
