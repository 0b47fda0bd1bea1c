package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import java.util.Optional;

/** Asks providers and applies their answers. */
final class Inquiries {

    private final Offers gateways;
    private final Settlements settlements;
    private final Refunds refunds;
    private final Progress progress;

    Inquiries(Offers gateways, Settlements settlements, Refunds refunds, Progress progress) {
        this.gateways = gateways;
        this.settlements = settlements;
        this.refunds = refunds;
        this.progress = progress;
    }

    /**
     * What the provider says of the payment now, whatever was said before.
     *
     * @throws GatewayException if it cannot be asked
     * @throws MarketplaceException {@code provider-unavailable} if the gateway is not there
     */
    StoredPayment ask(StoredPayment payment, Cause cause) throws GatewayException {
        PaymentGateway gateway = gateways.require(payment);
        try {
            PaymentSnapshot snapshot =
                    GatewayCall.guarded("fetch", payment.id(), () -> gateway.fetchPayment(payment.expected()));
            return apply(payment, gateway, snapshot, cause);
        } catch (GatewayException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return progress.make(payment.id(), now -> settlements.unknownThere(now, cause));
            }
            if (e.kind() == Kind.MISMATCH) {
                return progress.make(payment.id(), now -> settlements.contradicted(now, cause));
            }
            throw e;
        }
    }

    /** The same, with what the browser brought along: if that proves nothing, nothing happens to the payment. */
    StoredPayment verify(StoredPayment payment, ReturnProof proof, Cause cause) throws GatewayException {
        PaymentGateway gateway = gateways.require(payment);
        PaymentSnapshot snapshot =
                GatewayCall.guarded("verify", payment.id(), () -> gateway.verifyReturn(proof, payment.expected()));
        return apply(payment, gateway, snapshot, cause);
    }

    private StoredPayment apply(StoredPayment payment, PaymentGateway gateway, PaymentSnapshot snapshot, Cause cause) {
        boolean failedIsFinal = gateway.capabilities().failedIsFinal();
        return progress.make(payment.id(), now -> settlements.step(now, snapshot, failedIsFinal, cause));
    }

    /** Makes a refund at the provider or asks what became of it. */
    StoredRefund ask(StoredPayment payment, StoredRefund refund, Cause cause) {
        Optional<RefundSnapshot> answer = refunds.ask(payment, refund);
        answer.ifPresent(snapshot ->
                progress.make(payment.id(), now -> refunds.step(now, refund.id(), snapshot, cause)));
        return refunds.find(payment.id(), refund.id()).orElse(refund);
    }
}
