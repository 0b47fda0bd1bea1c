package com.cloudnestle.marketplace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Predicate;

/** Talks to one server on the loopback interface. */
final class Http {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** For one answer; a machine that stands still for some seconds is not what is tested. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // long before the server ends an idle connection (30 s), else a request may be sent at the very moment and get no answer
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
    }

    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LONGEST_ANSWER).build();
    private final int port;

    Http(int port) {
        this.port = port;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path), headers);
    }

    HttpResponse<String> post(String path, String json, String... headers) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)), headers);
    }

    HttpResponse<String> delete(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").method("DELETE", BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** Asks until the status is the wanted one. Returns the time that took. */
    Duration awaitStatus(String path, int wanted) throws InterruptedException {
        return await(path + " answers " + wanted, () -> get(path), response -> response.statusCode() == wanted);
    }

    /** Calls until the answer is as wanted; a server that does not answer yet counts as not yet. */
    Duration await(String what, Call call, Predicate<HttpResponse<String>> wanted) throws InterruptedException {
        long began = System.nanoTime();
        String last = "no answer";
        while (System.nanoTime() - began < PATIENCE.toNanos()) {
            try {
                HttpResponse<String> response = call.run();
                if (wanted.test(response)) {
                    return Duration.ofNanos(System.nanoTime() - began);
                }
                last = response.statusCode() + " " + response.body();
            } catch (IOException e) {
                last = e.toString();
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new AssertionError("waited in vain until " + what + "; last was " + last);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LONGEST_ANSWER);
    }

    /** One request. */
    @FunctionalInterface
    interface Call {
        HttpResponse<String> run() throws IOException, InterruptedException;
    }
}
