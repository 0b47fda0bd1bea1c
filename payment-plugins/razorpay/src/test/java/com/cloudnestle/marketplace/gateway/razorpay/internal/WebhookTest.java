package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.razorpay.server.Notifications;
import com.cloudnestle.marketplace.gateway.razorpay.server.Notifications.Notification;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RawWebhook.Header;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Accepted;
import com.cloudnestle.marketplace.payment.WebhookResult.NotForUs;
import com.cloudnestle.marketplace.payment.WebhookResult.Rejected;
import com.cloudnestle.marketplace.payment.WebhookResult.Subject;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookTest {

    private static final String PAYMENT = "pay_aaaaaaaaaaaaaaaaaaaaaaaaaa";

    private final Workbench bench = new Workbench();
    private Expected expected;
    private List<Notification> notifications;

    @BeforeEach
    void paid() throws GatewayException {
        expected = bench.open(PAYMENT);
        bench.server.levers().pay(PAYMENT);
        notifications = bench.server.notifications().about(expected.providerOrderId().orElseThrow());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Notification captured() {
        return notifications.stream().filter(each -> each.event().equals("payment.captured")).findFirst().orElseThrow();
    }

    private WebhookResult read(byte[] body, String signature) {
        return bench.gateway.authenticate(bench.webhook(body, signature, "evt_1"));
    }

    private WebhookResult signed(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return read(bytes, Notifications.sign(bytes, Workbench.WEBHOOK_SECRET));
    }

    @Test
    void aPaymentThatSucceedsIsToldThreeTimesWithItsOrder() {
        List<Accepted> accepted = notifications.stream().map(each -> (Accepted) bench.gateway.authenticate(bench.webhook(each))).toList();

        assertThat(accepted).extracting(Accepted::event).containsExactly("payment.authorized", "payment.captured", "order.paid");
        assertThat(accepted).allSatisfy(each -> {
            assertThat(each.subject()).isEqualTo(Subject.PAYMENT);
            assertThat(each.providerOrderId()).isEqualTo(expected.providerOrderId());
            assertThat(each.trust()).isEqualTo(WebhookResult.Trust.SIGNED_BODY);
        });
        assertThat(accepted.get(2).paymentId()).contains(PAYMENT);
    }

    @Test
    void withoutSignatureItIsNotTaken() {
        RawWebhook bare = new RawWebhook(List.of(new Header("x-razorpay-event-id", "evt_1")), captured().body(), bench.clock.instant());

        assertThat(bench.gateway.authenticate(bare)).isInstanceOf(NotForUs.class);
    }

    @Test
    void aForgedSignatureIsRejected() {
        assertThat(read(captured().body(), Notifications.sign(captured().body(), "guessed"))).isInstanceOf(Rejected.class);
        assertThat(read(captured().body(), "0".repeat(64))).isInstanceOf(Rejected.class);
    }

    @Test
    void oneChangedByteIsRejected() {
        for (int i = 0; i < captured().body().length; i++) {
            byte[] body = captured().body().clone();
            body[i] ^= 1;
            assertThat(read(body, captured().signature())).as("byte %d", i).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void theSameJsonWrittenAnewIsRejected() throws IOException {
        ObjectMapper json = new ObjectMapper();
        byte[] pretty = json.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(json.readTree(captured().body()));

        assertThat(read(pretty, captured().signature())).isInstanceOf(Rejected.class);
    }

    @Test
    void theSecretOfCallsIsNoneOfWebhooks() {
        assertThat(read(captured().body(), Notifications.sign(captured().body(), Workbench.KEY_SECRET))).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @CsvSource({"upper", "spaces", "sha256=", "half", "none", "nul"})
    void aSignatureInAnotherFormIsRejectedWithoutAnException(String form) {
        String right = captured().signature();
        String changed = switch (form) {
            case "upper" -> right.toUpperCase(Locale.ROOT);
            case "spaces" -> " " + right + " ";
            case "sha256=" -> "sha256=" + right;
            case "half" -> right.substring(32);
            case "nul" -> right.substring(1) + "\0";
            default -> "";
        };

        assertThat(read(captured().body(), changed)).isInstanceOf(Rejected.class);
    }

    @Test
    void theSecretBeforeCountsUntilItsEnd() {
        byte[] body = captured().body();

        assertThat(read(body, Notifications.sign(body, Workbench.SECRET_BEFORE))).isInstanceOf(Accepted.class);
        assertThat(read(body, Notifications.sign(body, Workbench.SECRET_OVER))).isInstanceOf(Rejected.class);
        bench.clock.advance(Duration.ofDays(400));
        assertThat(read(body, Notifications.sign(body, Workbench.SECRET_BEFORE))).isInstanceOf(Rejected.class);
        assertThat(read(body, captured().signature())).isInstanceOf(Accepted.class);
    }

    @Test
    void twoSignaturesAreRejectedEvenIfBothAreRight() {
        RawWebhook once = bench.webhook(captured());
        for (String second : List.of(captured().signature(), "0".repeat(64))) {
            List<Header> headers = new ArrayList<>(once.headers());
            headers.add(new Header("x-Razorpay-signature", second));
            assertThat(bench.gateway.authenticate(new RawWebhook(headers, once.body(), once.receivedAt()))).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void emptyUnreadableAndPackedBodiesAreRejected() throws IOException {
        assertThat(signed("")).isInstanceOf(Rejected.class);
        assertThat(signed("[]")).isInstanceOf(Rejected.class);
        assertThat(signed("{\"event\":\"payment.captured\"")).isInstanceOf(Rejected.class);
        byte[] latin = "{\"event\":\"p\u00e4yment\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(latin, Notifications.sign(latin, Workbench.WEBHOOK_SECRET))).isInstanceOf(Rejected.class);

        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(captured().body());
        }
        assertThat(read(packed.toByteArray(), Notifications.sign(packed.toByteArray(), Workbench.WEBHOOK_SECRET))).isInstanceOf(Rejected.class);
        RawWebhook once = bench.webhook(captured());
        List<Header> headers = new ArrayList<>(once.headers());
        headers.add(new Header("content-encoding", "gzip"));
        assertThat(bench.gateway.authenticate(new RawWebhook(headers, once.body(), once.receivedAt()))).isInstanceOf(Rejected.class);
    }

    @Test
    void theLargestBodyIsReadInBoundedTime() {
        String deep = "{\"a\":".repeat(RawWebhook.MAX_BODY / 5);

        assertThat(signed(deep)).isInstanceOf(Rejected.class);
        assertThat(signed("9".repeat(RawWebhook.MAX_BODY))).isInstanceOf(Rejected.class);
    }

    @Test
    void signaturesAreComparedInConstantTime() throws IOException {
        // The compiled method has to go through MessageDigest.isEqual, and nothing in it may compare texts or stop early.
        assertThat(compiled("Signatures")).contains("isEqual").doesNotContain("equalsIgnoreCase").doesNotContain("(Ljava/lang/Object;)Z");
        for (String checks : List.of("Proof", "Secret$OfWebhooks")) {
            assertThat(compiled(checks)).as(checks).contains("same").contains("gateway/razorpay/internal/Signatures");
        }
    }

    private static String compiled(String type) throws IOException {
        try (var in = Signatures.class.getResourceAsStream(type + ".class")) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void theNotificationOfAnotherAccountIsNotOurs() {
        String body = new String(captured().body(), StandardCharsets.UTF_8);

        assertThat(signed(body.replace(Workbench.ACCOUNT, "acc_SomebodyElse01"))).isInstanceOf(NotForUs.class);
        assertThat(signed(body.replace("\"account_id\":\"" + Workbench.ACCOUNT + "\",", ""))).isInstanceOf(NotForUs.class);
    }

    @Test
    void aCopyWithANewEventIdIsStillACopy() {
        Accepted first = (Accepted) bench.gateway.authenticate(bench.webhook(captured().body(), captured().signature(), "evt_first"));
        Accepted copy = (Accepted) bench.gateway.authenticate(bench.webhook(captured().body(), captured().signature(), "evt_second"));

        assertThat(Collections.disjoint(first.duplicateKeys(), copy.duplicateKeys())).isFalse();
    }

    @Test
    void anEventIdWrittenOverAnotherNotificationDoesNotMakeThatACopy() {
        List<Accepted> same = notifications.stream()
                .map(each -> (Accepted) bench.gateway.authenticate(bench.webhook(each.body(), each.signature(), "evt_same"))).toList();

        assertThat(Collections.disjoint(same.get(0).duplicateKeys(), same.get(1).duplicateKeys())).isTrue();
        assertThat(Collections.disjoint(same.get(1).duplicateKeys(), same.get(2).duplicateKeys())).isTrue();
    }

    @Test
    void notesNameNobody() {
        String body = new String(captured().body(), StandardCharsets.UTF_8)
                .replace("\"notes\":[]", "\"notes\":{\"payment_id\":\"pay_of_somebody_else\",\"customer_id\":\"cus_other\"}");

        assertThat(((Accepted) signed(body)).paymentId()).isEmpty();
        assertThat(((Accepted) signed(body)).providerOrderId()).isEqualTo(expected.providerOrderId());
    }

    @Test
    void aRefundIsNamedByBothKeys() throws GatewayException {
        String refund = bench.gateway.refund(bench.refund("rfd_aaaaaaaaaaaaaaaaaaaaaaaaaa", expected, 5_000)).providerRefundId();
        Notification told = bench.server.notifications().about(expected.providerOrderId().orElseThrow()).get(3);

        Accepted accepted = (Accepted) bench.gateway.authenticate(bench.webhook(told));

        assertThat(accepted.subject()).isEqualTo(Subject.REFUND);
        assertThat(accepted.providerRefundId()).contains(refund);
        assertThat(accepted.refundId()).contains("rfd_aaaaaaaaaaaaaaaaaaaaaaaaaa");
        assertThat(accepted.providerOrderId()).isEqualTo(expected.providerOrderId());
    }

    @ParameterizedTest
    @CsvSource({"payment.dispute.created, DISPUTE", "subscription.charged, MANDATE", "payment_link.paid, PAYMENT", "payment.pending, PAYMENT",
            "settlement.processed, OTHER", "payment.downtime.started, OTHER", "levitation.began, OTHER", "invoice.paid, OTHER"})
    void everyEventIsAboutSomething(String event, Subject subject) {
        assertThat(signed("{\"entity\":\"event\",\"account_id\":\"" + Workbench.ACCOUNT + "\",\"event\":\"" + event + "\",\"payload\":{}}"))
                .isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.subject()).isEqualTo(subject));
    }

    @Test
    void chargesOfASubscriptionInTwoMonthsAreTwoEvents() {
        String charged = "{\"account_id\":\"" + Workbench.ACCOUNT + "\",\"event\":\"subscription.charged\",\"payload\":{\"subscription\":{\"entity\":"
                + "{\"id\":\"sub_Lab1\",\"status\":\"active\",\"paid_count\":COUNT}}}}";

        Accepted first = (Accepted) signed(charged.replace("COUNT", "1"));
        Accepted second = (Accepted) signed(charged.replace("COUNT", "2"));

        assertThat(first.providerOrderId()).contains("sub_Lab1");
        assertThat(Collections.disjoint(first.duplicateKeys(), second.duplicateKeys())).isTrue();
    }
}
