package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.razorpay.server.Trouble;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.ReturnProof;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reviewer's case 60: the log at its most talkative, and every message of an exception. */
class SecrecyTest {

    private static final Path LOG = Path.of("target/test.log");

    private final Workbench bench = new Workbench();
    private final StringBuilder said = new StringBuilder();

    @AfterEach
    void close() {
        bench.close();
    }

    private interface Call {
        Object make() throws GatewayException;
    }

    private void attempt(Call call) {
        try {
            said.append(call.make());
        } catch (GatewayException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            said.append(trace);
        }
    }

    @Test
    void neitherSecretsNorPeopleNorCardsAreWrittenAnywhere() throws GatewayException, IOException {
        long before = Files.exists(LOG) ? Files.size(LOG) : 0;
        for (Trouble trouble : Trouble.values()) {
            String id = "pay_" + trouble.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            CheckoutRequest request = bench.request(id);
            Expected expected = bench.open(id);
            String paid = bench.server.levers().pay(id);
            ReturnProof proof = new ReturnProof(bench.server.levers().proof(expected.providerOrderId().orElseThrow(), paid));
            var refund = bench.refund("rfd_" + id + "-0000", expected, 500);
            bench.server.disturb(trouble, 100);
            attempt(() -> bench.gateway.createCheckout(request));
            attempt(() -> bench.gateway.verifyReturn(proof, expected));
            attempt(() -> bench.gateway.refund(refund));
            attempt(() -> bench.gateway.fetchRefund(refund, Optional.empty()));
            bench.server.calm();
            bench.server.notifications().about(expected.providerOrderId().orElseThrow())
                    .forEach(each -> attempt(() -> bench.gateway.authenticate(bench.webhook(each))));
            attempt(() -> bench.gateway.authenticate(bench.webhook("{}".getBytes(StandardCharsets.UTF_8), Workbench.WEBHOOK_SECRET, "x")));
        }
        RazorpayAccount.gateway(new SettingsReader(Workbench.configuration(bench.server.url(), Map.of("key_id", "wrong")), name -> null), bench.clock);

        String log = new String(Files.readAllBytes(LOG), StandardCharsets.UTF_8).substring((int) before);
        assertThat(log).contains("event=razorpay_called").contains("event=razorpay_call_failed").contains("event=gateway_misconfigured");
        String pair = Base64.getEncoder().encodeToString((Workbench.KEY_ID + ":" + Workbench.KEY_SECRET).getBytes(StandardCharsets.UTF_8));
        List<String> hidden = List.of(Workbench.KEY_SECRET, Workbench.WEBHOOK_SECRET, Workbench.SECRET_BEFORE, Workbench.SECRET_OVER, pair,
                "buyer@example.invalid", "A. Buyer", "buyer@upi", "+919000000000", "Payment failed at the bank");
        for (String secret : hidden) {
            assertThat(log).as("the log").doesNotContain(secret);
            assertThat(said.toString()).as("what was said").doesNotContain(secret);
        }
    }
}
