package com.cloudnestle.marketplace.rest.internal.testing;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayHealth;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.WebhookResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A gateway as far as the page looks at it that starts a provider's script. */
public final class LabGateway implements PaymentGateway {

    @Override
    public String id() {
        return "lab";
    }

    @Override
    public String account() {
        return "acc_1";
    }

    /** One of the origins is none, and must not get into a header. */
    @Override
    public GatewayCapabilities capabilities() {
        return new GatewayCapabilities("Lab", List.of("UPI"), Set.of("INR"), 1, 1_000_000, GatewayCapabilities.Mode.TEST, true, true,
                List.of("https://scripts.example", "https://api.scripts.example", "*; script-src *"), 1);
    }

    @Override
    public GatewayHealth health() {
        return GatewayHealth.healthy();
    }

    @Override
    public Checkout createCheckout(CheckoutRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PaymentSnapshot verifyReturn(ReturnProof proof, Expected expected) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PaymentSnapshot fetchPayment(Expected expected) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WebhookResult authenticate(RawWebhook webhook) {
        return new WebhookResult.NotForUs();
    }

    @Override
    public RefundSnapshot refund(RefundRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RefundSnapshot fetchRefund(RefundRequest request, Optional<String> providerRefundId) {
        throw new UnsupportedOperationException();
    }
}
