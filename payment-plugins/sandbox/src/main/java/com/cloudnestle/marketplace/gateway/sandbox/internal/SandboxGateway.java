package com.cloudnestle.marketplace.gateway.sandbox.internal;

import com.cloudnestle.marketplace.gateway.sandbox.internal.Line.Question;
import com.cloudnestle.marketplace.gateway.sandbox.internal.Replies.Reply;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayHealth;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The gateway to the pretended provider. Written as one to a real provider would be: it believes nothing that it did not check. */
@Component(service = PaymentGateway.class, immediate = true)
public final class SandboxGateway implements PaymentGateway {

    static final String ID = "sandbox";
    static final String PAGES = "/sandbox-pay/";
    private static final String PROOF_ORDER = "sandbox_order";
    private static final String PROOF_PAYMENT = "sandbox_payment";
    private static final String PROOF_SIGNATURE = "sandbox_signature";

    private static final GatewayCapabilities CAPABILITIES = new GatewayCapabilities("Sandbox (test, no money moves)",
            List.of("Test payment"), Set.of("INR", "USD", "EUR", "GBP", "JPY", "SGD", "AED", "AUD"), 1, 1_000_000_000L,
            GatewayCapabilities.Mode.TEST, true, false, List.of(), 1);

    private final Replies replies;
    private final Keys keys;
    private final Notes notes;

    @Activate
    public SandboxGateway(@Reference SandboxProvider provider) {
        this(provider.line(), provider.keys());
    }

