package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.console.internal.AccessReport.Verdict;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenRecord;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.ApiKeys.KeyOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of the checklist that looks at a token. The text may be anything somebody pasted, so it is never shown whole. */
final class TokenCheck {

    private static final Pattern TOKEN_START = Pattern.compile("(tok_[a-z]{1,12}_[A-Za-z0-9_-]{4})[A-Za-z0-9_-]{8,}");

    private final Platform platform;
    private final String token;
    private final Optional<TokenRecord> found;
    private final @Nullable MarketplaceException refusal;
    private final List<Step> steps = new ArrayList<>();

    /** Whose token it is. */
    record Known(String customerId, String email, String solutionId) {}

    TokenCheck(Platform platform, String token) {
        this.platform = platform;
        this.token = token;
        found = platform.tokens().inspect(token);
        refusal = authenticated();
        if (found.isEmpty()) {
            steps.add(Step.failed("token", "not known: " + whatElse(),
                    "check that all of it was copied; market:token <customer> <solution> shows the right one"));
        } else {
            describe(found.get());
        }
    }

    /** The beginning of a token, or only the length of anything else, which might be a password. */
    String shown() {
        Matcher matcher = TOKEN_START.matcher(token);
        return matcher.matches() ? matcher.group(1) + "..." : "(a text of " + token.length() + " characters)";
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Empty if no such token was ever issued. */
    Optional<Known> holder() {
        return found.map(TokenRecord::holder).map(h -> new Known(h.customerId(), h.email(), h.solutionId()));
    }

    /** Whether a call with it gets past authentication. */
    boolean works() {
        return refusal == null;
    }

    Verdict refusal(String action) {
        MarketplaceException e = refusal == null
                ? new MarketplaceException(Problem.TOKEN_UNKNOWN, "The token is not known.")
                : refusal;
        return Verdicts.refused(
                action, e, steps.stream().filter(Step::failed).map(Step::next).findFirst().orElse(null));
    }

    private @Nullable MarketplaceException authenticated() {
        try {
            platform.tokens().authenticate(token);
            return null;
        } catch (MarketplaceException e) {
            return e;
        }
    }

    private void describe(TokenRecord record) {
        TokenHolder holder = record.holder();
        String again = "market:token " + holder.email() + " " + holder.solutionId();
        steps.add(Step.ok("token", shown() + " is " + holder.tokenId() + ", made " + holder.issuedAt()));
        steps.add(switch (record.state()) {
            case ACTIVE -> Step.ok("token state",
                    holder.expiresAt().map(at -> "active, expires " + at).orElse("active, permanent"));
            case GRACE -> Step.note("token state",
                    "replaced; works until " + Wording.time(holder.expiresAt(), "its end"), again + " shows its successor");
            case REVOKED -> Step.failed("token state", "revoked", again + " makes a new one");
            case EXPIRED -> Step.failed("token state",
                    "expired " + Wording.time(holder.expiresAt(), ""), again + " makes a new one");
        });
        steps.add(platform.customers().find(holder.customerId()).isPresent()
                ? Step.ok("customer", holder.email() + ", " + holder.customerId())
                : Step.note("customer", holder.email() + ", " + holder.customerId() + ", is not in the directory", null));
    }

    private String whatElse() {
        Optional<KeyOwner> owner = platform.keys().authenticate(token);
        if (owner.isEmpty()) {
            return shown();
        }
        return owner.get() instanceof KeyOwner.SolutionKey key
                ? "this is the key of the solution " + key.solutionId() + ", not a customer's token"
                : "this is the admin key, not a customer's token";
    }
}
