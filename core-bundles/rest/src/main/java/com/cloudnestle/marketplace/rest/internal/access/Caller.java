package com.cloudnestle.marketplace.rest.internal.access;

import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Sessions.Impersonator;
import com.cloudnestle.marketplace.identity.Sessions.Session;
import com.cloudnestle.marketplace.identity.UserKeys.KeyHolder;

/**
 * Who makes a request. The methods are the rules of who may do what; each resource method calls the one that is its rule
 * before it does anything. The whole table is in {@code docs/guides/authorization.md}.
 */
public sealed interface Caller {

    /** Name in the audit log. */
    String actor();

    /** Whether it may see and do everything an operator may. */
    default boolean operator() {
        return false;
    }

    /** Rule: the operator only. */
    default void mustBeAdmin() {
        throw new MarketplaceException(Problem.NOT_ALLOWED, "This needs the admin key.");
    }

    /** Rule: the operator, or the solution itself. */
    default void mustServe(String solutionId) {
        throw new MarketplaceException(Problem.NOT_ALLOWED, "This needs the admin key or a key of " + solutionId + ".");
    }

    /** The operator of this marketplace. */
    record Admin() implements Caller {
        @Override
        public String actor() {
            return "admin";
        }

        @Override
        public boolean operator() {
            return true;
        }

        @Override
        public void mustBeAdmin() {
            // is
        }

        @Override
        public void mustServe(String solutionId) {
            // serves all
        }
    }

    /** A solution, by one of its own keys. */
    record SolutionKey(String keyId, String solutionId) implements Caller {
        @Override
        public String actor() {
            return "solution:" + solutionId;
        }

        @Override
        public void mustServe(String wanted) {
            if (!wanted.equals(solutionId)) {
                throw new MarketplaceException(Problem.NOT_ALLOWED, "This key belongs to another solution.");
            }
        }
    }

    /** A person, by the token that lets them use one solution. */
    record TokenUser(TokenHolder holder) implements Caller {
        @Override
        public String actor() {
            return holder.customerId();
        }
    }

    /** A person, by an API key of their own for one solution. */
    record KeyUser(KeyHolder holder) implements Caller {
        @Override
        public String actor() {
            return holder.customerId();
        }
    }

    /** A person signed in with a browser. */
    record Person(Session session, Account account) implements Caller {
        @Override
        public String actor() {
            return session.impersonator().map(Impersonator::accountId).orElse(account.id());
        }

        @Override
        public boolean operator() {
            return account.has(Account.Role.ADMIN) && session.impersonator().isEmpty();
        }

        @Override
        public void mustBeAdmin() {
            if (!operator()) {
                throw new MarketplaceException(Problem.NOT_ALLOWED, "This needs an administrator.");
            }
        }

        @Override
        public void mustServe(String solutionId) {
            mustBeAdmin();
        }
    }

    /** No credential was given. */
    record Nobody() implements Caller {
        @Override
        public String actor() {
            return "anonymous";
        }

        @Override
        public void mustBeAdmin() {
            throw credentialMissing("the admin key");
        }

        @Override
        public void mustServe(String solutionId) {
            throw credentialMissing("the admin key or a key of the solution");
        }
    }

    /** The 401 of a call that came without any credential. */
    static MarketplaceException credentialMissing(String what) {
        return new MarketplaceException(
                Problem.CREDENTIALS_MISSING, "Send " + what + " as 'Authorization: Bearer …'.");
    }
}
