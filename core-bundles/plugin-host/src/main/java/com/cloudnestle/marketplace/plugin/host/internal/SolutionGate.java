package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaService;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every metered call of one solution: finds out who calls, takes the units, gives them back when the call
 * fails. Everything it knows about access it asks from the services of the control plane.
 */
final class SolutionGate implements CallGate {

    private static final Logger LOG = LoggerFactory.getLogger(SolutionGate.class);

    private final SolutionDescriptor solution;
    private final CallSubjects subjects;
    private final QuotaService quotas;
    private final InstantSource clock;

    SolutionGate(SolutionDescriptor solution, CallSubjects subjects, QuotaService quotas, InstantSource clock) {
        this.solution = solution;
        this.subjects = subjects;
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
                subjects.of(call, solution), solution.id(), call.action(), call.units(), false, call.header("idempotency-key"));
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
