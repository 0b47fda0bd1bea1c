package com.cloudnestle.marketplace.payment;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One account with one payment provider. Register an implementation as an OSGi service and buyers may choose it; when the
 * service goes, payments that are under way stay recoverable. Register one service per account, best as a component with a
 * factory configuration. Thread-safe; calls may take as long as the provider, so none is made while anything is locked.
 *
 * <p>Rules an implementation keeps:
 * <ul>
 *   <li>It stores nothing. What it needs to know of a payment comes in {@link Expected}, from the platform's own records;
 *       values from the wire that contradict it are a {@link GatewayException.Kind#MISMATCH}.
 *   <li>Where it is not certain whether the provider acted, it says {@link GatewayException.Kind#OUTCOME_UNKNOWN}, and never
 *       asks again by itself for anything that moves money, unless the provider documents the repetition as harmless.
 *   <li>It follows no redirects and writes no secret, card, account or address of a person into logs or messages.
 * </ul>
 */
@ConsumerType
public interface PaymentGateway {

    /** Key of the gateway in addresses and records, e.g. {@code razorpay}: 2 to 30 of {@code a-z 0-9 -}; never changes. */
    String id();

    /** Merchant account at the provider; not secret. A payment stays with the account it began with. */
    String account();

    GatewayCapabilities capabilities();

    /** Whether calls can be expected to work now; answers within two seconds. */
    GatewayHealth health();

    /**
     * Opens a payment at the provider. {@link CheckoutRequest#paymentId()} is the platform's key of it: called again with the
     * same one after an outcome that was not known, the gateway finds what it made before, or says that it is a
     * {@link GatewayException.Kind#DUPLICATE}, but never makes a second one that could be paid as well.
     */
    Checkout createCheckout(CheckoutRequest request) throws GatewayException;

    /**
     * What the provider says of a payment after the buyer's browser came back, with what it brought along. What a browser
     * says is proof of nothing: implementations check signatures where there are any, then ask the provider.
     *
     * @throws GatewayException also {@link GatewayException.Kind#SIGNATURE_INVALID}, {@link GatewayException.Kind#MISMATCH}
     */
    PaymentSnapshot verifyReturn(ReturnProof proof, Expected expected) throws GatewayException;

    /** What the provider says of a payment now. */
    PaymentSnapshot fetchPayment(Expected expected) throws GatewayException;

    /**
     * Whether a notification is genuine and what it is about. Works offline, in constant time as far as secrets go, and throws
     * nothing whatever the bytes are.
     */
    WebhookResult authenticate(RawWebhook webhook);

    /**
     * Gives money back. {@link RefundRequest#refundId()} is the platform's key of it: called again with the same one after an
     * outcome that was not known, there is one refund.
     */
    RefundSnapshot refund(RefundRequest request) throws GatewayException;

    /** What the provider says of a refund now. */
    RefundSnapshot fetchRefund(RefundRequest request, Optional<String> providerRefundId) throws GatewayException;

    /** Payments that repeat with the buyer's standing consent; empty where the provider or this implementation has none. */
    default Optional<Mandates> mandates() {
        return Optional.empty();
    }

    /** Money to others out of the merchant account; empty where the provider, this implementation or the account has none. */
    default Optional<Payouts> payouts() {
        return Optional.empty();
    }
}
