package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The HTTP client with an eye on it: knows of each call whether a byte of it may have left this process, which is what
 * decides whether a failed write is known not to be applied. A call is made and watched on one thread.
 */
final class Wire implements SdkHttpClient {

    /** How far a call came. */
    enum Reach {
        /** Not even a connection was asked for, as without credentials. */
        NOWHERE,
        /** A connection was asked for, but nothing was written. */
        CONNECTING,
        /** Something may have been written. */
        SENT
    }

    private final SdkHttpClient client;
    private final BiConsumer<String, Duration> dates;
    private final ThreadLocal<Reach> reach = new ThreadLocal<>();

    /** @param dates is told the header {@code Date} of each reply, and how long the reply took */
    Wire(SdkHttpClient client, BiConsumer<String, Duration> dates) {
        this.client = client;
        this.dates = dates;
    }

    /** Begins to watch a call of this thread. */
    void begin() {
        reach.set(Reach.NOWHERE);
    }

    /** How far the call of this thread came; ends the watch. */
    Reach end() {
        Reach reached = reach.get();
        reach.remove();
        return reached == null ? Reach.SENT : reached;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        reach.set(Reach.CONNECTING);
        HttpExecuteRequest.Builder watched = HttpExecuteRequest.builder().request(request.httpRequest());
        request.metricCollector().ifPresent(watched::metricCollector);
        request.contentStreamProvider().ifPresentOrElse(
                content -> watched.contentStreamProvider(
                        ContentStreamProvider.fromInputStreamSupplier(watched(content::newStream))),
                () -> reach.set(Reach.SENT)); // without a body there is nothing to see it by
        ExecutableHttpRequest prepared = client.prepareRequest(watched.build());
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                long began = System.nanoTime();
                HttpExecuteResponse response = prepared.call();
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                response.httpResponse().firstMatchingHeader("Date").ifPresent(date -> dates.accept(date, took));
                return response;
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private Supplier<InputStream> watched(Supplier<InputStream> content) {
        return () -> new FilterInputStream(content.get()) {
            @Override
            public int read() throws IOException {
                reach.set(Reach.SENT);
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                reach.set(Reach.SENT);
                return super.read(bytes, offset, length);
            }
        };
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
