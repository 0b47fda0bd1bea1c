package com.cloudnestle.marketplace.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Scheme, host and port of a web page: what browsers call its origin. Read strictly: text that two readers could understand
 * differently (an address with a user's name, a backslash, a host that is not plain ASCII) has no origin at all.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower case; IPv6 addresses in brackets
 * @param port always given, 80 or 443 if the text had none
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454">RFC 6454, The Web Origin Concept</a>
 */
public record WebOrigin(String scheme, String host, int port) {

    private static final int MAX_LENGTH = 2_000;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HOST = Pattern.compile(
            "([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?|\\[[0-9a-f:.]+]");

    /** The origin of an absolute address; empty for anything that is not plainly one of the web. */
    public static Optional<WebOrigin> ofAddress(String address) {
        if (address.length() > MAX_LENGTH || address.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == '\\')) {
            return Optional.empty();
        }
        try {
            return of(new URI(address));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<WebOrigin> of(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (!web || address.getHost() == null || address.getRawUserInfo() != null) {
            return Optional.empty();
        }
        String authority = address.getRawAuthority();
        String host = address.getHost().toLowerCase(Locale.ROOT);
        boolean plain = authority.indexOf('@') < 0 && authority.indexOf('%') < 0 && HOST.matcher(host).matches();
        int standard = scheme.equals("https") ? 443 : 80;
        int port = address.getPort() == -1 ? standard : address.getPort();
        return plain && port > 0 && port < 65_536 ? Optional.of(new WebOrigin(scheme, host, port)) : Optional.empty();
    }

    /** The origin in the form browsers send, e.g. {@code https://example.com}: nothing may follow host and port. */
    public static Optional<WebOrigin> parse(String origin) {
        return ofAddress(origin).filter(parsed -> {
            String lower = origin.toLowerCase(Locale.ROOT);
            return lower.equals(parsed.toString()) || lower.equals(parsed.scheme + "://" + parsed.host + ":" + parsed.port);
        });
    }

    /**
     * An origin that tokens may be sent to.
     *
     * @throws IllegalArgumentException if it is none, or would carry tokens over the network unencrypted
     */
    public static WebOrigin registered(String origin) {
        WebOrigin parsed = parse(origin).orElseThrow(
                () -> new IllegalArgumentException("not an origin such as https://example.com: '" + origin + "'"));
        if (!parsed.scheme.equals("https") && !parsed.local()) {
            throw new IllegalArgumentException("only https may carry tokens over a network: '" + origin + "'");
        }
        return parsed;
    }

    /** Whether it never leaves the machine. */
    public boolean local() {
        return LOOPBACK.contains(host);
    }

    /** As browsers send it: without the port that its scheme has anyway. */
    @Override
    public String toString() {
        boolean standard = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (standard ? "" : ":" + port);
    }
}
