package com.cloudnestle.marketplace.rest.internal.edge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Answers 503 until the servlets and filters that are registered are in place: an address that is not served yet would be 404, which
 * not everybody tries again, and a servlet could be asked past the filters before it. For what is registered later it does not wait,
 * and once open it stays open.
 */
@Component(service = HttpConfiguration.Customizer.class)
public final class StartGate implements HttpConfiguration.Customizer {

    /** One that cannot be put in place must not keep the server from telling so. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private final ServletsInPlace servlets;
    private final InstantSource clock;
    private final Instant began;
    private volatile boolean open;

    /** @param jetty Pax Web fails to start where a customizer was there before it */
    @Activate
    public StartGate(@Reference ServletsInPlace servlets, @Reference InstantSource clock, @Reference(service = AnyService.class,
            target = "(objectClass=org.ops4j.pax.web.service.spi.ServerControllerFactory)") Object jetty) {
        this(servlets, clock);
    }

    StartGate(ServletsInPlace servlets, InstantSource clock) {
        this.servlets = servlets;
        this.clock = clock;
        this.began = clock.instant();
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (!open) {
            servlets.look(request.getConnectionMetaData().getConnector().getServer());
            open = servlets.problem().isEmpty() || clock.instant().isAfter(began.plus(LONGEST));
            if (!open) {
                throw new HttpException.RuntimeException(503, "The server is starting.");
            }
        }
        return request;
    }
}
