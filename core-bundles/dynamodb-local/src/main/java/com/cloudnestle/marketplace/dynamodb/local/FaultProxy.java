package com.cloudnestle.marketplace.dynamodb.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on a free port of 127.0.0.1 that forwards to a DynamoDB and makes faults on the way, by a
 * {@link FaultRule} that may be changed at any time. It also counts, so that a test can tell how often it was asked.
 * Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private static final Duration UPSTREAM_PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> NOT_FORWARDED =
            Set.of("host", "connection", "content-length", "expect", "transfer-encoding", "upgrade");

    private final URI target;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(FaultProxy::daemon);
    private final HttpClient upstream = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .connectTimeout(UPSTREAM_PATIENCE)
            .build();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch deaf = new CountDownLatch(1);
    private volatile Phase phase = new Phase(FaultRule.NONE);

    /** One rule and what was counted under it. */
    private record Phase(
            FaultRule rule,
            AtomicLong requests,
            Map<String, AtomicLong> operations,
            Map<String, AtomicLong> answered,
            Map<Fault, AtomicLong> faults) {
        private Phase(FaultRule rule) {
            this(rule, new AtomicLong(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    private record Incoming(String method, String path, Map<String, String> headers, byte[] body) {
        String operation() {
            String goal = headers.getOrDefault("x-amz-target", "");
            return goal.substring(goal.lastIndexOf('.') + 1);
        }
    }

    private FaultProxy(URI target, ServerSocket server) {
        this.target = target;
        this.server = server;
        threads.execute(this::accept);
    }

    /** A proxy before the emulator, without faults until a {@link #rule(FaultRule) rule} is set. */
    public static FaultProxy before(DynamoDbLocal database) {
        return before(database.endpoint());
    }

    public static FaultProxy before(URI target) {
        try {
            return new FaultProxy(target, new ServerSocket(0, 256, InetAddress.getByName("127.0.0.1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Replaces the rule and sets all counts to 0; requests on their way end under the old one. */
    public FaultProxy rule(FaultRule rule) {
        phase = new Phase(rule);
        return this;
    }

    /** Requests that arrived since the rule was set. */
    public long requests() {
        return phase.requests.get();
    }

    public long requests(String operation) {
        AtomicLong count = phase.operations.get(operation);
        return count == null ? 0 : count.get();
    }

    /** Requests of the operation that the database has answered since the rule was set, also those whose sender had left. */
    public long answered(String operation) {
        AtomicLong count = phase.answered.get(operation);
        return count == null ? 0 : count.get();
    }

    /** How often a fault was made since the rule was set. */
    public long faults(Fault fault) {
        AtomicLong count = phase.faults.get(fault);
        return count == null ? 0 : count.get();
    }

    /** Ends all connections, as a proxy that dies does; once it returns, whoever connects is refused. */
    @Override
    public void close() {
        closed.countDown();
        quietly(server);
        awaitDeafness();
        open.forEach(FaultProxy::quietly);
        threads.shutdownNow();
    }

    /** A closed server socket takes connections for as long as a thread is still inside accept. */
    private void awaitDeafness() {
        try {
            if (!deaf.await(UPSTREAM_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the proxy still listens after " + UPSTREAM_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (closed.getCount() > 0) {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        } finally {
            deaf.countDown();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true); // here, for it fails if the client has left: the next one is taken all the same
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            Incoming incoming = read(in);
            while (incoming != null && handle(incoming, out)) {
                incoming = read(in);
            }
        } catch (IOException e) {
            // the client left, or we are closed: either way there is nobody to tell
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    /** Whether the connection goes on. */
    private boolean handle(Incoming incoming, OutputStream out) throws IOException, InterruptedException {
        Phase now = phase;
        String operation = incoming.operation();
        long number = now.requests.incrementAndGet();
        long ofOperation = now.operations.computeIfAbsent(operation, o -> new AtomicLong()).incrementAndGet();
        Fault fault = now.rule.on(new FaultRule.Request(
                number, ofOperation, operation, new String(incoming.body, StandardCharsets.UTF_8)));
        now.faults.computeIfAbsent(fault, f -> new AtomicLong()).incrementAndGet();
        if (fault instanceof Fault.DropRequest) {
            return false;
        }
        if (fault instanceof Fault.DropReply) {
            forward(now, incoming);
            return false;
        }
        if (fault instanceof Fault.Answer answer) {
            if (answer.forwarded()) {
                forward(now, incoming);
            }
            error(answer, out);
            return true;
        }
        if (fault instanceof Fault.Duplicate) {
            HttpResponse<byte[]> first = forward(now, incoming);
            forward(now, incoming);
            reply(first, Duration.ZERO, out);
            return true;
        }
        Fault.Pass pass = (Fault.Pass) fault;
        delay(pass.before());
        HttpResponse<byte[]> response = forward(now, incoming);
        delay(pass.after());
        reply(response, pass.dateShift(), out);
        return true;
    }

    private HttpResponse<byte[]> forward(Phase now, Incoming incoming) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(incoming.path))
                .timeout(UPSTREAM_PATIENCE)
                .method(incoming.method, incoming.body.length == 0
                        ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(incoming.body));
        incoming.headers.forEach((name, value) -> {
            if (!NOT_FORWARDED.contains(name)) {
                request.header(name, value);
            }
        });
        HttpResponse<byte[]> answer = upstream.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        now.answered.computeIfAbsent(incoming.operation(), o -> new AtomicLong()).incrementAndGet();
        return answer;
    }

    private static void reply(HttpResponse<byte[]> response, Duration dateShift, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.statusCode() + " Reply\r\n");
        for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
            if (!NOT_FORWARDED.contains(header.getKey()) && !header.getKey().startsWith(":")) {
                for (String value : header.getValue()) {
                    head.append(header.getKey()).append(": ");
                    head.append(header.getKey().equals("date") ? shifted(value, dateShift) : value).append("\r\n");
                }
            }
        }
        write(head, response.body(), out);
    }

    private static String shifted(String date, Duration by) {
        Instant moved = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant().plus(by);
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(moved.atZone(ZoneOffset.UTC)).replace(" Z", " GMT");
    }

    private static void error(Fault.Answer answer, OutputStream out) throws IOException {
        String body = "{\"__type\":\"" + answer.type() + "\",\"message\":\"" + answer.message() + "\"}";
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Fault\r\n")
                .append("content-type: application/x-amz-json-1.0\r\n")
                .append("x-amzn-requestid: fault\r\n")
                .append("x-amzn-errortype: ").append(answer.type()).append("\r\n");
        write(head, body.getBytes(StandardCharsets.UTF_8), out);
    }

    private static void write(StringBuilder head, byte[] body, OutputStream out) throws IOException {
        byte[] start = head.append("content-length: ").append(body.length).append("\r\n\r\n").toString()
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        out.write(all);
        out.flush();
    }

    private static @Nullable Incoming read(InputStream in) throws IOException {
        String first = line(in);
        if (first == null) {
            return null;
        }
        String[] parts = first.split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        return body.length < length ? null : new Incoming(parts[0], parts[1], headers, body);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                int end = line.length();
                return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
            }
            line.append((char) next);
        }
        return null;
    }

    private void delay(Duration delay) throws InterruptedException {
        if (!delay.isZero() && closed.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the proxy is closed");
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    }

    private static void quietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            // it is being thrown away
        }
    }
}
