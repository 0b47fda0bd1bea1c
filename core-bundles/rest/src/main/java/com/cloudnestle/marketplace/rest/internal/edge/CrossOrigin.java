package com.cloudnestle.marketplace.rest.internal.edge;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.WebOrigin;
import com.cloudnestle.marketplace.entitlement.Handover;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Lets pages of a solution's registered origins use what solutions use, and nothing else: never with cookies, so a page of
 * another server can do no more than a program with the same token.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
@Component(service = CrossOrigin.class)
public final class CrossOrigin {

    private static final Set<String> SHARED = Set.of("/api/exchange-code", "/api/validate-solution-token", "/api/validate-token",
            "/quota/validate", "/api/track-usage", "/api/refresh-token", "/api/user-context");
    private static final Pattern SOLUTION = Pattern.compile("/solutions/([a-z][a-z0-9-]{1,59})/api/.*");

    private final CatalogService catalog;
    private final Handover handover;

    @Activate
    public CrossOrigin(@Reference CatalogService catalog, @Reference Handover handover) {
        this.catalog = catalog;
        this.handover = handover;
    }

    /** @return whether this was a preflight, and is answered */
    boolean answer(EdgeRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        Matcher solution = path.startsWith("/solutions/") ? SOLUTION.matcher(path) : null;
        boolean ofSolution = solution != null && solution.matches();
        if (!ofSolution && !SHARED.contains(path)) {
            return false;
        }
        response.addHeader("Vary", "Origin");
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return false; // a program, or a page of this server
        }
        Optional<String> allowed = allowed(origin, ofSolution ? solution.group(1) : null);
        if (allowed.isEmpty()) {
            return false;
        }
        response.setHeader("Access-Control-Allow-Origin", allowed.get());
        response.setHeader("Access-Control-Expose-Headers",
                "RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, X-Marketplace-Tier, X-Marketplace-Solution,"
                        + " X-Marketplace-Quota-Limit, X-Marketplace-Quota-Used, X-Marketplace-Quota-Remaining");
        if (!request.getMethod().equals("OPTIONS") || request.getHeader("Access-Control-Request-Method") == null) {
            return false;
        }
        response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
        response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, X-Device-Id, X-Request-Id");
        response.setHeader("Access-Control-Max-Age", "600");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return true;
    }

    private Optional<String> allowed(String origin, @Nullable String solutionId) {
        Optional<String> asked = WebOrigin.parse(origin).map(WebOrigin::toString);
        return asked.filter(page -> solutionId == null
                ? catalog.entries().stream().map(CatalogEntry::id).anyMatch(id -> handover.origins(id).contains(page))
                : handover.origins(solutionId).contains(page));
    }
}
