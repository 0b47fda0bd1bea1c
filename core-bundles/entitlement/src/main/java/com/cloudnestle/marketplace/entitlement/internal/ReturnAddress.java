package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.catalog.WebOrigin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A page to return to, read so that it can mean one thing only: where it leads is decided by the same parts that a browser
 * goes by, and whatever the two could read differently is refused before anything is compared.
 *
 * @param origin where the page is; empty: on this server, and {@code address} is a path
 * @param address without fragment
 */
record ReturnAddress(Optional<WebOrigin> origin, URI address) {

    static final int MAX_LENGTH = 2_000;

    /** @return empty if the text is not plainly an address */
    static Optional<ReturnAddress> parse(String text) {
        boolean plain = text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        if (text.isEmpty() || text.length() > MAX_LENGTH || !plain) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            if (uri.isOpaque()) {
                return Optional.empty();
            }
            return uri.isAbsolute()
                    ? WebOrigin.ofAddress(text).map(origin -> new ReturnAddress(Optional.of(origin), withoutFragment(uri)))
                    : Optional.of(uri).filter(ReturnAddress::onlyPath)
                            .map(path -> new ReturnAddress(Optional.empty(), withoutFragment(path)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The same page, told by its path alone. */
    ReturnAddress here() {
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return new ReturnAddress(Optional.empty(), URI.create(address.getRawPath() + query));
    }

    /** Whether its path leads into the folder, however servers and browsers resolve it. */
    boolean within(String folder) {
        String path = String.valueOf(address.getRawPath()).toLowerCase(Locale.ROOT);
        // an encoded dot, slash or percent sign becomes a step to somewhere else when a reader decodes it
        boolean steps = path.contains("%2e") || path.contains("%2f") || path.contains("%5c") || path.contains("%25")
                || path.contains("//") || path.contains(";")
                || Arrays.asList(path.split("/", -1)).stream().anyMatch(part -> part.equals("..") || part.equals("."));
        return !steps && path.startsWith(folder);
    }

    URI withFragment(String fragment) {
        return URI.create(address + "#" + fragment);
    }

    /** The address with these parameters, given in their encoded form, in the place of any of the same name. */
    URI withQuery(String encoded) {
        String given = address.getRawQuery() == null ? "" : address.getRawQuery();
        String kept = Arrays.stream(given.split("&"))
                .filter(parameter -> !parameter.isEmpty())
                .filter(parameter -> !parameter.matches("(token|user_email)(=.*)?"))
                .map(parameter -> parameter + "&")
                .collect(Collectors.joining());
        String base = address.toString();
        int query = base.indexOf('?');
        return URI.create((query < 0 ? base : base.substring(0, query)) + "?" + kept + encoded);
    }

    /** Not {@code //host/…}, which browsers read as another server. */
    private static boolean onlyPath(URI uri) {
        return uri.getRawAuthority() == null && uri.getRawPath().startsWith("/") && !uri.getRawPath().startsWith("//");
    }

    private static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? uri : URI.create(text.substring(0, fragment));
    }
}
