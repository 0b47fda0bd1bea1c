package com.cloudnestle.marketplace.identity;

import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * From a proof of who somebody is to a session. All refusals of the first step are {@code sign-in-refused} (401) with the
 * same words and the same time, whatever was wrong; {@code too-many-requests} (429) says when to try again. Trials are
 * counted by address, by network and by both, so that strangers' trials do not keep a person out of a browser that has
 * signed in before.
 */
@ProviderType
public interface SignIn {

    /**
     * @param knownDevice secret of the cookie that an earlier session of this browser left; empty: what {@code client} says
     */
    Step withPassword(EmailAddress email, String password, String knownDevice, Client client);

    /**
     * The second step.
     *
     * @param code six digits of an authenticator, or one of the recovery codes
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code sign-in-refused} (401), {@code code-invalid} (410)
     *     if the ticket has expired or too many codes were wrong
     */
    Done withCode(String ticket, String code, Client client);

    /** The account a live ticket is for, so that a passkey of the same account can take the place of the code. */
    Optional<String> ticketHolder(String ticket);

    /**
     * For bundles that know who it is by other means: a passkey, another provider.
     *
     * @param strong whether the proof is worth two factors, as a verified passkey is
     */
    Step vouched(String accountId, Method method, boolean strong, Client client);

    /**
     * For bundles that know a verified address by other means: the account with it, made if there is none.
     *
     * @param name used if the account is made
     */
    Account accountOf(EmailAddress verified, String name, String language, Client client);

    sealed interface Step permits Done, SecondFactorNeeded {}

    record Done(NewSession session, Account account) implements Step {}

    /** @param ticket for {@link #withCode}, or for a passkey of the same account */
    record SecondFactorNeeded(String ticket, Set<Factor> factors, Instant expiresAt) implements Step {
        public SecondFactorNeeded {
            Objects.requireNonNull(expiresAt);
            factors = Set.copyOf(factors);
        }

        @Override
        public String toString() {
            return "SecondFactorNeeded" + factors;
        }
    }

    enum Factor {
        AUTHENTICATOR,
        RECOVERY_CODE,
        PASSKEY
    }

    /** How somebody proved who they are. */
    enum Method {
        PASSWORD,
        PASSKEY,
        PROVIDER,
        SIGN_UP,
        SETUP,
        IMPERSONATION
    }
}
