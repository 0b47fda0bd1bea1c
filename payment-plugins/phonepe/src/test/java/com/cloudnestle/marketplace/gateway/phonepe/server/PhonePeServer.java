package com.cloudnestle.marketplace.gateway.phonepe.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * PhonePe as far as a merchant sees it: access tokens, Standard Checkout v2, refunds, AutoPay, the API v1, notifications, and a payment
 * page with buttons. Listens on this machine only. {@link #main} runs it by itself.
 */
public final class PhonePeServer implements AutoCloseable {

    static {
        // Heads and bodies of answers leave in two packets; the second would wait 40 ms for the acknowledgement of the first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "phonepe-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Merchant merchant;
    private final Book book;
    private final OAuth oauth;
    private final Faults faults = new Faults();
    private final CheckoutApi checkout;
    private final SaltKeyApi saltKey;
    private final Notifier notifier;
    private final PaymentPage page;
    private final AtomicInteger strayed = new AtomicInteger();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Predicate<Asked> disturbed = request -> true;

    /**
     * @param port 0: any that is free
     * @param hmac whether notifications are signed with a key; else they carry the digest of user and password
     */
    public PhonePeServer(int port, Merchant merchant, InstantSource clock, boolean hmac) {
        this.merchant = merchant;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        book = new Book(clock);
        oauth = new OAuth(merchant, clock);
        checkout = new CheckoutApi(book, merchant, base());
        saltKey = new SaltKeyApi(book, merchant, base());
        notifier = new Notifier(merchant, checkout, saltKey, hmac);
        page = new PaymentPage(book, notifier);
        book.onChange(notifier::tell);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked request = read(exchange);
            asked.add(request);
            Optional<Reply> reply = replied(request);
            if (reply.isPresent()) {
                write(exchange, reply.get());
            }
        }
    }

    private static Asked read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        URI address = exchange.getRequestURI();
        return new Asked(exchange.getRequestMethod(), address.getPath(), Optional.ofNullable(address.getRawQuery()).orElse(""), headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** Empty: the connection ends without an answer. */
    private Optional<Reply> replied(Asked request) {
        if (request.path().equals("/v1/oauth/token")) {
            return Optional.of(oauth.issue(request));
        }
        Optional<Reply> shown = page.answer(request);
        if (shown.isPresent()) {
            return shown;
        }
        if (request.path().equals("/elsewhere")) {
            strayed.incrementAndGet();
            return Optional.of(Reply.none(404));
        }
        Optional<Fault> fault = disturbed.test(request) ? faults.next() : Optional.empty();
        if (fault.isEmpty()) {
            return Optional.of(api(request));
        }
        if (fault.get() == Fault.SILENCE) {
            faults.keepSilent();
        }
        Reply sound = fault.get().acts() ? api(request) : Reply.none(200);
        return Faults.spoilt(fault.get(), sound, base());
    }

    private Reply api(Asked request) {
        if (request.path().startsWith("/pg/v1/")) {
            return saltKey.answer(request);
        }
        return oauth.knows(request.header("authorization")) ? checkout.answer(request) : Reply.error(401, "AUTHORIZATION_FAILED");
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        if (!reply.type().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", reply.type());
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    public Merchant merchant() {
        return merchant;
    }

    /** @param which requests count; none of those for tokens or pages ever do */
    public void disturb(Fault fault, int requests, Predicate<Asked> which) {
        disturbed = which;
        faults.set(fault, requests);
    }

    public void calm() {
        faults.calm();
    }

    /** Requests so far that are, or were, left without an answer. */
    public int silences() {
        return faults.silences();
    }

    Book book() {
        return book;
    }

    /** Every request so far whose path begins so. */
    public List<Asked> asked(String path) {
        return asked.stream().filter(request -> request.path().startsWith(path)).toList();
    }

    public int strayed() {
        return strayed.get();
    }

    public List<Notification> notifications(String about) {
        return notifier.all().stream().filter(one -> one.about().equals(about)).toList();
    }

    /** What the provider does by itself, for tests. */
    public Levers levers() {
        return new Levers(book, oauth);
    }

    /** Sends each notification there, once and without waiting for what comes of it. */
    public void deliverTo(URI address) {
        HttpClient client = HttpClient.newBuilder().executor(threads).version(HttpClient.Version.HTTP_1_1).build();
        notifier.deliverTo(notification -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(notification.body()));
            notification.headers().forEach(request::header);
            client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
        });
    }

    @Override
    public void close() {
        faults.calm();
        server.stop(0);
        threads.shutdownNow();
    }

    /**
     * Runs until it is killed. The first line it prints is its address; the made-up merchant is that of {@link Merchant#lab()}.
     *
     * @param args port (0: any), where notifications go (may be missing), {@code hmac} for signed notifications
     */
    public static void main(String[] args) throws InterruptedException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        boolean hmac = args.length > 2 && args[2].equals("hmac");
        try (PhonePeServer server = new PhonePeServer(port, Merchant.lab(), Clock.systemUTC(), hmac)) {
            if (args.length > 1 && !args[1].isEmpty()) {
                server.deliverTo(URI.create(args[1]));
            }
            System.out.println(server.base());
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
