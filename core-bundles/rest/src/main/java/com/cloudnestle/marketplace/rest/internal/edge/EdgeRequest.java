package com.cloudnestle.marketplace.rest.internal.edge;

import com.cloudnestle.marketplace.catalog.WebOrigin;
import com.cloudnestle.marketplace.identity.Client.Place;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as the client made it: with its own address where proxies the operator trusts have passed it on. Of a chain of
 * forwarders each was named by the next one, so it is read from the end, as far as the trust goes; what stands before that
 * anybody could have written.
 */
public final class EdgeRequest extends HttpServletRequestWrapper {

    private static final int MAX_HOPS = 20;

    private final EdgeSettings settings;
    private final String address;
    private final boolean proxied;

    EdgeRequest(HttpServletRequest request, EdgeSettings settings) {
        super(request);
        this.settings = settings;
        String peer = literal(request.getRemoteAddr());
        this.proxied = settings.trusted(peer);
        this.address = proxied ? clientBehind(peer, forwarders(request)) : peer;
    }

    private String clientBehind(String peer, List<String> forwarders) {
        String known = peer;
        for (int i = forwarders.size() - 1; i >= 0 && settings.trusted(known); i--) {
            String next = literal(forwarders.get(i));
            if (!Networks.literal(next)) {
                return known; // not an address: from here on nothing can be believed
            }
            known = next;
        }
        return known;
    }

    private static List<String> forwarders(HttpServletRequest request) {
        List<String> all = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders("X-Forwarded-For"))) {
            for (String hop : header.split(",")) {
                all.add(hop.strip());
            }
        }
        return all.size() <= MAX_HOPS ? all : all.subList(all.size() - MAX_HOPS, all.size());
    }

    @Override
    public String getRemoteAddr() {
        return address;
    }

    @Override
    public String getRemoteHost() {
        return address;
    }

    /** As it was sent: the server's own way to it fails on a charset that it does not know. */
    @Override
    public @Nullable String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public String getScheme() {
        String forwarded = proxied ? getHeader("X-Forwarded-Proto") : null;
        return "https".equalsIgnoreCase(forwarded) ? "https" : super.getScheme();
    }

    @Override
    public boolean isSecure() {
        return getScheme().equals("https");
    }

    /** Where a content delivery network in front says the address is; empty if nobody trusted says so. */
    public Optional<Place> place() {
        String country = proxied ? getHeader("CloudFront-Viewer-Country") : null;
        if (country == null || !country.matches("[A-Z]{2}")) {
            return Optional.empty();
        }
        String city = getHeader("CloudFront-Viewer-City");
        boolean plain = city != null && city.length() <= 100 && city.chars().noneMatch(Character::isISOControl);
        return Optional.of(new Place(country, plain ? city : ""));
    }

    /** Whether the origin is this server: the public one, or the one the request was made to. */
    public boolean own(WebOrigin origin) {
        String host = getHeader("Host");
        boolean asked = host != null && WebOrigin.parse(getScheme() + "://" + host).filter(origin::equals).isPresent();
        return asked || settings.publicOrigin().filter(origin::equals).isPresent();
    }

    /** Without the brackets some servers put around IPv6 addresses, and without a zone. */
    private static String literal(String address) {
        String bare = address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        int zone = bare.indexOf('%');
        return zone < 0 ? bare : bare.substring(0, zone);
    }
}
