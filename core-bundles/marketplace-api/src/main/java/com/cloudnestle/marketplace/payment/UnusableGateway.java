package com.cloudnestle.marketplace.payment;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stands for a configuration that cannot be used: register it in place of the gateway, and operators see what is wrong instead of
 * nothing at all. It is offered to nobody, and providers that call are told to try again. Its account is no merchant's, so
 * payments that began before wait for the right one.
 *
 * @param id {@link PaymentGateway#id()} of the gateway it stands for
 * @param name of the provider, for operators
 * @param problem what is wrong with the configuration and how to mend it; no secrets
 */
public record UnusableGateway(String id, String name, String problem) implements PaymentGateway {

    @Override
    public String account() {
        return "misconfigured";
    }

    @Override
    public GatewayCapabilities capabilities() {
        return new GatewayCapabilities(name, List.of(), Set.of("INR"), 1, 1, GatewayCapabilities.Mode.TEST, false, true, List.of(), 0);
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
        return new GatewayException(GatewayException.Kind.CONFIGURATION, problem);
    }
}
