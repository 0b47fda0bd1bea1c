package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.gateway.phonepe.internal.BodySignatureCheck.Key;
import com.cloudnestle.marketplace.gateway.phonepe.internal.HeaderHashCheck.Login;
import com.cloudnestle.marketplace.gateway.phonepe.server.Signatures;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RawWebhook.Header;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Accepted;
import com.cloudnestle.marketplace.payment.WebhookResult.NotForUs;
import com.cloudnestle.marketplace.payment.WebhookResult.Rejected;
import com.cloudnestle.marketplace.payment.WebhookResult.Subject;
import com.cloudnestle.marketplace.payment.WebhookResult.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final Instant GRACE_ENDS = NOW.plus(Duration.ofHours(24));
    private static final NotificationReader READER = new NotificationReader("MLAB");
    private static final String BODY = "{\"event\":\"checkout.order.completed\",\"type\":\"OTHER\",\"payload\":{\"merchantId\":\"MLAB\","
            + "\"merchantOrderId\":\"pay_1\",\"orderId\":\"OMO99\",\"state\":\"COMPLETED\",\"amount\":117882,"
            + "\"paymentDetails\":[{\"transactionId\":\"OM77\",\"state\":\"COMPLETED\"}]}}";
    private static final String RIGHT = Signatures.sha256("webuser_1:Passw0rd9");

    private static final WebhookCheck SHA = new HeaderHashCheck(new Rotation<>(new Login("webuser_1", new Secret("Passw0rd9")),
            Optional.of(new Login("webuser_0", new Secret("Passw0rd8"))), GRACE_ENDS), READER);
    private static final WebhookCheck HMAC = new BodySignatureCheck(new Rotation<>(new Key("key-1", new Secret("secret-1")),
            Optional.of(new Key("key-0", new Secret("secret-0"))), GRACE_ENDS), false, READER);

    private static RawWebhook sha(String header, String body) {
        return new RawWebhook(List.of(new Header("Authorization", header)), body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static RawWebhook hmac(String keyId, String signature, byte[] body) {
        return new RawWebhook(List.of(new Header("X-PhonePe-Checksum-Key-Id", keyId), new Header("X-PhonePe-Checksum-Signature", signature)),
                body, NOW);
    }

    private static RawWebhook signed(String keyId, String secret, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return hmac(keyId, Signatures.hmac(secret, bytes), bytes);
    }

    private static Accepted accepted(WebhookResult result) {
        assertThat(result).isInstanceOf(Accepted.class);
        return (Accepted) result;
    }

    @Test
    void aNotificationWithoutASignatureIsNotOurs() { // 1
        RawWebhook bare = new RawWebhook(List.of(), BODY.getBytes(StandardCharsets.UTF_8), NOW);

        assertThat(SHA.authenticate(bare)).isInstanceOf(NotForUs.class);
        assertThat(HMAC.authenticate(bare)).isInstanceOf(NotForUs.class);
        assertThat(SHA.authenticate(sha("", BODY))).isInstanceOf(NotForUs.class);
        assertThat(HMAC.authenticate(new RawWebhook(List.of(new Header("x-phonepe-checksum-key-id", "key-1")), new byte[0], NOW)))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aForgedSignatureIsRejected() { // 2
        assertThat(SHA.authenticate(sha("0".repeat(64), BODY))).isInstanceOf(Rejected.class);
        assertThat(SHA.authenticate(sha(Signatures.sha256("webuser_1:guessed1"), BODY))).isInstanceOf(Rejected.class);
        assertThat(HMAC.authenticate(signed("key-1", "guessed", BODY))).isInstanceOf(Rejected.class);
        assertThat(HMAC.authenticate(signed("key-2", "secret-1", BODY))).isInstanceOf(Rejected.class);
    }

    @Test
    void aGenuineNotificationNamesThePayment() {
        Accepted bySha = accepted(SHA.authenticate(sha(RIGHT, BODY)));
        Accepted byHmac = accepted(HMAC.authenticate(signed("key-1", "secret-1", BODY)));

        assertThat(bySha.trust()).isEqualTo(Trust.SHARED_SECRET_HEADER);
        assertThat(byHmac.trust()).isEqualTo(Trust.SIGNED_BODY);
        assertThat(byHmac.event()).isEqualTo("checkout.order.completed");
        assertThat(byHmac.subject()).isEqualTo(Subject.PAYMENT);
        assertThat(byHmac.paymentId()).contains("pay_1");
        assertThat(byHmac.providerOrderId()).contains("OMO99");
    }

    @Test
    void oneChangedByteBreaksTheSignature() { // 3
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        String signature = Signatures.hmac("secret-1", body);
        for (int i = 0; i < body.length; i++) {
            byte[] changed = body.clone();
            changed[i] ^= 1;
            assertThat(HMAC.authenticate(hmac("key-1", signature, changed))).as("byte %d", i).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void jsonWrittenAnewBreaksTheSignature() { // 4
        String signature = Signatures.hmac("secret-1", BODY.getBytes(StandardCharsets.UTF_8));

        assertThat(HMAC.authenticate(hmac("key-1", signature, BODY.replace(":", ": ").getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Rejected.class);
        assertThat(HMAC.authenticate(hmac("key-1", signature, (BODY + "\n").getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void theSecretOfCallsSignsNoNotifications() { // 5
        try (Rig rig = new Rig(Map.of("webhook_auth", "hmac"), sound -> sound)) {
            RawWebhook byClientSecret = signed(rig.server.merchant().webhookKeyId(), rig.server.merchant().clientSecret(), BODY);
            RawWebhook byWebhookSecret = signed(rig.server.merchant().webhookKeyId(), rig.server.merchant().webhookSecret(), BODY);

            assertThat(rig.gateway.authenticate(byClientSecret)).isInstanceOf(Rejected.class);
            assertThat(rig.gateway.authenticate(byWebhookSecret)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void spacesAndTheNameOfTheDigestAreOverlookedAndUpperCaseIsNot() { // 6
        String signature = Signatures.hmac("secret-1", BODY.getBytes(StandardCharsets.UTF_8));

        assertThat(SHA.authenticate(sha("  " + RIGHT + " ", BODY))).isInstanceOf(Accepted.class);
        assertThat(SHA.authenticate(sha("SHA256 " + RIGHT, BODY))).isInstanceOf(Accepted.class);
        assertThat(SHA.authenticate(sha("Bearer " + RIGHT, BODY))).isInstanceOf(Rejected.class);
        assertThat(SHA.authenticate(sha(RIGHT.toUpperCase(Locale.ROOT), BODY))).isInstanceOf(Rejected.class);
        assertThat(HMAC.authenticate(hmac("key-1", signature.toUpperCase(Locale.ROOT), BODY.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Rejected.class);
        assertThat(HMAC.authenticate(hmac("key-1", "sha256=" + signature, BODY.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void thePreviousSecretIsTakenUntilItEnds() { // 7
        RawWebhook bySha = sha(Signatures.sha256("webuser_0:Passw0rd8"), BODY);
        RawWebhook byHmac = signed("key-0", "secret-0", BODY);

        assertThat(SHA.authenticate(bySha)).isInstanceOf(Accepted.class);
        assertThat(HMAC.authenticate(byHmac)).isInstanceOf(Accepted.class);
        assertThat(HMAC.authenticate(signed("key-1", "secret-0", BODY))).as("under the new key's name").isInstanceOf(Rejected.class);
        assertThat(SHA.authenticate(at(bySha, GRACE_ENDS))).isInstanceOf(Rejected.class);
        assertThat(HMAC.authenticate(at(byHmac, GRACE_ENDS))).isInstanceOf(Rejected.class);
    }

    private static RawWebhook at(RawWebhook webhook, Instant moment) {
        return new RawWebhook(webhook.headers(), webhook.body(), moment);
    }

    @Test
    void twoSignaturesAreRejectedEvenIfBothAreRight() { // 8
        List<Header> twice = List.of(new Header("Authorization", RIGHT), new Header("authorization", RIGHT));
        RawWebhook right = signed("key-1", "secret-1", BODY);
        for (Header header : right.headers()) {
            List<Header> headers = new ArrayList<>(right.headers());
            headers.add(header);
            assertThat(HMAC.authenticate(new RawWebhook(headers, right.body(), NOW))).isInstanceOf(Rejected.class);
        }
        assertThat(SHA.authenticate(new RawWebhook(twice, right.body(), NOW))).isInstanceOf(Rejected.class);
    }

    @Test
    void bodiesThatAreNoDocumentAreRejectedUnderTheRightHeader() { // 9
        byte[] gzip = {(byte) 0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0};
        byte[] notUtf8 = {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '"', '}'};
        List<byte[]> bodies = List.of(new byte[0], gzip, notUtf8, BODY.getBytes(StandardCharsets.UTF_16), "[]".getBytes(StandardCharsets.UTF_8),
                (BODY + BODY).getBytes(StandardCharsets.UTF_8), "{\"a\":".repeat(40_000).getBytes(StandardCharsets.UTF_8),
                new byte[RawWebhook.MAX_BODY]);
        for (byte[] body : bodies) {
            RawWebhook webhook = new RawWebhook(List.of(new Header("Authorization", RIGHT)), body, NOW);
            assertThat(SHA.authenticate(webhook)).as("%s", Arrays.toString(Arrays.copyOf(body, 8))).isInstanceOf(Rejected.class);
            assertThat(HMAC.authenticate(hmac("key-1", Signatures.hmac("secret-1", body), body))).isInstanceOf(Rejected.class);
        }
        assertThatThrownBy(() -> new RawWebhook(List.of(), new byte[RawWebhook.MAX_BODY + 1], NOW)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInventedBodyUnderTheRightHeaderIsNoMoreThanAReasonToAsk() throws Exception { // 10
        try (Rig rig = Rig.v2()) {
            var open = rig.opened();
            String invented = BODY.replace("pay_1", open.paymentId()).replace("OMO99", open.providerOrderId().orElseThrow());

            Accepted result = accepted(rig.gateway.authenticate(sha(RIGHT, invented)));

            assertThat(result.trust()).isEqualTo(Trust.SHARED_SECRET_HEADER);
            assertThat(result.paymentId()).contains(open.paymentId());
            assertThat(rig.gateway.fetchPayment(open).state().name()).isEqualTo("CREATED");
        }
    }

    @Test
    void anInventedBodyDoesNotUseUpTheKeyOfTheTrueOne() {
        String invented = BODY.replace("OM77", "OM00");

        assertThat(accepted(SHA.authenticate(sha(RIGHT, invented))).duplicateKeys())
                .doesNotContainAnyElementsOf(accepted(SHA.authenticate(sha(RIGHT, BODY))).duplicateKeys());
    }

    @Test
    void aSignedCopyWithOtherSpacesSharesAKey() {
        List<String> keys = accepted(HMAC.authenticate(signed("key-1", "secret-1", BODY))).duplicateKeys();

        assertThat(accepted(HMAC.authenticate(signed("key-1", "secret-1", BODY.replace(":", ": ")))).duplicateKeys())
                .containsAnyElementsOf(keys);
        assertThat(accepted(HMAC.authenticate(signed("key-1", "secret-1", BODY.replace("completed", "failed").replace("COMPLETED", "FAILED"))))
                .duplicateKeys()).doesNotContainAnyElementsOf(keys);
    }

    @Test
    void theHeaderOfAnotherMerchantIsRejected() { // 11
        assertThat(SHA.authenticate(sha(Signatures.sha256("webuser_2:Passw0rd2"), BODY))).isInstanceOf(Rejected.class);
    }

    /** What compares in constant time, and that nothing else compares signatures: seen in the compiled classes. */
    @Test
    void signaturesAreComparedInConstantTime() throws IOException { // 12
        assertThat(constants(Hashes.class)).contains("isEqual").contains("java/security/MessageDigest");
        for (Class<?> check : List.of(HeaderHashCheck.class, BodySignatureCheck.class, SaltKey.class)) {
            assertThat(constants(check)).as(check.getName()).contains("same");
        }
    }

    private static String constants(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aNotificationThatNamesAnotherMerchantIsNotOurs() { // 16
        String other = BODY.replace("MLAB", "MOTHER");

        assertThat(SHA.authenticate(sha(RIGHT, other))).isInstanceOf(NotForUs.class);
        assertThat(HMAC.authenticate(signed("key-1", "secret-1", other))).isInstanceOf(NotForUs.class);
    }

    @Test
    void notificationsOfRefundsNameTheRefundWithAndWithoutEnvelope() {
        String refund = "{\"merchantId\":\"MLAB\",\"merchantRefundId\":\"rfd_1\",\"originalMerchantOrderId\":\"pay_1\",\"refundId\":\"OMR5\","
                + "\"amount\":5000,\"state\":\"COMPLETED\"}";
        String enveloped = "{\"event\":\"pg.refund.completed\",\"payload\":" + refund + "}";
        for (String body : List.of(refund, enveloped)) {
            Accepted result = accepted(SHA.authenticate(sha(RIGHT, body)));

            assertThat(result.subject()).isEqualTo(Subject.REFUND);
            assertThat(result.refundId()).contains("rfd_1");
            assertThat(result.providerRefundId()).contains("OMR5");
            assertThat(result.paymentId()).contains("pay_1");
            assertThat(result.providerOrderId()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout.order.failed:PAYMENT", "checkout.transaction.attempt.failed:PAYMENT", "pg.order.completed:PAYMENT",
        "subscription.redemption.order.completed:PAYMENT", "subscription.setup.order.completed:PAYMENT", "subscription.paused:MANDATE",
        "subscription.notification.completed:MANDATE", "pg.refund.accepted:REFUND", "pg.chargeback.created:DISPUTE", "settlement.done:OTHER"})
    void eventsAreToldApart(String pair) {
        String[] parts = pair.split(":");

        Accepted result = accepted(SHA.authenticate(sha(RIGHT, BODY.replace("checkout.order.completed", parts[0]))));

        assertThat(result.subject()).isEqualTo(Subject.valueOf(parts[1]));
        assertThat(result.event()).isEqualTo(parts[0]);
    }

    @Test
    void aSecondPauseOfAMandateIsNoCopyOfTheFirst() {
        String paused = "{\"event\":\"subscription.paused\",\"payload\":{\"merchantSubscriptionId\":\"m1\",\"state\":\"PAUSED\",\"at\":1}}";

        assertThat(accepted(HMAC.authenticate(signed("key-1", "secret-1", paused.replace(":1}", ":2}")))).duplicateKeys())
                .doesNotContainAnyElementsOf(accepted(HMAC.authenticate(signed("key-1", "secret-1", paused))).duplicateKeys());
    }

    @Test
    void signaturesInBase64AreReadWhereSoConfigured() {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder()
                .encodeToString(HexFormat.of().parseHex(Signatures.hmac("secret-1", body)));
        WebhookCheck check = new BodySignatureCheck(Rotation.of(new Key("key-1", new Secret("secret-1"))), true, READER);

        assertThat(check.authenticate(hmac("key-1", signature, body))).isInstanceOf(Accepted.class);
        assertThat(HMAC.authenticate(hmac("key-1", signature, body))).isInstanceOf(Rejected.class);
    }
}
