package com.cloudnestle.marketplace.rest.internal.edge;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.rest.QuotaAnswers;
import com.cloudnestle.marketplace.rest.internal.access.CurrentSession;
import com.cloudnestle.marketplace.rest.internal.http.Replies;
import com.cloudnestle.marketplace.rest.internal.http.RequestIds;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Stands before everything this server serves. It is also what makes cookies count ({@link CurrentSession}), so that a server
 * whose edge is not configured soundly has no sessions instead of unprotected ones.
 */
@Component(service = Filter.class, property = {
    "osgi.http.whiteboard.filter.name=marketplace-edge",
    "osgi.http.whiteboard.filter.pattern=/*",
    "osgi.http.whiteboard.filter.asyncSupported:Boolean=true"})
public final class EdgeFilter implements Filter {

    /** Answers of the API are data: whatever a browser is told they are, nothing in them runs. */
    private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /** Calls of people in their browsers, which begin or change something of an account. */
    private static final List<String> PEOPLE = List.of("/api/auth/", "/api/setup", "/api/registrations", "/api/account");

    private static final String EXCHANGE = "/api/exchange-code";

    private final EdgeSettings settings;
    private final Cookies cookies;
    private final CallRates rates;

    /** Absent: pages of other origins get nothing. Comes and goes without this filter being registered anew. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable CrossOrigin crossOrigin;

    @Activate
    public EdgeFilter(@Reference EdgeSettings settings, @Reference Cookies cookies, @Reference InstantSource clock) {
        this.settings = settings;
        this.cookies = cookies;
        this.rates = new CallRates(clock, settings.peoplePerMinute());
    }

    /** With all it may know, without a container. */
    public EdgeFilter(EdgeSettings settings, Cookies cookies, CrossOrigin crossOrigin, InstantSource clock) {
        this(settings, cookies, clock);
        this.crossOrigin = crossOrigin;
    }

    @Override
    public void doFilter(ServletRequest plainRequest, ServletResponse plainResponse, FilterChain chain)
            throws IOException, ServletException {
        EdgeRequest request = new EdgeRequest((HttpServletRequest) plainRequest, settings);
        HttpServletResponse response = (HttpServletResponse) plainResponse;
        request.setAttribute(EdgeRequest.class.getName(), request);
        headers(request, response);
        CrossOrigin present = crossOrigin;
        if (present != null && present.answer(request, response)) {
            return;
        }
        try {
            pass(request, response);
        } catch (MarketplaceException e) {
            String requestId = RequestIds.of(request);
            response.setHeader(RequestIds.HEADER, requestId);
            Replies.problem(response, e, requestId);
            return;
        }
        try {
            if (request.getHeader("Authorization") == null) { // a credential beside a cookie wins
                cookies.read(request, Cookies.Use.SESSION).ifPresent(CurrentSession::set);
            }
            chain.doFilter(request, response);
        } finally {
            CurrentSession.clear();
        }
    }

    private void pass(EdgeRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        boolean people = PEOPLE.stream().anyMatch(path::startsWith);
        ForeignSites.refuse(request, people);
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        boolean counted = path.equals(EXCHANGE) || path.startsWith("/api/auth/providers/") || people && !reads;
        if (!counted) {
            return;
        }
        CallRates.Rate rate = rates.count(Networks.line(request.getRemoteAddr()));
        response.setHeader(QuotaAnswers.RATE_LIMIT_POLICY, rate.policy());
        response.setHeader(QuotaAnswers.RATE_LIMIT, rate.state());
        if (!rate.allowed()) {
            throw MarketplaceException.tooMany("There were too many requests from your network. Try again shortly.", rate.resets());
        }
    }

    /** What serves the request may say otherwise of its own pages. */
    private void headers(EdgeRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        settings.hsts().ifPresent(value -> response.setHeader("Strict-Transport-Security", value));
        String path = request.getRequestURI();
        if (path.startsWith("/api/") || path.startsWith("/quota/") || path.startsWith("/health/")) {
            response.setHeader("Content-Security-Policy", DATA_POLICY);
        }
    }
}
