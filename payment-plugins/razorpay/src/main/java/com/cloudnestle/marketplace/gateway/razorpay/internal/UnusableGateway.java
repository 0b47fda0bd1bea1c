package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayCapabilities.Mode;
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

/** An account whose configuration is wrong: says so to operators, and is offered to nobody. */
final class UnusableGateway implements PaymentGateway {

    private final String id;
    private final String problem;

    UnusableGateway(String id, String problem) {
        this.id = id;
        this.problem = problem;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String account() {
        return "misconfigured";
    }

    @Override
    public GatewayCapabilities capabilities() {
        return AccountSettings.capabilities("Razorpay", Mode.TEST, Set.of("INR"), 100, 100, List.of());
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
        return new WebhookResult.Rejected("the gateway is not configured");
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
