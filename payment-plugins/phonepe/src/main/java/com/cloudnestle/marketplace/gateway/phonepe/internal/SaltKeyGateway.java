package com.cloudnestle.marketplace.gateway.phonepe.internal;

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
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;

/**
 * PhonePe's older API v1 with a salt key, for merchants who still have one. It knows payments and refunds by our keys only, so the
 * provider's key of an order is ours. A payment that timed out here may still succeed later.
 */
final class SaltKeyGateway implements PaymentGateway {

    private static final int LONGEST_KEY = 35;

    private final Profile profile;
    private final SaltKeyApi api;
    private final URI callback;
    private final WebhookCheck webhooks;

    /** @param callback where the provider sends notifications: it is told with each call */
    SaltKeyGateway(Profile profile, SaltKeyApi api, URI callback, WebhookCheck webhooks) {
        this.profile = profile;
        this.api = api;
        this.callback = callback;
        this.webhooks = webhooks;
    }

    @Override
    public String id() {
        return profile.id();
    }

    @Override
    public String account() {
        return profile.account();
    }

    @Override
    public GatewayCapabilities capabilities() {
        return profile.capabilities();
    }

    /** There is nothing that could be asked without a payment. */
    @Override
    public GatewayHealth health() {
        return GatewayHealth.healthy();
    }

    @Override
    public Checkout createCheckout(CheckoutRequest request) throws GatewayException {
        ObjectNode document = document()
                .put("merchantTransactionId", key(request.paymentId()))
                .put("merchantUserId", userId(request.customerId()))
                .put("amount", Identity.paise(request.amount(), profile.capabilities().maximumMinor()))
                .put("redirectUrl", request.returnUrl().toString())
                .put("redirectMode", "REDIRECT")
                .put("callbackUrl", callback.toString());
        document.putObject("paymentInstrument").put("type", "PAY_PAGE");
        JsonNode data = api.make("/pg/v1/pay", document).path("data");
        Identity.same(data, "merchantTransactionId", request.paymentId());
        Identity.same(data, "merchantId", profile.account());
        return new Checkout(request.paymentId(),
                profile.page().to(data.path("instrumentResponse").path("redirectInfo").path("url").asText("")), request.expiresAt());
    }

    private ObjectNode document() {
        return PhonePeApi.object().put("merchantId", profile.account());
    }

    private static String key(String key) throws GatewayException {
        if (key.length() > LONGEST_KEY) {
            throw new GatewayException(Kind.INVALID_REQUEST, "a key must have at most " + LONGEST_KEY + " characters");
        }
        return Identity.key(key);
    }

    /** Only letters, digits, underscore and hyphen are taken there. */
    private static String userId(String customerId) {
        String plain = customerId.replaceAll("[^A-Za-z0-9_-]", "");
        return plain.isEmpty() ? "customer" : plain.substring(0, Math.min(LONGEST_KEY, plain.length()));
    }

    @Override
    public PaymentSnapshot verifyReturn(ReturnProof proof, Expected expected) throws GatewayException {
        return fetchPayment(expected);
    }

    @Override
    public PaymentSnapshot fetchPayment(Expected expected) throws GatewayException {
        if (!expected.providerOrderId().orElse(expected.paymentId()).equals(expected.paymentId())) {
            throw new GatewayException(Kind.MISMATCH, "the provider's key of an order is ours here");
        }
        JsonNode envelope = api.look(key(expected.paymentId()));
        JsonNode data = about(expected.paymentId(), envelope);
        String code = Answer.text(envelope, "code");
        State state = state(code, data.path("state").asText(""));
        return new PaymentSnapshot(expected.paymentId(), expected.paymentId(),
                Optional.of(Answer.text(data, "transactionId")).filter(key -> !key.isEmpty()),
                state,
                Identity.amount(data),
                Optional.of(Answer.text(data, "merchantId")).filter(id -> !id.isEmpty()),
                Money.zero(Identity.RUPEES),
                Optional.empty(),
                Orders.method(data.path("paymentInstrument").path("type").asText("")),
                state == State.FAILED || state == State.EXPIRED ? code : "");
    }

    private JsonNode about(String key, JsonNode envelope) throws GatewayException {
        JsonNode data = envelope.path("data");
        Identity.same(data, "merchantTransactionId", key);
        Identity.same(data, "merchantId", profile.account());
        return data;
    }

    /** Paid only where code and state agree. */
    private static State state(String code, String said) {
        return switch (code) {
            case "PAYMENT_SUCCESS" -> said.equals("COMPLETED") ? State.CAPTURED : State.UNKNOWN;
            case "PAYMENT_PENDING", "INTERNAL_SERVER_ERROR", "PAYMENT_INITIATED" -> State.PENDING;
            case "TIMED_OUT" -> State.EXPIRED;
            case "PAYMENT_ERROR", "PAYMENT_DECLINED", "PAYMENT_CANCELLED" -> said.equals("COMPLETED") ? State.UNKNOWN : State.FAILED;
            default -> State.UNKNOWN;
        };
    }

    @Override
    public WebhookResult authenticate(RawWebhook webhook) {
        return webhooks.authenticate(webhook);
    }

    /** Looked for before it is made, so that one whose outcome was not known is found. */
    @Override
    public RefundSnapshot refund(RefundRequest request) throws GatewayException {
        long paise = Identity.paise(request.amount(), request.payment().amount().minor());
        Optional<RefundSnapshot> before = known(request);
        if (before.isPresent()) {
            return before.get();
        }
        ObjectNode document = document()
                .put("merchantUserId", userId(request.payment().customerId()))
                .put("originalTransactionId", key(request.payment().paymentId()))
                .put("merchantTransactionId", key(request.refundId()))
                .put("amount", paise)
                .put("callbackUrl", callback.toString());
        try {
            return snapshot(request, api.make("/pg/v1/refund", document));
        } catch (GatewayException e) {
            if (e.kind() != Kind.DUPLICATE) {
                throw e;
            }
            return known(request).orElseThrow(() -> e);
        }
    }

    private Optional<RefundSnapshot> known(RefundRequest request) throws GatewayException {
        RefundSnapshot known;
        try {
            known = fetchRefund(request, Optional.empty());
        } catch (GatewayException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
        if (!known.amount().equals(request.amount())) {
            throw new GatewayException(Kind.MISMATCH, "there is a refund of another amount under this key");
        }
        return Optional.of(known);
    }

    @Override
    public RefundSnapshot fetchRefund(RefundRequest request, Optional<String> providerRefundId) throws GatewayException {
        JsonNode envelope = api.look(key(request.refundId()));
        if (providerRefundId.isPresent()) {
            Identity.same(envelope.path("data"), "transactionId", providerRefundId.get());
        }
        return snapshot(request, envelope);
    }

    private RefundSnapshot snapshot(RefundRequest request, JsonNode envelope) throws GatewayException {
        JsonNode data = about(request.refundId(), envelope);
        String code = Answer.text(envelope, "code");
        RefundSnapshot.State state = switch (state(code, data.path("state").asText(""))) {
            case CAPTURED -> RefundSnapshot.State.PROCESSED;
            case FAILED, EXPIRED -> RefundSnapshot.State.FAILED;
            default -> RefundSnapshot.State.PENDING;
        };
        return new RefundSnapshot(request.refundId(), Identity.providerKey(data, "transactionId"), state, Identity.amount(data),
                state == RefundSnapshot.State.FAILED ? code : "");
    }

    @Override
    public String toString() {
        return "SaltKeyGateway[" + id() + " " + account() + "]";
    }
}
