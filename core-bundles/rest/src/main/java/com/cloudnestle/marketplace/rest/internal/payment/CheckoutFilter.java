package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.SignedIn;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a buyer's browser needs below {@code /pay/} beside the page that waits: the page that starts a provider's script, the gateways'
 * own scripts, and the way back from providers that send a form. A filter, because the waiting page at the same address is one of the
 * web application's. Stands behind the edge, which knows who is signed in.
 */
@Component(service = Filter.class, property = {
    "osgi.http.whiteboard.filter.name=marketplace-checkout",
    "osgi.http.whiteboard.filter.pattern=/pay/*",
    "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
    "service.ranking:Integer=-100"})
public final class CheckoutFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(CheckoutFilter.class);

    private static final Pattern WAITING = Pattern.compile("/pay/(pay_[A-Za-z0-9_-]{1,30})");
    private static final Pattern CHECKOUT = Pattern.compile(WAITING + "/checkout");
    private static final Pattern STARTER = Pattern.compile("/pay/starter/([a-z0-9-]{2,30})/([a-z0-9.-]{1,60})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    private static final int MAX_PARAMETERS = 30;
    private static final int MAX_VALUE = 2000;
    /** Longer addresses are not understood everywhere. Proofs have some hundred characters. */
    private static final int MAX_QUERY = 6000;

    private final SignedIn signedIn;
    private final InstalledPayments payments;
    private final CheckoutGateways gateways;

    @Activate
    public CheckoutFilter(@Reference SignedIn signedIn, @Reference InstalledPayments payments, @Reference CheckoutGateways gateways) {
        this.signedIn = signedIn;
        this.payments = payments;
        this.gateways = gateways;
    }

    @Override
    public void doFilter(ServletRequest plainRequest, ServletResponse plainResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) plainRequest;
        HttpServletResponse response = (HttpServletResponse) plainResponse;
        if (!answered(request, response)) {
            chain.doFilter(request, response);
        }
    }

    private boolean answered(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        Matcher waiting = WAITING.matcher(path);
        if (waiting.matches() && request.getMethod().equals("POST")) {
            go(response, path + proof(request));
            return true;
        }
        Matcher checkout = CHECKOUT.matcher(path);
        if (checkout.matches() && reads) {
            start(request, response, checkout.group(1));
            return true;
        }
        Matcher starter = STARTER.matcher(path);
        if (starter.matches() && reads) {
            Optional<byte[]> script = gateways.starter(starter.group(1), starter.group(2));
            if (script.isPresent()) {
                CheckoutPage.script(response, "text/javascript;charset=utf-8", script.get());
            }
            return script.isPresent();
        }
        return reads && CheckoutPage.asset(path, response);
    }

    /** Whatever keeps the script from being started, the page that waits says it, and asks to sign in if that is missing. */
    private void start(HttpServletRequest request, HttpServletResponse response, String paymentId) throws IOException {
        try {
            Payment payment = payments.require().find(signedIn.owner().account().id(), paymentId);
            Optional<List<String>> origins = gateways.origins(payment.gateway(), payment.account());
            if (payment.checkout().orElse(null) instanceof Checkout.Script script && origins.isPresent()) {
                CheckoutPage.send(response, payment.id(), payment.gateway(), script, origins.get(), Clients.language(request));
                return;
            }
        } catch (MarketplaceException e) {
            LOG.debug("event=checkout_not_started payment={} code={}", paymentId, e.problem().code());
        }
        go(response, "/pay/" + paymentId);
    }

    /**
     * What a provider's form says, as a query. The form comes from the provider's site and without the buyer's cookies; the address it
     * leads to is then asked for with them. What is said twice counts as not said, since two readers could take it differently.
     */
    private static String proof(HttpServletRequest request) {
        try {
            String query = request.getParameterMap().entrySet().stream()
                    .filter(entry -> entry.getValue().length == 1 && entry.getValue()[0].length() <= MAX_VALUE)
                    .filter(entry -> NAME.matcher(entry.getKey()).matches())
                    .limit(MAX_PARAMETERS)
                    .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue()[0], StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            return query.isEmpty() || query.length() > MAX_QUERY ? "" : "?" + query;
        } catch (RuntimeException e) { // no form, or one without end: the provider is asked without it
            LOG.debug("event=return_unreadable reason=\"{}\"", e.getMessage());
            return "";
        }
    }

    private static void go(HttpServletResponse response, String address) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", address);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(0);
    }
}
