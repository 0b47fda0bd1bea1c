package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogTest {

    /** See simplelogger.properties. */
    private static final Path FILE = Path.of("target/test.log");

    @Test
    void hasNoPeopleNoSecretsAndNothingOfNotifications() throws IOException {
        long before = Files.exists(FILE) ? Files.size(FILE) : 0;

        everythingThatIsLogged();

        byte[] all = Files.readAllBytes(FILE);
        assertThat(new String(all, (int) before, all.length - (int) before, StandardCharsets.UTF_8))
                .contains("event=webhook_refused", "event=webhook_accepted", "event=payment_held", "event=payment_proof_refused")
                .doesNotContain("Ann", "Lake Road", "ann@example.com", "4111", "ann@bank", "secret-key", "forged-signature",
                        "secret-proof");
    }

    private static void everythingThatIsLogged() {
        World world = new World();
        Process process = world.start();
        world.provider.next(Kind.OUTCOME_UNKNOWN, true);
        Payment payment = process.initiate("secret-key");
        ignored(() -> process.payments.verify(world.ann, payment.id(), new ReturnProof(Map.of("signature", "secret-proof"))));
        String body = "event=captured\npayment=" + payment.id() + "\nvpa=ann@bank\ncard=4111111111111111";
        ignored(() -> process.payments.accept(Optional.of("lab"), Provider.signed("forged-signature", body, World.NOON)));
        world.provider.order(payment.id()).amount = new Money(1, "INR");
        world.provider.pay(payment.id());
        process.payments.accept(Optional.of("lab"), Provider.genuine(body, World.NOON));
        ignored(() -> process.payments.refund(payment.id(), Optional.empty(), "asked for", "secret-key", "admin"));
        process.pass(Duration.ofHours(1), Duration.ofMinutes(1));
    }

    private static void ignored(Runnable call) {
        try {
            call.run();
        } catch (MarketplaceException e) {
            assertThat(e.getMessage()).doesNotContain("Ann", "4111");
        }
    }
}
