package com.cloudnestle.marketplace.identity;

import com.cloudnestle.marketplace.identity.SignIn.Method;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Who is signed in where. Only hashes of session secrets are kept; a check costs no write and, asked again, no read. */
@ProviderType
public interface Sessions {

    /** The live session of this secret; ended and expired ones, and anything else, are empty. */
    Optional<Session> authenticate(String secret);

    /** Of one account, the latest used first. */
    List<Session> ofAccount(String accountId);

    /** Ends one, at once on this node and within seconds on others. Ending an ended one is no error. */
    void end(String accountId, String sessionId, String actor);

    /** @param keep id of the one that goes on; empty ends all */
    void endAll(String accountId, String keep, String actor);

    /**
     * That the person has just proved again who they are, for {@link Session#provedAt()}. The secret changes.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code sign-in-refused} (401), {@code too-many-requests} (429)
     */
    NewSession proveAgain(Session session, String password, Client client);

    /**
     * Lets an administrator see what a customer sees. Read the customer's data, change nothing: the edge refuses.
     *
     * @param reason why, for the audit log and the customer; 10 to 500 characters
     */
    NewSession impersonate(Session administrator, String accountId, String reason, Client client);

    /**
     * @param id {@code ses_…}, safe to show and log
     * @param provedAt when the person last proved who they are; acts that cannot be undone want this to be recent
     * @param usedAt not more exact than an hour
     * @param impersonator the administrator behind it, with the reason; empty: the person
     */
    record Session(
            String id,
            String accountId,
            Method method,
            Instant createdAt,
            Instant provedAt,
            Instant usedAt,
            Instant expiresAt,
            String device,
            Optional<Client.Place> place,
            Optional<Impersonator> impersonator) {}

    record Impersonator(String accountId, String reason) {}

    /**
     * @param secret for a cookie; nowhere else
     * @param deviceSecret for a second, long-lived cookie that tells this browser has signed in here before; empty: leave the
     *     cookie as it is
     */
    record NewSession(Session session, String secret, String deviceSecret) {
        @Override
        public String toString() {
            return "NewSession[" + session.id() + "]";
        }
    }
}
