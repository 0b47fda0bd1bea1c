package com.cloudnestle.marketplace.gateway.phonepe.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What goes wrong next. Thread-safe. */
final class Faults {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KEYS = List.of("merchantOrderId", "orderId", "merchantRefundId", "refundId", "originalMerchantOrderId",
            "merchantTransactionId", "transactionId");

    private @Nullable Fault fault;
    private int left;
    private CountDownLatch silence = new CountDownLatch(1);
    private int silences;

    synchronized void set(Fault next, int requests) {
        fault = next;
        left = requests;
    }

    synchronized void calm() {
        fault = null;
        left = 0;
        silence.countDown();
        silence = new CountDownLatch(1);
    }

    synchronized Optional<Fault> next() {
        if (fault == null || left == 0) {
            return Optional.empty();
        }
        left--;
        return Optional.of(fault);
    }

    /** Requests so far that were met with silence. */
    synchronized int silences() {
        return silences;
    }

    /** Until somebody calms the server, or two minutes. */
    void keepSilent() {
        CountDownLatch latch;
        synchronized (this) {
            silences++;
            latch = silence;
        }
        try {
            latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the provider would have said; as the fault has it. Empty: nothing is said, and the connection ends. */
    static Optional<Reply> spoilt(Fault fault, Reply sound, String base) {
        return switch (fault) {
            case REPLY_LOST, REQUEST_LOST, SILENCE -> Optional.empty();
            case ERROR_AFTER, ERROR_BEFORE -> Optional.of(Reply.text(500, "R999"));
            case BAD_PROXY -> Optional.of(Reply.html(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"));
            case GARBAGE -> Optional.of(Reply.text(200, "\u0000\u0001}{ not a document"));
            case EMPTY -> Optional.of(Reply.none(200));
            case CUT_SHORT -> Optional.of(new Reply(sound.status(), sound.type(), sound.body().substring(0, sound.body().length() / 2),
                    sound.headers()));
            case TOO_MANY -> Optional.of(Reply.error(429, "TOO_MANY_REQUESTS").with("Retry-After", "7"));
            case NOT_KNOWN -> Optional.of(Reply.error(401, "AUTHORIZATION_FAILED"));
            case REDIRECT -> Optional.of(Reply.to(302, base + "/elsewhere"));
            default -> Optional.of(sound.ok() ? changed(fault, sound) : sound);
        };
    }

    private static Reply changed(Fault fault, Reply sound) {
        try {
            if (!(JSON.readTree(sound.body()) instanceof ObjectNode document)) {
                return sound;
            }
            ObjectNode told = document.path("data") instanceof ObjectNode data ? data : document;
            change(fault, document, told);
            return Reply.json(sound.status(), document);
        } catch (JsonProcessingException e) {
            return sound;
        }
    }

    private static void change(Fault fault, ObjectNode document, ObjectNode told) {
        switch (fault) {
            case UNKNOWN_STATE -> {
                told.put("state", "UNDER_RECONSIDERATION");
                if (document != told) {
                    document.put("code", "PAYMENT_UNDER_RECONSIDERATION");
                }
            }
            case UNKNOWN_MEMBERS -> {
                document.putArray("news").addObject().put("kind", "unheard-of").putNull("value");
                told.putObject("loyalty").put("points", 12).putArray("tiers").add("gold");
            }
            case OTHER_AMOUNT -> told.put("amount", told.path("amount").asLong() + 1);
            case OTHER_CURRENCY -> told.put("currency", "USD");
            case OTHER_ACCOUNT -> told.put("merchantId", "MOTHER");
            case OTHER_PAYMENT -> KEYS.stream().filter(told::has).forEach(key -> told.put(key, "other-" + told.path(key).asText()));
            default -> throw new IllegalArgumentException(fault + " changes nothing");
        }
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return Reply.object();
        }
    }
}
