package com.cloudnestle.marketplace.identity;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * From an address to an account. There is no account, and nothing that belongs to the address can be seen, until the
 * address is verified by the person who began: with the code from the mail and a proof of being the one who asked.
 */
@ProviderType
public interface SignUp {

    /**
     * Sends a mail: with a code, or, if the address has an account, with the ways in. The answer and its time are the same.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code invalid-field} (422) for a weak password or a bad
     *     name, {@code too-many-requests} (429)
     */
    Pending begin(Request request, Client client);

    /**
     * Makes the account, adopting the customer with this address if there is one, and signs in.
     *
     * @param code from the mail, used up by this
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code code-invalid} (410) for a wrong, used or expired
     *     code, or a wrong proof; {@code too-many-requests} (429)
     */
    Confirmed confirm(String code, Proof proof, Client client);

    /** Sends the mail again. Unknown secrets are ignored. */
    void resend(String pendingSecret, Client client);

    /**
     * Whether the one-time setup code of the first start is still good.
     *
     * @return false when there is an administrator already
     */
    boolean setupOpen();

    /**
     * Makes the first administrator, whose address counts as verified.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code code-invalid} (410), {@code invalid-field} (422)
     */
    Confirmed setUp(String setupCode, Request request, Client client);

    /** @param visit why the person came */
    record Request(EmailAddress email, String password, String name, String language, Optional<Visit> visit) {
        public Request {
            Objects.requireNonNull(email);
            Objects.requireNonNull(password);
            Objects.requireNonNull(name);
            Objects.requireNonNull(language);
            Objects.requireNonNull(visit);
        }

        @Override
        public String toString() {
            return "Request[]"; // holds a password
        }
    }

    /** @param secret for a cookie of the browser that asked */
    record Pending(String secret, Instant expiresAt) {
        @Override
        public String toString() {
            return "Pending[]";
        }
    }

    /** That the one who confirms is the one who asked: the mail alone is not enough, or a stranger's password would hold. */
    sealed interface Proof {
        record PendingSecret(String secret) implements Proof {
            @Override
            public String toString() {
                return "PendingSecret[]";
            }
        }

        record Password(String password) implements Proof {
            @Override
            public String toString() {
                return "Password[]";
            }
        }
    }

    record Confirmed(Sessions.NewSession session, Account account, Optional<Visit> visit) {}
}
