package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Stores for tests on one emulator. */
final class LocalStore {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private LocalStore() {}

    static Settings settings(URI endpoint, String prefix) {
        return new Settings("us-east-1", endpoint, true, new TableNames(prefix, List.of()), true, 32,
                PATIENCE, PATIENCE, PATIENCE, Duration.ZERO);
    }

    /** Its tables are there. */
    static Connection connect(Settings settings, ManualClock clock) {
        try {
            return Opening.open(settings, clock);
        } catch (StoreRefusedException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static Connection connect(String prefix) {
        return connect(settings(DynamoDbLocal.start().endpoint(), prefix), clock());
    }

    static ManualClock clock() {
        return new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    }

    /** The emulator's time, by its own word. */
    static Instant serverTime() {
        try {
            HttpResponse<Void> reply = HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(DynamoDbLocal.start().endpoint()).build(), HttpResponse.BodyHandlers.discarding());
            String date = reply.headers().firstValue("date").orElseThrow();
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
