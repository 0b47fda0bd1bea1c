package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.UserKeys;
import com.cloudnestle.marketplace.identity.UserKeys.KeyHolder;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.Visitors;
import com.cloudnestle.marketplace.rest.CallGate.Call;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose units a call takes: of the person behind its token or API key, or of the visitor it comes from. A credential that is
 * given but does not work is always refused, with the same problems as the validate calls of the control plane.
 */
final class CallSubjects {

    /** RFC 6750: the scheme in any case, one space or more, then a token without spaces. */
    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(\\S+)");

    private final SolutionTokens tokens;
    private final PersonKeys keys;
    private final Visitors visitors;

    CallSubjects(SolutionTokens tokens, PersonKeys keys, Visitors visitors) {
        this.tokens = tokens;
        this.keys = keys;
        this.visitors = visitors;
    }

    Subject of(Call call, SolutionDescriptor solution) {
        Optional<String> credential = call.header("authorization");
        if (credential.isEmpty()) {
            return visitors.recognise(call.remoteAddress(), call.header("x-device-id").orElse(null));
        }
        Matcher bearer = BEARER.matcher(credential.get().strip());
        if (!bearer.matches()) {
            throw new MarketplaceException(Problem.CREDENTIALS_INVALID,
                    "Send a solution token or an API key as \"Authorization: Bearer …\", or nothing.");
        }
        String secret = bearer.group(1);
        return new Subject.User(secret.startsWith(UserKeys.PREFIX)
                ? ofKey(keys.authenticate(secret), call, solution)
                : ofToken(tokens.authenticate(secret), solution));
    }

    private static String ofToken(TokenHolder holder, SolutionDescriptor solution) {
        if (!holder.solutionId().equals(solution.id())) {
            throw new MarketplaceException(
                    Problem.TOKEN_WRONG_SOLUTION, "This token is not for " + solution.id() + ". Use the token of this solution.");
        }
        return holder.customerId();
    }

    private static String ofKey(KeyHolder holder, Call call, SolutionDescriptor solution) {
        if (!holder.solutionId().equals(solution.id())) {
            throw new MarketplaceException(
                    Problem.TOKEN_WRONG_SOLUTION, "This API key is not for " + solution.id() + ". Use a key of this solution.");
        }
        if (!holder.mayUse(call.action())) {
            throw new MarketplaceException(Problem.NOT_ALLOWED, "This API key is not for the action " + call.action() + ".");
        }
        return holder.customerId();
    }
}
