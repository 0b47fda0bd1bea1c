package com.cloudnestle.marketplace.rest.internal.testing;

import com.cloudnestle.marketplace.testing.RawHttp;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A small HTTP client for tests. */
public final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String base;
    private final Map<String, String> headers;

    Http(String base) {
        this(base, Map.of());
    }

    private Http(String base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** The same client sending one header more, or another value of it. */
    public Http header(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new Http(base, Map.copyOf(more));
    }

    public Http bearer(String secret) {
        return header("Authorization", "Bearer " + secret);
    }

    public int port() {
        return URI.create(base).getPort();
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Answer post(String path, String json) {
        return json("POST", path, json);
    }

    public Answer put(String path, String json) {
        return json("PUT", path, json);
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    public Answer json(String method, String path, String json) {
        Http typed = headers.containsKey("Content-Type") ? this : header("Content-Type", "application/json");
        return typed.send(method, path, BodyPublishers.ofString(json));
    }

    public Answer send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body);
        headers.forEach(request::header);
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends these bytes and nothing more; gives back what the server sends until it closes. */
    public String raw(String request) throws IOException {
        return RawHttp.send(URI.create(base).getPort(), request, true);
    }

    /** An answer, with what tests ask of it. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            try {
                return MAPPER.readTree(text());
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + text(), e);
            }
        }

        /** The {@code code} of a problem. */
        public String code() {
            return json().path("code").asText();
        }

        /** The field the first of the problem's errors names. */
        public String field() {
            return json().path("errors").path(0).path("field").asText();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
