package com.cloudnestle.marketplace.gateway.razorpay.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks: each event is a snapshot of its objects, signed over its bytes. They are kept for tests to deliver as they like, and
 * posted if there is an address, again until it answers with 2xx.
 */
public final class Notifications implements AutoCloseable {

    private static final int TRIES = 6;

    private final String account;
    private final String secret;
    private final InstantSource clock;
    private final @Nullable URI target;
    private final List<Notification> sent = new ArrayList<>();
    private final ScheduledExecutorService postman = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "razorpay-server-webhooks");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

    Notifications(String account, String secret, InstantSource clock, @Nullable URI target) {
        this.account = account;
        this.secret = secret;
        this.clock = clock;
        this.target = target;
    }

    /**
     * @param subject key of the order, link or subscription it is about
     * @param id of the event: the same in every delivery
     */
    public record Notification(String event, String subject, String id, byte[] body, String signature) {}

    synchronized void happened(String event, String subject, Map<String, ObjectNode> objects) {
        ObjectNode body = Books.object().put("entity", "event").put("account_id", account).put("event", event);
        objects.keySet().forEach(body.putArray("contains")::add);
        ObjectNode payload = body.putObject("payload");
        objects.forEach((name, entity) -> payload.putObject(name).set("entity", entity.deepCopy()));
        body.put("created_at", clock.instant().getEpochSecond());
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        Notification notification = new Notification(event, subject, "evt" + (1_000_000 + sent.size()), bytes, sign(bytes, secret));
        sent.add(notification);
        if (target != null) {
            postman.execute(() -> post(notification, 1, target));
        }
    }

    /** Oldest first. */
    public synchronized List<Notification> about(String subject) {
        return sent.stream().filter(each -> each.subject().equals(subject)).toList();
    }

    public static String sign(byte[] bytes, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void post(Notification notification, int attempt, URI address) {
        int status = deliver(notification, address);
        if ((status < 200 || status > 299) && attempt < TRIES && !postman.isShutdown()) {
            postman.schedule(() -> post(notification, attempt + 1, address), 1L << attempt, TimeUnit.SECONDS);
        }
    }

    /** Sends one now, whatever became of it before: again, out of order or late. The status of the answer; 0: there was none. */
    public int deliver(Notification notification, URI address) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).header("Content-Type", "application/json")
                .header("X-Razorpay-Signature", notification.signature()).header("x-razorpay-event-id", notification.id())
                .POST(HttpRequest.BodyPublishers.ofByteArray(notification.body())).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is closed
            return 0;
        }
    }

    @Override
    public void close() {
        postman.shutdownNow();
    }
}