    SandboxGateway(Line line, Keys keys) {
        this.replies = new Replies(line);
        this.keys = keys;
        this.notes = new Notes(keys);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String account() {
        return keys.account();
    }

    @Override
    public GatewayCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public GatewayHealth health() {
        return GatewayHealth.healthy();
    }

    @Override
    public Checkout createCheckout(CheckoutRequest request) throws GatewayException {
        if (!CAPABILITIES.takes(request.amount())) {
            throw new GatewayException(Kind.UNSUPPORTED, "it does not take " + request.amount());
        }
        ObjectNode body = Desk.JSON.createObjectNode().put("key", request.paymentId()).put("amount", request.amount().minor())
                .put("currency", request.amount().currency()).put("description", request.description())
                .put("return_url", request.returnUrl().toString()).put("expires_at", request.expiresAt().toEpochMilli());
        Reply reply = replies.ask(new Question("POST", "/orders", Map.of(), keys.api(), Bytes.of(body)));
        JsonNode order = reply.document();
        sameAs("key", order, request.paymentId());
        if (!amount(order).equals(request.amount())) {
            throw new GatewayException(Kind.MISMATCH, "the provider has " + amount(order) + " for " + request.amount());
        }
        URI page = request.returnUrl().resolve(PAGES + text(order, "id"));
        return new Checkout(text(order, "id"), new Checkout.Redirect(page), Instant.ofEpochMilli(order.path("expires_at").asLong()));
    }

    @Override
    public PaymentSnapshot verifyReturn(ReturnProof proof, Expected expected) throws GatewayException {
        String signature = proof.parameters().get(PROOF_SIGNATURE);
        if (signature != null) {
            String order = expected.providerOrderId().orElseGet(() -> proof.parameters().getOrDefault(PROOF_ORDER, ""));
            String payment = proof.parameters().getOrDefault(PROOF_PAYMENT, "");
            byte[] right = proofOf(keys, order, payment).getBytes(StandardCharsets.US_ASCII);
            if (!MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8))) {
                throw new GatewayException(Kind.SIGNATURE_INVALID, "what the browser brought back is not the provider's");
            }
        }
        return fetchPayment(expected);
    }

    /** What a browser carries back after a payment. */
    static Map<String, String> proof(Keys keys, Order order) {
        return Map.of(PROOF_ORDER, order.id(), PROOF_PAYMENT, order.attempt(), PROOF_SIGNATURE, proofOf(keys, order.id(), order.attempt()));
    }

    private static String proofOf(Keys keys, String order, String payment) {
        return Bytes.signature(keys.api().getBytes(StandardCharsets.US_ASCII), (order + "|" + payment).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public PaymentSnapshot fetchPayment(Expected expected) throws GatewayException {
        JsonNode order = replies.ask(Question.get("/orders", Map.of("key", expected.paymentId()), keys.api())).document();
        sameAs("key", order, expected.paymentId());
        if (expected.providerOrderId().isPresent()) {
            sameAs("id", order, expected.providerOrderId().get());
        }
        PaymentSnapshot.State state = state(order.path("state").asText());
        Optional<String> attempt = Optional.of(order.path("payment").asText()).filter(id -> !id.isEmpty());
        if (state == PaymentSnapshot.State.CAPTURED && expected.providerPaymentId().isPresent()) {
            sameAs("payment", order, expected.providerPaymentId().get());
        }
        Money amount = amount(order);
        return new PaymentSnapshot(expected.paymentId(), text(order, "id"), attempt, state, amount, Optional.of(text(order, "account")),
                new Money(order.path("refunded").asLong(), amount.currency()), Optional.empty(), "Test payment",
                order.path("failure").asText());
    }

    @Override
    public WebhookResult authenticate(RawWebhook webhook) {
        return notes.read(webhook);
    }

    @Override
    public RefundSnapshot refund(RefundRequest request) throws GatewayException {
        ObjectNode body = Desk.JSON.createObjectNode().put("key", request.refundId()).put("order_key", request.payment().paymentId())
                .put("amount", request.amount().minor());
        return snapshot(replies.ask(new Question("POST", "/refunds", Map.of(), keys.api(), Bytes.of(body))).document(), request);
    }

    @Override
    public RefundSnapshot fetchRefund(RefundRequest request, Optional<String> providerRefundId) throws GatewayException {
        JsonNode refund = replies.ask(Question.get("/refunds", Map.of("key", request.refundId()), keys.api())).document();
        if (providerRefundId.isPresent()) {
            sameAs("id", refund, providerRefundId.get());
        }
        return snapshot(refund, request);
    }

    private RefundSnapshot snapshot(JsonNode refund, RefundRequest request) throws GatewayException {
        sameAs("key", refund, request.refundId());
        sameAs("order_key", refund, request.payment().paymentId());
        return new RefundSnapshot(request.refundId(), text(refund, "id"), switch (refund.path("state").asText()) {
            case "processed" -> RefundSnapshot.State.PROCESSED;
            case "failed" -> RefundSnapshot.State.FAILED;
            default -> RefundSnapshot.State.PENDING;
        }, amount(refund), "");
    }

    private static PaymentSnapshot.State state(String word) {
        return switch (word) {
            case "open" -> PaymentSnapshot.State.CREATED;
            case "attempted" -> PaymentSnapshot.State.PENDING;
            case "promised" -> PaymentSnapshot.State.AUTHORIZED;
            case "paid" -> PaymentSnapshot.State.CAPTURED;
            case "failed" -> PaymentSnapshot.State.FAILED;
            case "expired" -> PaymentSnapshot.State.EXPIRED;
            default -> PaymentSnapshot.State.UNKNOWN;
        };
    }

    /** The member, and that the whole is about our account. */
    private String text(JsonNode document, String name) throws GatewayException {
        if (!keys.account().equals(document.path("account").asText())) {
            throw new GatewayException(Kind.MISMATCH, "the provider speaks of another account");
        }
        String text = document.path(name).asText();
        if (text.isEmpty() || text.length() > 200) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "the provider's answer lacks " + name);
        }
        return text;
    }

    private void sameAs(String name, JsonNode document, String expected) throws GatewayException {
        if (!text(document, name).equals(expected)) {
            throw new GatewayException(Kind.MISMATCH, "the provider's " + name + " is another one");
        }
    }

    private static Money amount(JsonNode document) throws GatewayException {
        JsonNode minor = document.path("amount");
        try {
            if (minor.canConvertToExactIntegral() && minor.canConvertToLong()) {
                return new Money(minor.longValue(), document.path("currency").asText());
            }
        } catch (IllegalArgumentException e) {
            // no currency there is: told below
        }
        throw new GatewayException(Kind.OUTCOME_UNKNOWN, "the provider's answer has no amount");
    }
}
