package com.cloudnestle.marketplace.gateway.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BooksTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final List<String> events = new ArrayList<>();
    private final Books books = new Books(new ManualClock(NOON), Duration.ofSeconds(-1), List.of(), all -> {},
            (event, order) -> events.add(event));

    private Order open(String key) {
        return books.open(key, new Money(100, "INR"), "", "http://localhost/pay/" + key, NOON.plusSeconds(60).toEpochMilli()).order();
    }

    @Test
    void keepsTheLatestThousand() {
        for (int i = 0; i <= Books.MOST; i++) {
            open("pay_" + i);
        }

        assertThat(books.byKey("pay_0")).isEmpty();
        assertThat(books.byKey("pay_1")).isPresent();
        assertThat(books.byKey("pay_" + Books.MOST)).isPresent();
    }

    @Test
    void isPaidOnceHoweverOftenItIsPaid() {
        open("pay_1");
        books.pay("pay_1");
        books.payLater("pay_1", Duration.ZERO);
        books.pay("pay_1", new Money(1, "USD"));
        books.fail("pay_1");
        books.tick();

        assertThat(events).containsExactly("order.paid");
        assertThat(books.byKey("pay_1").orElseThrow().collected()).isEqualTo(100);
    }

    @Test
    void aFileThatCannotBeReadIsNoReasonNotToStart(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("orders.json"), "[{\"id\":");

        assertThat(new OrderFile(file).load()).isEmpty();
        assertThat(new OrderFile(folder.resolve("none.json")).load()).isEmpty();
    }
}
