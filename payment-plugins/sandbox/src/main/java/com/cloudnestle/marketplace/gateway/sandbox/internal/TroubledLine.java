package com.cloudnestle.marketplace.gateway.sandbox.internal;

import com.cloudnestle.marketplace.testing.gateway.GatewayLab.Fault;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line on which things go wrong when they are told to. Thread-safe. */
final class TroubledLine implements Line {

    private final Line line;
    private @Nullable Fault fault;
    private int left;

    TroubledLine(Line line) {
        this.line = line;
    }

    synchronized void disturb(@Nullable Fault next, int requests) {
        fault = next;
        left = requests;
    }

    private synchronized @Nullable Fault next() {
        return left-- > 0 ? fault : null;
    }

    @Override
    public Answer ask(Question question) throws IOException, InterruptedException {
        Fault now = next();
        if (now == null) {
            return line.ask(question);
        }
        return switch (now) {
            case REFUSED -> throw new ConnectException("refused");
            case REQUEST_LOST -> throw new EOFException("closed");
            case SILENCE -> throw new SocketTimeoutException("nothing came");
            case ERROR_BEFORE -> new Answer(503, Optional.empty(), bytes("<html>Service Unavailable</html>"));
            case TOO_MANY -> new Answer(429, Optional.of("7"), bytes("{\"code\":\"SLOWER\"}"));
            case NOT_KNOWN -> new Answer(401, Optional.empty(), bytes("{\"code\":\"KEY_UNKNOWN\"}"));
            case REDIRECT -> new Answer(302, Optional.empty(), new byte[0]);
            default -> after(now, line.ask(question));
        };
    }

    /** The provider has done what it was asked for. */
    private static Answer after(Fault fault, Answer answer) throws IOException {
        return switch (fault) {
            case REPLY_LOST -> throw new EOFException("closed");
            case ERROR_AFTER -> new Answer(502, Optional.empty(), bytes("R999"));
            case GARBAGE -> new Answer(200, Optional.empty(), bytes("\u0000\uFFFD{]"));
            case EMPTY -> new Answer(200, Optional.empty(), new byte[0]);
            case CUT_SHORT -> new Answer(200, Optional.empty(), Arrays.copyOf(answer.body(), answer.body().length / 2));
            default -> new Answer(answer.status(), answer.retryAfter(), changed(fault, answer.body()));
        };
    }

    private static byte[] changed(Fault fault, byte[] body) throws IOException {
        ObjectNode document = (ObjectNode) Desk.JSON.readTree(body);
        switch (fault) {
            case UNKNOWN_STATE -> document.put("state", "under_review");
            case UNKNOWN_MEMBERS -> {
                document.put("since", 1.5).putNull("tax");
                document.putArray("notes").addObject().put("state", "failed");
            }
            case OTHER_AMOUNT -> document.put("amount", document.path("amount").asLong() + 1);
            case OTHER_CURRENCY -> document.put("currency", document.path("currency").asText().equals("USD") ? "EUR" : "USD");
            case OTHER_ACCOUNT -> document.put("account", "somebody");
            case OTHER_PAYMENT -> document.put("id", "sbo_" + Keys.random()).put("key", "pay_" + Keys.random().substring(0, 26));
            default -> throw new IllegalStateException("no way to " + fault);
        }
        return Bytes.of(document);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
