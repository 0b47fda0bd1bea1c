package com.cloudnestle.marketplace.rest.internal.edge;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.rest.internal.access.CurrentSession;
import com.cloudnestle.marketplace.rest.internal.access.People;
import com.cloudnestle.marketplace.rest.internal.http.Bodies;
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
import java.util.Optional;
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

    private final EdgeSettings settings;
    private final Cookies cookies;
    private final PeopleLimits limits;

    /** Absent: pages of other origins get nothing. Comes and goes without this filter being registered anew. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable CrossOrigin crossOrigin;

    /** Absent: accounts are not told apart, and there are no sessions. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable People people;

    @Activate
    public EdgeFilter(@Reference EdgeSettings settings, @Reference Cookies cookies, @Reference InstantSource clock) {
        this.settings = settings;
        this.cookies = cookies;
        this.limits = new PeopleLimits(settings, clock);
    }

    /** With all it may know, without a container. */
    public EdgeFilter(EdgeSettings settings, Cookies cookies, CrossOrigin crossOrigin, People people, InstantSource clock) {
        this(settings, cookies, clock);
        this.crossOrigin = crossOrigin;
        this.people = people;
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
        Optional<String> session = cookies.read(request, Cookies.Use.SESSION);
        try {
            Malformed.refuse(request);
            ForeignSites.refuse(request, PeopleLimits.open(request.getRequestURI()));
            limits.count(request, response, session, people);
        } catch (MarketplaceException e) {
            String requestId = RequestIds.of(request);
            response.setHeader(RequestIds.HEADER, requestId);
            Bodies.discard(request, response);
            Replies.problem(response, e, requestId);
            return;
        }
        try {
            session.ifPresent(CurrentSession::set);
            chain.doFilter(request, response);
        } finally {
            CurrentSession.clear();
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
