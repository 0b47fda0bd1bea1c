package com.cloudnestle.marketplace.rest.internal.edge;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Answers 503 until the servlets and filters are in place that are registered, and those without which there is no marketplace: an
 * address that is not served yet would be 404, which not everybody tries again, and a servlet could be asked past the filters before
 * it. For what else is registered later it does not wait, and once open it stays open. It needs no service of another bundle but the
 * HTTP server, so that it is there soon after the port.
 */
@Component(service = HttpConfiguration.Customizer.class)
public final class StartGate implements HttpConfiguration.Customizer {

    /** One that cannot be put in place must not keep the server from telling so. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** Looking costs more than refusing, and a wave of requests would slow down what it waits for. */
    static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final ServletsInPlace servlets;
    private final LongSupplier nanoTime;
    private final long began;
    private final AtomicLong nextLook;
    private volatile boolean open;

    /** @param jetty Pax Web fails to start where a customizer was there before it */
    @Activate
    public StartGate(@Reference ServletsInPlace servlets, @Reference(service = AnyService.class,
            target = "(objectClass=org.ops4j.pax.web.service.spi.ServerControllerFactory)") Object jetty) {
        this(servlets, System::nanoTime);
    }

    StartGate(ServletsInPlace servlets, LongSupplier nanoTime) {
        this.servlets = servlets;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.nextLook = new AtomicLong(began);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (!open && !opens(request.getConnectionMetaData().getConnector().getServer())) {
            throw new HttpException.RuntimeException(503, "The server is starting.");
        }
        return request;
    }

    private boolean opens(Server server) {
        long now = nanoTime.getAsLong();
        long due = nextLook.get();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_EVERY.toNanos())) {
            servlets.look(server);
            if (servlets.problem().isEmpty() || now - began > LONGEST.toNanos()) {
                open = true; // never written back: an earlier look may end later
            }
        }
        return open;
    }
}
