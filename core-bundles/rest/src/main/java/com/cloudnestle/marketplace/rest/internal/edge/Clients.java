package com.cloudnestle.marketplace.rest.internal.edge;

import com.cloudnestle.marketplace.catalog.WebOrigin;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** From where a person acts, as far as the edge knows. */
@Component(service = Clients.class)
public final class Clients {

    private static final String DEFAULT_LANGUAGE = "en";

    private final Cookies cookies;

    @Activate
    public Clients(@Reference Cookies cookies) {
        this.cookies = cookies;
    }

    public Client of(HttpServletRequest request) {
        EdgeRequest edge = edge(request);
        String agent = edge.getHeader("User-Agent");
        return new Client(edge.getRemoteAddr(), agent == null ? "" : agent, edge.place(), language(request),
                cookies.read(request, Cookies.Use.DEVICE).orElse(""));
    }

    /** BCP 47 tag the browser asks for first. */
    public static String language(HttpServletRequest request) {
        String asked = request.getHeader("Accept-Language");
        String tag = asked == null || asked.length() > 500 ? "und" : request.getLocale().toLanguageTag();
        return tag.equals("und") || tag.length() > 35 ? DEFAULT_LANGUAGE : tag;
    }

    /** An address of this server told by its path alone, as it is known here; any other as it is. */
    public static @Nullable String here(HttpServletRequest request, @Nullable String address) {
        Optional<WebOrigin> origin = Optional.ofNullable(address).flatMap(WebOrigin::ofAddress);
        if (address == null || origin.filter(edge(request)::own).isEmpty()) {
            return address;
        }
        URI uri = URI.create(address); // has an origin, so it can be read
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return path + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    /** Whether a page of this server, or the person by typing, made the browser ask; false if the browser does not say. */
    public static boolean fromOwnPage(HttpServletRequest request) {
        return ForeignSites.ownSite(request.getHeader("Sec-Fetch-Site"));
    }

    /** The page that asks, if it is one of another server; null for pages of this one and for programs. */
    public static @Nullable String foreignOrigin(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        boolean own = origin != null && WebOrigin.parse(origin).filter(edge(request)::own).isPresent();
        return own ? null : origin;
    }

    private static EdgeRequest edge(HttpServletRequest request) {
        if (request.getAttribute(EdgeRequest.class.getName()) instanceof EdgeRequest edge) {
            return edge;
        }
        throw new MarketplaceException(Problem.INTERNAL, "The request did not come by the edge.");
    }
}
