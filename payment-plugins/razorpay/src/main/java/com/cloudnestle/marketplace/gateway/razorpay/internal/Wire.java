package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

/**
 * One HTTP exchange with Razorpay: ends within a time even if the other side sends byte after byte, takes no long answer,
 * follows no redirection, and knows whether anything can have arrived there.
 */
class Wire implements AutoCloseable {

    private static final int MAX_ANSWER = 1024 * 1024;
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final HttpClient client;
    private final ExecutorService executor;
    private final Set<CompletableFuture<?>> underway = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Wire(Duration connectPatience) {
        this(connectPatience, Optional.empty());
    }

    /** @param trust in place of the platform's own */
    Wire(Duration connectPatience, Optional<SSLContext> trust) {
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, "razorpay-http-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        executor = Executors.newCachedThreadPool(threads);
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(connectPatience).executor(executor);
        trust.ifPresent(builder::sslContext);
        client = builder.build();
    }

    /** @param retryAfter as the header says it, if it does */
    record Reply(int status, byte[] body, Optional<String> retryAfter) {}

    /**
     * @param patience from now to the last byte of the answer
     * @throws GatewayException {@code NOT_CONTACTED} only if no byte of the request can have left, else {@code OUTCOME_UNKNOWN}
     */
    Reply exchange(HttpRequest request, Duration patience) throws GatewayException {
        if (closed) {
            throw new GatewayException(Kind.NOT_CONTACTED, "the gateway has been stopped");
        }
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new LimitedBody(MAX_ANSWER));
        underway.add(answer);
        try {
            if (closed) {
                answer.completeExceptionally(new IOException("stopped"));
            }
            HttpResponse<byte[]> reply = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(reply.statusCode(), reply.body(), reply.headers().firstValue("retry-after"));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "", "no whole answer within " + patience, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "", "interrupted while waiting for the answer", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            underway.remove(answer);
        }
    }

    private static GatewayException failure(Throwable cause) {
        boolean nothingSent = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLHandshakeException || caused(cause, UnresolvedAddressException.class);
        return nothingSent
                ? new GatewayException(Kind.NOT_CONTACTED, "", "no connection: " + cause.getClass().getSimpleName(), cause)
                : new GatewayException(Kind.OUTCOME_UNKNOWN, "", "the exchange broke off: " + cause.getClass().getSimpleName(), cause);
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    /** Calls that are under way end with an outcome that is not known; no thread is left. */
    @Override
    public void close() {
        closed = true;
        underway.forEach(answer -> answer.completeExceptionally(new IOException("stopped")));
        executor.shutdownNow();
    }
}
