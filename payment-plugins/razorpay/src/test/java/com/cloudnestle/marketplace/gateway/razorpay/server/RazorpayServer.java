package com.cloudnestle.marketplace.gateway.razorpay.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Razorpay on this machine. As a program it runs until it is ended and prints its address; see {@link #main}.
 */
public final class RazorpayServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // each answer would wait 40 ms for an acknowledgement
    }

    private final Account account;
    private final Notifications notifications;
    private final Books books;
    private final Agreements agreements;
    private final Transfers transfers;
    private final Routes routes;
    private final Disturbance disturbance = new Disturbance();
    private final AtomicInteger redirectsFollowed = new AtomicInteger();
    private final AtomicInteger silences = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<HttpExchange> silent = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "razorpay-server");
        thread.setDaemon(true);
        return thread;
    });
    private final InetSocketAddress address;
    private @Nullable HttpServer server;
    private @Nullable Socket kept;

    /** @param webhookSecret what notifications are signed with */
    public record Account(String id, String keyId, String keySecret, String webhookSecret) {}

    /** @param port 0: any */
    public RazorpayServer(Account account, InstantSource clock, int port, @Nullable URI webhooks) {
        this.account = account;
        HttpServer first = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        address = first.getAddress();
        notifications = new Notifications(account.id(), account.webhookSecret(), clock, webhooks);
        books = new Books(clock, notifications);
        agreements = new Agreements(books, notifications, url());
        transfers = new Transfers(books);
        routes = new Routes(books, agreements, transfers);
        begin(first);
    }

    /**
     * Arguments: port, key id, key secret, webhook secret, account id and, if webhooks are to be sent, where to. Used by journeys in
     * a browser.
     */
    public static void main(String[] arguments) {
        URI webhooks = arguments.length > 5 ? URI.create(arguments[5]) : null;
        Account account = new Account(arguments[4], arguments[1], arguments[2], arguments[3]);
        RazorpayServer server = new RazorpayServer(account, Clock.systemUTC(), Integer.parseInt(arguments[0]), webhooks);
        System.out.println("razorpay contract server on " + server.url());
    }

    public String url() {
        return "http://127.0.0.1:" + address.getPort();
    }

    public Notifications notifications() {
        return notifications;
    }

    /** Method and path of every request to the API so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public int redirectsFollowed() {
        return redirectsFollowed.get();
    }

    public void disturb(Trouble trouble, int count) {
        disturbance.begin(trouble, count, "");
    }

    /** @param call e.g. {@code POST /v1/orders}: only that goes wrong */
    public void disturb(Trouble trouble, int count, String call) {
        disturbance.begin(trouble, count, call);
    }

    /** Whether something is going to be left without an answer. */
    public boolean keepsSilence() {
        return disturbance.keepsSilence();
    }

    /** Requests so far that are, or were, left without an answer. */
    public int silences() {
        return silences.get();
    }

    /** From now on nobody listens; the port is kept, so that no other program listens there instead. */
    public synchronized void goAway() {
        if (server != null) {
            server.stop(0);
            server = null;
            kept = patiently(() -> {
                Socket bound = new Socket();
                bound.setReuseAddress(true);
                bound.bind(address);
                return bound;
            });
        }
    }

    private synchronized void letGo() {
        try {
            if (kept != null) {
                kept.close();
                kept = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every trouble. */
    public synchronized void calm() {
        disturbance.end();
        for (HttpExchange waiting = silent.poll(); waiting != null; waiting = silent.poll()) {
            waiting.close();
        }
        if (server == null) {
            letGo();
            begin(listen(address));
        }
    }

    /** What buyers and banks do. */
    public Levers levers() {
        return new Levers(books, agreements, account.keySecret());
    }

    /** Money that was sent to others. */
    public Transfers transfers() {
        return transfers;
    }

    private static HttpServer listen(InetSocketAddress where) {
        return patiently(() -> HttpServer.create(where, 0));
    }

    private interface Opening<T> {
        T open() throws IOException;
    }

    private static <T> T patiently(Opening<T> opening) {
        for (int attempt = 1;; attempt++) {
            try {
                return opening.open();
            } catch (IOException e) {
                if (attempt == 3000) { // somebody else may have had the port for a moment
                    throw new UncheckedIOException(e);
                }
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private synchronized void begin(HttpServer next) {
        next.createContext("/v1/", exchange -> guarded(exchange, this::api));
        next.createContext("/v1/checkout", exchange -> guarded(exchange, new CheckoutPages(books, agreements, account)::serve));
        next.createContext("/l/", exchange -> guarded(exchange, new CheckoutPages(books, agreements, account)::serve));
        next.createContext("/elsewhere", exchange -> guarded(exchange, this::elsewhere));
        next.setExecutor(threads);
        next.start();
        server = next;
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private static void guarded(HttpExchange exchange, Answer answer) throws IOException {
        try {
            answer.to(exchange);
        } catch (ApiRefusal e) {
            send(exchange, e.status, "application/json", e.body.toString().getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            send(exchange, 500, "text/plain", ("the contract server is broken: " + e).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void elsewhere(HttpExchange exchange) throws IOException {
        redirectsFollowed.incrementAndGet();
        send(exchange, 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    }

    private void api(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        requests.add(method + " " + exchange.getRequestURI());
        Map<String, String> query = Routes.query(exchange.getRequestURI());
        boolean does = method.equals("POST") && !path.endsWith("/capture");
        boolean look = method.equals("GET") && (query.containsKey("receipt") || query.containsKey("reference_id"));
        Optional<Trouble> trouble = disturbance.next(method + " " + path, look, does);
        if (trouble.isPresent() && !trouble.get().acts) {
            withoutActing(exchange, trouble.get());
            return;
        }
        requireKey(exchange);
        ObjectNode answer;
        int status = 200;
        try {
            answer = routes.answer(method, path, query, body(bytes), exchange.getRequestHeaders()::getFirst);
        } catch (ApiRefusal e) {
            answer = e.body;
            status = e.status;
        }
        afterActing(exchange, trouble, status, answer);
    }

    private void requireKey(HttpExchange exchange) {
        String expected = "Basic " + Base64.getEncoder().encodeToString((account.keyId() + ":" + account.keySecret()).getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            throw ApiRefusal.unauthorized();
        }
    }

    private static JsonNode body(byte[] bytes) {
        try {
            return bytes.length == 0 ? Books.object() : JSON.readTree(bytes);
        } catch (IOException e) {
            throw ApiRefusal.bad("The body is no JSON.");
        }
    }

    private void withoutActing(HttpExchange exchange, Trouble trouble) throws IOException {
        switch (trouble) {
            case REQUEST_LOST -> exchange.close();
            case ERROR_BEFORE -> send(exchange, 500, "text/html", "<html><body>Internal error</body></html>".getBytes(StandardCharsets.UTF_8));
            case TOO_MANY -> {
                exchange.getResponseHeaders().set("Retry-After", "7");
                throw ApiRefusal.tooMany();
            }
            case NOT_KNOWN -> throw ApiRefusal.unauthorized();
            case REDIRECT -> {
                exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
                send(exchange, 302, "text/plain", new byte[0]);
            }
            default -> {
                silent.add(exchange);
                silences.incrementAndGet();
            }
        }
    }

    private static void afterActing(HttpExchange exchange, Optional<Trouble> trouble, int status, ObjectNode answer) throws IOException {
        trouble.filter(each -> status == 200).ifPresent(each -> each.spoil(answer));
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        switch (trouble.orElse(Trouble.UNKNOWN_MEMBERS)) {
            case REPLY_LOST -> exchange.close();
            case ERROR_AFTER -> send(exchange, 502, "text/plain", "R999".getBytes(StandardCharsets.UTF_8));
            case GARBAGE -> send(exchange, 200, "application/json", new byte[] {(byte) 0xfe, 0, 'x', '}', (byte) 0xff});
            case EMPTY -> send(exchange, 200, "application/json", new byte[0]);
            case CUT_SHORT -> send(exchange, 200, "application/json", Arrays.copyOf(bytes, bytes.length / 2));
            default -> send(exchange, status, "application/json", bytes);
        }
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        notifications.close();
        goAway();
        letGo();
        threads.shutdownNow();
    }
}
