package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
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

/**
 * Stands for a configuration that cannot be used, so that operators see it and why. Its account is no merchant's: payments that began
 * before wait for the right one.
 */
record UnusableGateway(String id, String problem) implements PaymentGateway {

    @Override
    public String account() {
        return "misconfigured";
    }

    @Override
    public GatewayCapabilities capabilities() {
        return new GatewayCapabilities("PhonePe", List.of(), Set.of(Identity.RUPEES), Identity.MINIMUM, Identity.MINIMUM,
                GatewayCapabilities.Mode.TEST, false, true, List.of(), 0);
    }

    @Override
    public GatewayHealth health() {
        return GatewayHealth.failing(problem);
    }

    @Override
    public Checkout createCheckout(CheckoutRequest request) throws GatewayException {
        throw refusal();
    }

    @Override
    public PaymentSnapshot verifyReturn(ReturnProof proof, Expected expected) throws GatewayException {
        throw refusal();
    }

    @Override
    public PaymentSnapshot fetchPayment(Expected expected) throws GatewayException {
        throw refusal();
    }

    @Override
    public WebhookResult authenticate(RawWebhook webhook) {
        return new WebhookResult.NotForUs();
    }

    @Override
    public RefundSnapshot refund(RefundRequest request) throws GatewayException {
        throw refusal();
    }

    @Override
    public RefundSnapshot fetchRefund(RefundRequest request, Optional<String> providerRefundId) throws GatewayException {
        throw refusal();
    }

    private GatewayException refusal() {
        return new GatewayException(Kind.CONFIGURATION, problem);
    }
}
