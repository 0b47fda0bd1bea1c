package com.cloudnestle.marketplace.gateway.sandbox.internal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The pretended provider as it runs: its orders in a file of the bundle, its notifications by HTTP to this very server. */
@Component(service = SandboxProvider.class, enabled = false)
public final class SandboxProvider {

    /** How long money that comes later takes. */
    static final Duration LATER = Duration.ofSeconds(10);

    private static final Duration REFUNDS_TAKE = Duration.ofSeconds(3);

    private final Keys keys = Keys.fresh();
    private final AtomicReference<URI> server;
    private final ScheduledExecutorService executor;
    private final Books books;
    private final Desk desk;

    @Activate
    public SandboxProvider(BundleContext context, @Reference InstantSource clock) {
        this(context.getDataFile("orders.json").toPath(), clock, ownServer(System.getenv("MARKETPLACE_PORT")));
        executor.scheduleWithFixedDelay(books::tick, 500, 500, TimeUnit.MILLISECONDS);
    }

    /** Without a clock of its own: what is due happens when {@link Books#tick} is called. */
    SandboxProvider(Path file, InstantSource clock, URI server) {
        this.server = new AtomicReference<>(server);
        this.executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "marketplace-sandbox-provider");
            thread.setDaemon(true);
            return thread;
        });
        Courier courier = new Courier(executor, this.server::get);
        OrderFile orders = new OrderFile(file);
        this.books = new Books(clock, REFUNDS_TAKE, orders.load(), orders::save, (event, order) -> courier.send(
                Notes.signed(keys.notices().get(0), Notes.body(keys.account(), event, order, clock.instant()), clock.instant()),
                event.equals("order.paid") ? order.repeats() : 1));
        this.desk = new Desk(books, keys);
    }

    private static URI ownServer(@Nullable String port) {
        return URI.create("http://127.0.0.1:" + Optional.ofNullable(port).filter(said -> said.matches("[0-9]{1,5}")).orElse("8181"));
    }

    Line line() {
        return desk;
    }

    Keys keys() {
        return keys;
    }

    Books books() {
        return books;
    }

    /** Learns where this server listens from a request that came to it. */
    void listensAt(URI address) {
        server.set(address);
    }

    @Deactivate
    void stop() {
        executor.shutdownNow();
    }
}
