package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.phonepe.server.Fault;
import com.cloudnestle.marketplace.gateway.phonepe.server.Merchant;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.ReturnProof;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NothingLeaksTest {

    private final List<String> said = new ArrayList<>();

    @FunctionalInterface
    private interface Call {
        Object make() throws GatewayException;
    }

    private void hear(Call call) {
        try {
            said.add(String.valueOf(call.make()));
        } catch (GatewayException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            said.add(trace + e.providerCode());
        }
    }

    /** Whatever happens: no key, token, address or person in what is logged, thrown or answered. */
    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void noSecretTokenOrPersonIsLoggedOrSaid(String generation) throws GatewayException { // 60
        try (CapturedLog log = new CapturedLog(); Rig rig = new Rig(Map.of("generation", generation), sound -> sound)) {
            for (Fault fault : Fault.values()) {
                if (fault == Fault.SILENCE) {
                    continue; // like a lost reply, and slow
                }
                Expected paid = rig.paid();
                RefundRequest refund = rig.refundOf(paid, 5000);
                rig.server.disturb(fault, 20, asked -> true);
                hear(() -> rig.gateway.createCheckout(rig.request()));
                hear(() -> rig.gateway.fetchPayment(paid));
                hear(() -> rig.gateway.verifyReturn(new ReturnProof(Map.of("a", "b")), paid));
                hear(() -> rig.gateway.refund(refund));
                hear(() -> rig.gateway.fetchRefund(refund, Optional.of("OMR1")));
                rig.server.calm();
                rig.server.notifications(paid.paymentId()).forEach(sent -> said.add(String.valueOf(rig.gateway.authenticate(new RawWebhook(
                        sent.headers().entrySet().stream().map(h -> new RawWebhook.Header(h.getKey(), h.getValue())).toList(),
                        sent.body(), rig.clock.instant())))));
            }
            rig.levers.tokensAway(true);
            rig.levers.forgetTokens();
            hear(() -> rig.gateway.createCheckout(rig.request()));
            rig.clock.advance(Duration.ofMinutes(59));
            hear(() -> rig.gateway.health());
            said.addAll(log.lines());
            said.add(rig.gateway.toString());

            Merchant merchant = rig.server.merchant();
            for (String secret : List.of(merchant.clientSecret(), merchant.saltKey(), merchant.webhookPassword(), merchant.webhookSecret(),
                    "lab-access-token", "lab-refresh", "lab.payer@upi", "XXXXXX4711", "lab-utr", "buyer@example.invalid", "Asha")) {
                assertThat(said).as(secret).noneMatch(text -> text.contains(secret));
            }
            assertThat(said).hasSizeGreaterThan(60);
        }
    }
}
