package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 by the client of the JDK. No redirection is followed, so credentials stay with the host they are for; an exchange ends
 * within a time from the connection to the last byte; an answer may not be long.
 */
final class HttpTransport implements Transport, AutoCloseable {

    private static final int MAX_BYTES = 1024 * 1024;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "phonepe-http");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger underWay = new AtomicInteger();
    private final HttpClient client;
    private final Duration patience;
    private volatile boolean closed;

    /** @param trust null: what the Java runtime trusts */
    HttpTransport(Duration connectTimeout, Duration patience, @Nullable SSLContext trust) {
        this.patience = patience;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(threads);
        if (trust != null) {
            builder.sslContext(trust);
        }
        client = builder.build();
    }

    @Override
    public Answer send(HttpRequest request) throws GatewayException {
        underWay.incrementAndGet();
        try {
            if (closed) {
                throw new GatewayException(Kind.NOT_CONTACTED, "the gateway was stopped");
            }
            return exchange(request);
        } finally {
            if (underWay.decrementAndGet() == 0 && closed) {
                threads.shutdown();
            }
        }
    }

    private Answer exchange(HttpRequest request) throws GatewayException {
        CompletableFuture<HttpResponse<Bounded>> sending = client.sendAsync(request,
                head -> BodySubscribers.fromSubscriber(new Bounded(), bytes -> bytes));
        try {
            HttpResponse<Bounded> answer = sending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), answer.body().text(), retryAfter(answer));
        } catch (TimeoutException e) {
            sending.cancel(true);
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "", "no whole answer within " + patience, e);
        } catch (InterruptedException e) {
            sending.cancel(true);
            Thread.currentThread().interrupt();
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "", "interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw beforeAnyByte(cause)
                    ? new GatewayException(Kind.NOT_CONTACTED, "", "no connection: " + cause.getClass().getSimpleName(), cause)
                    : new GatewayException(Kind.OUTCOME_UNKNOWN, "", "no answer: " + cause.getClass().getSimpleName(), cause);
        }
    }

    /** Connections that never stood; a handshake that failed also ends before the request is written. */
    private static boolean beforeAnyByte(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnresolvedAddressException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException;
    }

    /** In seconds only: the form with a date needs a clock that both sides share. */
    private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers().firstValue("Retry-After").map(String::strip)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** What is under way may end; nothing new begins. */
    @Override
    public void close() {
        closed = true;
        if (underWay.get() == 0) {
            threads.shutdown();
        }
    }

    /** Keeps no more than the limit of a body; what is too long is no answer at all. */
    private static final class Bounded implements Flow.Subscriber<List<ByteBuffer>> {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean tooLong;

        String text() {
            return tooLong ? "" : bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> part) {
            for (ByteBuffer buffer : part) {
                tooLong |= bytes.size() + buffer.remaining() > MAX_BYTES;
                if (!tooLong) {
                    byte[] next = new byte[buffer.remaining()];
                    buffer.get(next);
                    bytes.write(next, 0, next.length);
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            // the exchange fails with it
        }

        @Override
        public void onComplete() {
            // text() is asked for then
        }
    }
}
