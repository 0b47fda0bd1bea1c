package com.cloudnestle.marketplace.rest.internal.access;

import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.ApiKeys.KeyOwner;
import com.cloudnestle.marketplace.identity.ApiKeys;
import com.cloudnestle.marketplace.identity.UserKeys;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Turns the credential of a request into a {@link Caller}. A credential that is given but not valid is always refused. */
@Component(service = Callers.class)
public final class Callers {

    private static final String SCHEME = "Bearer";
    private static final String TOKEN_PREFIX = "tok_";

    private final ApiKeys keys;
    private final SolutionTokens tokens;
    /**
     * Absent: there are no sessions and no keys of people. Bound and unbound while this lives: if it were made anew, so would
     * all that stands on it, and with it the mount of {@code /api}.
     */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable People people;

    @Activate
    public Callers(@Reference ApiKeys keys, @Reference SolutionTokens tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    /** With all it may know, without a container. */
    public Callers(ApiKeys keys, SolutionTokens tokens, People people) {
        this(keys, tokens);
        this.people = people;
    }

    /**
     * @param authorization the {@code Authorization} header, null if there is none
     * @throws MarketplaceException {@code credentials-invalid}, {@code token-unknown}, {@code token-revoked},
     *     {@code token-expired} (401)
     */
    public Caller of(@Nullable String authorization) {
        Optional<String> secret = bearer(authorization);
        return secret.isEmpty() ? signedIn() : holderOf(secret.get());
    }

    /** An ended session is like none: the page shows the way to sign in, where a program would have to mend its credential. */
    private Caller signedIn() {
        People present = people;
        return CurrentSession.secret()
                .flatMap(secret -> present == null ? Optional.empty() : present.signedIn(secret))
                .map(Caller.class::cast)
                .orElseGet(Caller.Nobody::new);
    }

    /** The secret of a Bearer header; empty without a header. */
    public static Optional<String> bearer(@Nullable String authorization) {
        if (authorization == null || authorization.isBlank()) {
            return Optional.empty();
        }
        String text = authorization.strip();
        int blank = text.indexOf(' ');
        if (!SCHEME.equalsIgnoreCase(blank < 0 ? text : text.substring(0, blank))) {
            throw new MarketplaceException(Problem.CREDENTIALS_INVALID, "Only the scheme 'Bearer' is understood.");
        }
        if (blank < 0) {
            throw new MarketplaceException(Problem.CREDENTIALS_INVALID, "The Authorization header holds no credential.");
        }
        return Optional.of(text.substring(blank).strip());
    }

    private Caller holderOf(String secret) {
        // Both kinds are looked up by hash; asking the likelier one first saves a read on the hot path.
        if (secret.startsWith(TOKEN_PREFIX)) {
            try {
                return new Caller.TokenUser(tokens.authenticate(secret));
            } catch (MarketplaceException e) {
                if (e.problem() != Problem.TOKEN_UNKNOWN) {
                    throw e;
                }
                return keyOwner(secret).orElseThrow(() -> e);
            }
        }
        People present = people;
        if (present != null && secret.startsWith(UserKeys.PREFIX)) {
            return present.keyUser(secret);
        }
        return keyOwner(secret).orElseThrow(
                () -> new MarketplaceException(Problem.CREDENTIALS_INVALID, "This is no key or token of this marketplace."));
    }

    private Optional<Caller> keyOwner(String secret) {
        return keys.authenticate(secret).map(owner -> {
            if (owner instanceof KeyOwner.SolutionKey key) {
                return new Caller.SolutionKey(key.keyId(), key.solutionId());
            }
            return new Caller.Admin();
        });
    }
}
