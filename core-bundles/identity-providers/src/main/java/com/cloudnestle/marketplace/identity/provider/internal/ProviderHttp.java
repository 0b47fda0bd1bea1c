package com.cloudnestle.marketplace.identity.provider.internal;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How providers are asked: each exchange ends within a time, whether the other side is silent or sends byte after byte, an
 * answer may not be long, and no redirection is followed.
 */
final class ProviderHttp implements HTTPRequestSender, ResourceRetriever {

    /** From the connection to the last byte. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MAX_BYTES = 512 * 1024;
    private static final int OK = 200;
    /** Those that the client makes itself. */
    private static final Set<String> OWN_HEADERS = Set.of("host", "content-length", "connection");

    private final HttpClient client;
    private final Duration patience;

    ProviderHttp() {
        this(PATIENCE);
    }

    ProviderHttp(Duration patience) {
        this.patience = patience;
        client = HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NEVER).build();
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        String body = request.getBody();
        HttpRequest.Builder builder = builder(request.getURI()).method(request.getMethod().name(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        request.getHeaderMap().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        HttpResponse<byte[]> answer = exchange(builder.build());
        HTTPResponse copy = new HTTPResponse(answer.statusCode());
        answer.headers().map().forEach((name, values) -> copy.setHeader(name, values.toArray(String[]::new)));
        copy.setBody(text(answer));
        return copy;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        HttpResponse<byte[]> answer = exchange(
                builder(URI.create(url.toString())).header("Accept", "application/json").GET().build());
        if (answer.statusCode() != OK) {
            throw new IOException("status " + answer.statusCode());
        }
        return new Resource(text(answer), answer.headers().firstValue("Content-Type").orElse("application/json"));
    }

    private static HttpRequest.Builder builder(URI address) throws IOException {
        try {
            return HttpRequest.newBuilder(address);
        } catch (IllegalArgumentException e) {
            throw new IOException("not an address to ask", e);
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new LimitedBody(MAX_BYTES));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer within " + patience);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** Collects a body up to a length; a longer one is an error. */
    private static final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {
        private final HttpResponse.BodySubscriber<byte[]> all = HttpResponse.BodySubscribers.ofByteArray();
        private final CompletableFuture<Flow.Subscription> source = new CompletableFuture<>();
        private int left;

        private LimitedBody(int limit) {
            left = limit;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return all.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source.complete(subscription);
            all.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> part) {
            left -= part.stream().mapToInt(ByteBuffer::remaining).sum();
            if (left < 0) {
                source.join().cancel();
                all.onError(new IOException("the answer is too long"));
            } else {
                all.onNext(part);
            }
        }

        @Override
        public void onError(Throwable failure) {
            all.onError(failure);
        }

        @Override
        public void onComplete() {
            all.onComplete();
        }
    }
}
