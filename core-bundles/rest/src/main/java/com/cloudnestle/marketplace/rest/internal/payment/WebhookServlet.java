package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.rest.internal.http.Bodies;
import com.cloudnestle.marketplace.rest.internal.http.PostServlet;
import com.cloudnestle.marketplace.rest.internal.http.Replies;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Where payment providers tell what happened. A servlet and not a JAX-RS resource: what is signed are the very bytes, which nothing
 * may have read, decoded or written anew before.
 */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.name=marketplace-webhook",
    "osgi.http.whiteboard.servlet.pattern=/api/payments/webhook",
    "osgi.http.whiteboard.servlet.pattern=/api/payments/webhook/*"})
public final class WebhookServlet extends PostServlet {

    private static final long serialVersionUID = 1L;
    private static final Pattern GATEWAY = Pattern.compile("/[a-z0-9-]{2,30}");
    private static final byte[] ACCEPTED = "{\"status\":\"accepted\"}".getBytes(StandardCharsets.UTF_8);

    private final transient InstalledPayments payments;
    private final transient InstantSource clock;

    @Activate
    public WebhookServlet(@Reference InstalledPayments payments, @Reference InstantSource clock) {
        this.payments = payments;
        this.clock = clock;
    }

    @Override
    protected void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> gateway = gateway(request.getPathInfo());
        for (String encoding : Collections.list(request.getHeaders("Content-Encoding"))) {
            if (!encoding.strip().equalsIgnoreCase("identity")) { // a few bytes could become gigabytes, and none of them is signed
                throw new MarketplaceException(Problem.UNSUPPORTED_MEDIA_TYPE, "Compressed bodies are not accepted.");
            }
        }
        byte[] body = Bodies.whole(request, RawWebhook.MAX_BODY);
        if (body.length == 0) {
            throw new MarketplaceException(Problem.BAD_REQUEST, "The body is empty.");
        }
        payments.require().accept(gateway, new RawWebhook(headers(request), body, clock.instant()));
        Replies.json(response, HttpServletResponse.SC_OK, ACCEPTED);
    }

    private static Optional<String> gateway(@Nullable String path) {
        if (path == null || path.equals("/")) {
            return Optional.empty();
        }
        if (!GATEWAY.matcher(path).matches()) {
            throw new MarketplaceException(Problem.NOT_FOUND, "Nothing is served at this address.");
        }
        return Optional.of(path.substring(1));
    }

    /** All but cookies: those are people's, and no provider has any. */
    private static List<RawWebhook.Header> headers(HttpServletRequest request) {
        List<RawWebhook.Header> headers = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            if (!name.equalsIgnoreCase("Cookie")) {
                Collections.list(request.getHeaders(name)).forEach(value -> headers.add(new RawWebhook.Header(name, value)));
            }
        }
        return headers;
    }
}
