package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.ExternalSignIn;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.rest.internal.edge.Cookies.Use;
import com.cloudnestle.marketplace.rest.internal.edge.Cookies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A browser's way to a provider and back: the cookie it carries, and the page it ends at, which is always one of ours. */
@Component(service = ProviderTrips.class)
public final class ProviderTrips {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderTrips.class);

    private static final String SIGN_IN = "/sign-in";
    private static final String SECURITY = "/account/security";

    /** Stands before the secret in the cookie of those who are signed in and want one way more; the secret has no dots. */
    private static final String LINKING = "link.";

    private static final int MAX_PARAMETERS = 30;

    private final Cookies cookies;
    private final SessionCookies sessions;

    @Activate
    public ProviderTrips(@Reference Cookies cookies, @Reference SessionCookies sessions) {
        this.cookies = cookies;
        this.sessions = sessions;
    }

    /** @param linking whether it is to add a way to sign in; only the page it ends at depends on it */
    record Trip(String browserSecret, boolean linking) {
        @Override
        public String toString() {
            return "Trip[]";
        }
    }

    /** The one this browser is on; with an empty secret if it is on none. */
    Trip of(HttpServletRequest request) {
        String kept = cookies.read(request, Use.PROVIDER).orElse("");
        boolean linking = kept.startsWith(LINKING);
        return new Trip(linking ? kept.substring(LINKING.length()) : kept, linking);
    }

    /** What the provider has the browser say. What is said twice counts as not said, since two readers could take it differently. */
    Map<String, String> answer(HttpServletRequest request) {
        Map<String, String> answer = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (values.length == 1 && answer.size() < MAX_PARAMETERS) {
                answer.put(name, values[0]);
            }
        });
        return answer;
    }

    Response leave(ExternalSignIn.Start start, boolean linking) {
        String secret = (linking ? LINKING : "") + start.browserSecret();
        return go(start.redirect().toString(), List.of(cookies.set(Use.PROVIDER, secret)));
    }

    /** Whoever linked goes back to where that began; a second step is none for them, as they are signed in. */
    Response arrived(HttpServletRequest request, SignIn.Step step, boolean linking) {
        if (step instanceof SignIn.Done done) {
            return go(linking ? SECURITY : "/welcome", sessions.opened(request, done.session()));
        }
        List<String> ended = List.of(cookies.remove(Use.PROVIDER));
        if (linking) {
            return go(SECURITY, ended);
        }
        SignIn.SecondFactorNeeded needed = (SignIn.SecondFactorNeeded) step;
        String factors = needed.factors().stream().map(Views::lower).sorted().collect(Collectors.joining(" "));
        return go("/sign-in/code?ticket=" + encoded(needed.ticket()) + "&factors=" + encoded(factors), ended);
    }

    /** The cookie stays: an answer that another page made up does not end the trip the browser is on. */
    Response failed(boolean linking, MarketplaceException e) {
        LOG.info("event=provider_trip_failed code={} linking={}", e.problem().code(), linking);
        return go((linking ? SECURITY : SIGN_IN) + "?error=" + e.problem().code(), List.of());
    }

    private static Response go(String address, List<String> set) {
        Response.ResponseBuilder answer = Response.status(303).header("Location", address).header("Cache-Control", "no-store");
        set.forEach(cookie -> answer.header("Set-Cookie", cookie));
        return answer.build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
