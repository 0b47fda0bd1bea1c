package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payments.Event;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A payment is given back at the provider's own pages after an upgrade had what was left of it as credit. */
class UsedCreditTest {

    /** See simplelogger.properties. */
    private static final Path FILE = Path.of("target/test.log");

    private final World world = new World();
    private final Process process = world.start();
    private final Payment pro = bought("pro");
    private final Payment enterprise = bought("enterprise");

    private Payment bought(String tier) {
        Payment payment = process.payments.initiate(new Purchase(world.ann, World.FINDER, tier, World.BUYER, null, null, tier));
        world.provider.pay(payment.id());
        process.verify(payment);
        world.clock.advance(Duration.ofDays(10));
        return process.find(payment);
    }

    private String givenBackThere(Payment payment, long minor) throws IOException {
        synchronized (world.provider) {
            world.provider.order(payment.id()).refunds.put("elsewhere" + minor, new Money(minor, "INR"));
        }
        long before = Files.exists(FILE) ? Files.size(FILE) : 0;
        process.payments.reconcile(payment.id(), "admin");
        byte[] all = Files.readAllBytes(FILE);
        return new String(all, (int) before, all.length - (int) before, StandardCharsets.UTF_8);
    }

    private List<Event> overdrawn(Payment payment) {
        return process.payments.inspect(payment.id()).timeline().stream()
                .filter(event -> event.kind().equals("credit.overdrawn")).toList();
    }

    @Test
    void isToldAsAnErrorAndInTheTimelineWithThePaymentThatHasIt() throws IOException {
        assertThat(enterprise.quote().credit()).isPresent();

        String log = givenBackThere(pro, World.TOTAL.minor());

        assertThat(log.lines().filter(line -> line.contains("event=refund_of_used_credit")).toList()).singleElement().asString()
                .contains("ERROR", "payment=" + pro.id(), "upgrade=" + enterprise.id());
        assertThat(overdrawn(pro)).singleElement().satisfies(event -> {
            assertThat(event.details()).containsEntry("by", enterprise.id());
            assertThat(event.details().get("amount")).isEqualTo(process.parts.book.require(pro.id()).credited().toString());
        });
        assertThat(process.find(pro).state()).isEqualTo(State.REFUNDED);
        assertThat(process.find(enterprise).state()).as("it stands").isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("enterprise");
        world.assertBalanced();
    }

    @Test
    void isNotToldWhileOnlyDaysThatWereUsedGoBackAndNotOfPaymentsWithoutCredit() throws IOException {
        String log = givenBackThere(pro, 100) + givenBackThere(enterprise, 100);

        assertThat(log).contains("event=refund_not_ours").doesNotContain("refund_of_used_credit");
        assertThat(overdrawn(pro)).isEmpty();
        assertThat(overdrawn(enterprise)).isEmpty();
        world.assertBalanced();
    }
}
