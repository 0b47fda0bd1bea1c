package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.Visitors;
import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.QuotaAnswers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every metered call of one solution: finds out who calls, takes the units, gives them back when the call
 * fails. Everything it knows about access it asks from the services of the control plane.
 */
final class SolutionGate implements CallGate {

    private static final Logger LOG = LoggerFactory.getLogger(SolutionGate.class);

    /** RFC 6750: the scheme in any case, one space or more, then a token without spaces. */
    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(\\S+)");

    private final SolutionDescriptor solution;
    private final SolutionTokens tokens;
    private final Visitors visitors;
    private final QuotaService quotas;
    private final InstantSource clock;

    SolutionGate(
            SolutionDescriptor solution, SolutionTokens tokens, Visitors visitors, QuotaService quotas, InstantSource clock) {
        this.solution = solution;
        this.tokens = tokens;
        this.visitors = visitors;
        this.quotas = quotas;
        this.clock = clock;
    }

    @Override
    public Verdict enter(Call call) {
        Decision decision = quotas.decide(request(call));
        Instant now = clock.instant();
        if (decision instanceof Decision.Denied denied) {
            return new Verdict.Refuse(QuotaAnswers.DENIED_STATUS, QuotaAnswers.deniedHeaders(denied, now),
                    QuotaAnswers.deniedJson(withReturnUrl(denied), now));
        }
        Decision.Allowed allowed = (Decision.Allowed) decision;
        return new Verdict.Pass(QuotaAnswers.headers(allowed.state(), now), failed -> completed(failed, allowed));
    }

    /**
     * A repeated call counts once, but only if it asks for the same: the key alone would let its sender do any amount of
     * other work for the units of the first call. So the key that is kept also stands for what was asked.
     */
    private AccessRequest request(Call call) {
        AccessRequest asked = new AccessRequest(
                subject(call), solution.id(), call.action(), call.units(), false, call.header("idempotency-key"));
        return asked.idempotencyKey().map(key -> asked.withIdempotencyKey(keyFor(key, call.fingerprint()))).orElse(asked);
    }

    /** Hashed, because a key may be as long as the quota service takes. */
    private static String keyFor(String key, String fingerprint) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return "call-" + HexFormat.of().formatHex(digest.digest((fingerprint + key).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private Subject subject(Call call) {
        Optional<String> credential = call.header("authorization");
        if (credential.isEmpty()) {
            return visitors.recognise(call.remoteAddress(), call.header("x-device-id").orElse(null));
        }
        Matcher bearer = BEARER.matcher(credential.get().strip());
        if (!bearer.matches()) {
            throw new MarketplaceException(
                    Problem.CREDENTIALS_INVALID, "Send a solution token as \"Authorization: Bearer <token>\", or nothing.");
        }
        TokenHolder holder = tokens.authenticate(bearer.group(1));
        if (!holder.solutionId().equals(solution.id())) {
            throw new MarketplaceException(
                    Problem.TOKEN_WRONG_SOLUTION, "This token is not for " + solution.id() + ". Use the token of this solution.");
        }
        return new Subject.User(holder.customerId());
    }

    private void completed(boolean failed, Decision.Allowed allowed) {
        if (!failed || allowed.receipt().isEmpty()) {
            return;
        }
        try {
            quotas.giveBack(allowed.receipt().get());
        } catch (MarketplaceException e) { // the caller has an answer already; one failed call stays counted
            LOG.warn("units of a failed call not given back solution={} action={} code={}",
                    solution.id(), allowed.state().action(), e.problem().code(), e);
        }
    }

    /** Somebody who registers from here comes back here: to the solution's own page, never to an address from outside. */
    private Decision.Denied withReturnUrl(Decision.Denied denied) {
        String page = URLEncoder.encode("/solutions/" + solution.id() + "/" + solution.startPath(), StandardCharsets.UTF_8);
        Optional<String> url = denied.upgradeUrl().map(target -> target.startsWith("/register")
                ? target + (target.contains("?") ? "&" : "?") + "return_url=" + page
                : target);
        return new Decision.Denied(denied.reason(), denied.state(), denied.message(), url);
    }
}
