package com.cloudnestle.marketplace.benchmarks.jetty;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** JSON in, SHA-256 of the token, one count, about 100 bytes of JSON out. */
final class DecisionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final JsonFactory JSON = new JsonFactory();

    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    });

    private final transient Counters counters;

    DecisionServlet(Counters counters) {
        this.counters = counters;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        String token = "";
        String solution = "";
        try (JsonParser json = JSON.createParser(request.getInputStream().readAllBytes())) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING && name.equals("token")) {
                    token = json.getText();
                } else if (value == JsonToken.VALUE_STRING && name.equals("solution_id")) {
                    solution = json.getText();
                } else {
                    json.skipChildren();
                }
            }
        }
        answer(response, solution, verdict(token));
    }

    private Verdict verdict(String token) throws ServletException {
        try {
            return counters.take(SHA256.get().digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private static void answer(HttpServletResponse response, String solution, Verdict verdict) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeBooleanField("allowed", verdict.taken());
            json.writeStringField("solution_id", solution);
            json.writeStringField("access_tier", "registered");
            json.writeNumberField("quota_remaining", verdict.limit() - verdict.used());
            json.writeEndObject();
        }
        response.setStatus(!verdict.known() ? 401 : verdict.taken() ? 200 : 429);
        response.setContentType("application/json");
        response.setContentLength(out.size());
        out.writeTo(response.getOutputStream());
    }
}
