package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.catalog.WebOrigin;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.Handover;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Visit;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Store;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps codes as hashes in the store, so that any node can exchange what another one gave out. */
@Component
public final class StoredHandover implements Handover {

    private static final Logger LOG = LoggerFactory.getLogger(StoredHandover.class);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final int CODE_BYTES = 32;

    private final Store store;
    private final CatalogService catalog;
    private final EntitlementService entitlements;
    private final SolutionTokens tokens;
    private final HandoverOrigins origins;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    @Activate
    public StoredHandover(
            @Reference CacheSettings settings,
            @Reference CatalogService catalog,
            @Reference EntitlementService entitlements,
            @Reference SolutionTokens tokens,
            @Reference HandoverOrigins origins,
            @Reference InstantSource clock) {
        this.store = settings.store();
        this.catalog = catalog;
        this.entitlements = entitlements;
        this.tokens = tokens;
        this.origins = origins;
        this.clock = clock;
    }

    @Override
    public Visit check(String solutionId, @Nullable String returnUrl, @Nullable String codeChallenge) {
        CatalogEntry solution = catalog.require(solutionId);
        if (codeChallenge != null && !codeChallenge.matches("[A-Za-z0-9_-]{43}")) {
            throw MarketplaceException.invalid("code_challenge", "must be 43 characters of base64url, the SHA-256 of a verifier");
        }
        String wanted = returnUrl == null || returnUrl.isEmpty() ? startPage(solution) : returnUrl;
        ReturnAddress back = allowed(solution, wanted);
        return new Visit(solution.id(), back.address().toString(), Optional.ofNullable(codeChallenge));
    }

    @Override
    public Set<String> origins(String solutionId) {
        return catalog.find(solutionId).map(origins::of).orElse(Set.of());
    }

    @Override
    public URI depart(String customerId, Visit visit) {
        CatalogEntry solution = catalog.require(visit.solutionId());
        ReturnAddress back = allowed(solution, visit.returnUrl()); // what was allowed then may have been withdrawn since
        entitlements.grant(customerId, solution.id(), firstTier(solution), customerId);
        IssuedToken issued = tokens.issue(customerId, solution.id(), customerId);
        if (origins.tokenInUrl(solution)) {
            return back.withQuery("token=" + encoded(issued.token()) + "&user_email=" + encoded(issued.holder().email()));
        }
        String code = newCode();
        store.put(HandoverCode.made(code, customerId, solution.id(), back.origin().map(WebOrigin::toString),
                visit.codeChallenge(), clock.instant()), Condition.itemAbsent());
        return back.withFragment("marketplace_code=" + code);
    }

    @Override
    public IssuedToken exchange(String code, String solutionId, @Nullable String verifier, @Nullable String origin) {
        if (!code.matches("[A-Za-z0-9_-]{43}")) {
            throw invalid();
        }
        HandoverCode kept = store.get(HandoverCode.key(code)).map(HandoverCode::read).orElseThrow(StoredHandover::invalid);
        if (kept.token().isPresent()) {
            throw usedTwice(kept);
        }
        if (kept.expired(clock.instant()) || !meantFor(kept, solutionId, verifier, origin)) {
            LOG.warn("event=handover.refused customerId={} solutionId={}", kept.customerId(), kept.solutionId());
            throw invalid(); // not used up: who only caught the code must not be able to spoil it for the page that waits for it
        }
        IssuedToken issued = tokens.issue(kept.customerId(), kept.solutionId(), kept.customerId());
        if (!store.write(kept.used(TokenHash.of(issued.token()))).applied()) {
            throw store.get(HandoverCode.key(code)).map(HandoverCode::read).map(this::usedTwice).orElseGet(StoredHandover::invalid);
        }
        LOG.info("event=handover.completed customerId={} solutionId={}", kept.customerId(), kept.solutionId());
        return issued;
    }

    private boolean meantFor(HandoverCode code, String solutionId, @Nullable String verifier, @Nullable String origin) {
        boolean sameSolution = catalog.find(solutionId).filter(found -> found.id().equals(code.solutionId())).isPresent();
        boolean proved = code.challenge().isPresent()
                ? verifier != null && equal(code.challenge().get(), challengeOf(verifier))
                : verifier == null;
        Predicate<WebOrigin> expected = asking -> code.origin().isPresent()
                ? code.origin().get().equals(asking.toString())
                : origins.own(asking);
        return sameSolution && proved && (origin == null || WebOrigin.parse(origin).filter(expected).isPresent());
    }

    /** Two have the code, and one of them got the token: nobody can tell which, so it ends. */
    private MarketplaceException usedTwice(HandoverCode code) {
        boolean works = code.token().flatMap(hash -> store.get(TokenItem.key(hash.hex()))).map(TokenItem::read)
                .filter(token -> token.endable(clock.instant())).isPresent();
        if (works) {
            LOG.warn("event=handover.replayed customerId={} solutionId={}", code.customerId(), code.solutionId());
            tokens.revokeAll(code.customerId(), code.solutionId(), "handover-replay");
        }
        return invalid();
    }

    private ReturnAddress allowed(CatalogEntry solution, String wanted) {
        ReturnAddress given = ReturnAddress.parse(wanted).orElseThrow(StoredHandover::notAllowed);
        ReturnAddress back = given.origin().filter(origins::own).isPresent() ? given.here() : given;
        boolean allowed = back.origin().isPresent()
                ? origins.of(solution).contains(back.origin().get().toString())
                : Stream.concat(Stream.of(solution.id()), solution.descriptor().aliases().stream())
                        .anyMatch(name -> back.within("/solutions/" + name + "/"));
        if (!allowed) {
            throw notAllowed();
        }
        return back;
    }

    private static String startPage(CatalogEntry solution) {
        return "/solutions/" + solution.id() + "/" + solution.descriptor().startPath();
    }

    private static String firstTier(CatalogEntry solution) {
        return solution.tiers().stream()
                .map(TierPlan::tier)
                .filter(tier -> !tier.equals(Tiers.ANONYMOUS))
                .findFirst()
                .orElseThrow(() -> new MarketplaceException(Problem.TIER_UNKNOWN, "The solution has no tier to register for."));
    }

    private String newCode() {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        return BASE64URL.encodeToString(bytes);
    }

    private static String challengeOf(String verifier) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return BASE64URL.encodeToString(sha.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static MarketplaceException notAllowed() {
        return MarketplaceException.invalid("return_url", "is not an address of this solution's registered pages");
    }

    private static MarketplaceException invalid() {
        return new MarketplaceException(Problem.CODE_INVALID, "The code is wrong, used up or too old.");
    }
}
