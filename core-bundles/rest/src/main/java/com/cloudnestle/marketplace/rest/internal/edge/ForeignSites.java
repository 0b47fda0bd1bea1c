package com.cloudnestle.marketplace.rest.internal.edge;

import com.cloudnestle.marketplace.catalog.WebOrigin;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what another site makes a person's browser do here (cross-site request forgery). Browsers say where a request comes
 * from, and pages cannot change that; programs that send no cookies have nothing to be abused.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
 */
final class ForeignSites {

    /** Methods that change nothing. */
    static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** Providers of payments send people back by a form. It changes nothing: it is answered with the address to ask for next. */
    private static final String RETURN = "/pay/";

    private ForeignSites() {}

    /** @throws MarketplaceException {@code not-allowed} (403) */
    static void refuse(EdgeRequest request, boolean people) {
        if (SAFE.contains(request.getMethod()) || request.getHeader("Authorization") != null
                || request.getRequestURI().startsWith(RETURN)) {
            return;
        }
        boolean cookie = Cookies.present(request);
        if (!cookie && !people) {
            return;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean fine;
        if (site != null) {
            fine = ownSite(site);
        } else if (origin != null) {
            fine = WebOrigin.parse(origin).filter(request::own).isPresent();
        } else {
            fine = !cookie; // a browser that sends cookies with an unsafe method names at least the origin
        }
        if (!fine) {
            throw new MarketplaceException(Problem.NOT_ALLOWED, "This can only be done from the marketplace's own pages.");
        }
        requireJson(request);
    }

    /** @param site value of {@code Sec-Fetch-Site}: none is an address somebody typed */
    static boolean ownSite(@Nullable String site) {
        return "same-origin".equals(site) || "none".equals(site);
    }

    /** A form of another site can send text and files, but not this type. */
    private static void requireJson(EdgeRequest request) {
        String type = request.getContentType();
        boolean body = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        if (body && (type == null || !type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?"))) {
            throw new MarketplaceException(
                    Problem.UNSUPPORTED_MEDIA_TYPE, "Send the body as 'Content-Type: application/json'.");
        }
    }
}
