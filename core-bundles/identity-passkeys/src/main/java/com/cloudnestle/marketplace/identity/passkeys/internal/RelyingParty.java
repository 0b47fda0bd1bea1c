package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who this marketplace is to an authenticator: the name in its public address. A passkey is good for one name only, and
 * browsers make them only for names, over https or on localhost.
 */
@Component(service = RelyingParty.class, configurationPid = RelyingParty.PID)
@Designate(ocd = RelyingParty.Config.class)
public final class RelyingParty {

    static final String PID = "com.cloudnestle.marketplace.edge";

    /** Both spellings, because a dot and an underscore are the same to who writes a configuration and not to who reads it. */
    @ObjectClassDefinition(name = "Marketplace edge: for what name passkeys are")
    @interface Config {
        @AttributeDefinition(description = "Address people reach this marketplace at, e.g. https://market.example.com; empty: localhost")
        String public_url() default "";

        @AttributeDefinition(description = "The same, in the other spelling")
        String public__url() default "";
    }

    private static final Logger LOG = LoggerFactory.getLogger(RelyingParty.class);
    private static final String PORT = "MARKETPLACE_PORT";
    private static final String LOCALHOST = "localhost";

    private final String origin;
    private final Optional<String> id;

    @Activate
    public RelyingParty(Config config) {
        this(config.public__url().isBlank() ? config.public_url() : config.public__url());
    }

    RelyingParty(String publicUrl) {
        String address = publicUrl.isBlank()
                ? "http://" + LOCALHOST + ":" + Optional.ofNullable(System.getenv(PORT)).orElse("8181")
                : publicUrl.strip();
        URI uri = parse(address);
        String scheme = lower(uri.getScheme());
        String host = lower(uri.getHost());
        origin = scheme + "://" + host + (standard(scheme, uri.getPort()) ? "" : ":" + uri.getPort());
        id = usable(scheme, host) ? Optional.of(host) : Optional.empty();
        if (id.isEmpty()) {
            LOG.warn("event=passkeys_unavailable public_url={} reason=\"browsers want a name, and https unless it is localhost\"", origin);
        }
    }

    /** As browsers write it: without path, and without the scheme's own port. */
    String origin() {
        return origin;
    }

    /**
     * The name.
     *
     * @throws MarketplaceException {@code conflict} (409) at an address that browsers make no passkeys for
     */
    String id() {
        return id.orElseThrow(() -> new MarketplaceException(Problem.CONFLICT,
                "Passkeys need this marketplace to be reached by a name over https, or as localhost."));
    }

    /** Where people look after their ways to sign in. */
    String securityPage() {
        return origin + "/account/security";
    }

    private static URI parse(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getScheme() == null || uri.getHost() == null) {
                throw new IllegalArgumentException("public_url is no absolute address");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("public_url is no address", e);
        }
    }

    private static boolean standard(String scheme, int port) {
        return port == -1 || port == (scheme.equals("https") ? 443 : 80);
    }

    private static boolean usable(String scheme, String host) {
        boolean name = !host.startsWith("[") && !host.matches("[0-9.]+");
        boolean local = host.equals(LOCALHOST) || host.endsWith("." + LOCALHOST);
        return name && (scheme.equals("https") || local);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
