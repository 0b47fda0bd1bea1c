package com.cloudnestle.marketplace.gateway.sandbox.internal;

import com.cloudnestle.marketplace.payment.RawWebhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries notifications to the marketplace by HTTP, as a provider does: again and again for some minutes until they are taken. */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    /** Seconds before each further try. */
    private static final List<Integer> LADDER = List.of(1, 5, 30, 120);

    private static final String ROUTE = "/api/payments/webhook/" + SandboxGateway.ID;

    private final ScheduledExecutorService executor;
    private final Supplier<URI> server;
    private final HttpClient client;

    /** @param server where the marketplace listens */
    Courier(ScheduledExecutorService executor, Supplier<URI> server) {
        this.executor = executor;
        this.server = server;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(3)).executor(executor).build();
    }

    /** @param copies how often the very same notification comes */
    void send(RawWebhook webhook, int copies) {
        for (int i = 0; i < copies; i++) {
            executor.execute(() -> attempt(webhook, 0));
        }
    }

    private void attempt(RawWebhook webhook, int tries) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.get().resolve(ROUTE)).timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofByteArray(webhook.body()));
        webhook.headers().forEach(header -> request.header(header.name(), header.value()));
        client.sendAsync(request.build(), BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            int status = answer == null ? 0 : answer.statusCode();
            LOG.info("event=sandbox_notified status={} try={}", status == 0 ? "none" : status, tries + 1);
            if ((status < 200 || status > 299) && tries < LADDER.size() && !executor.isShutdown()) {
                executor.schedule(() -> attempt(webhook, tries + 1), LADDER.get(tries), TimeUnit.SECONDS);
            }
        });
    }
}
