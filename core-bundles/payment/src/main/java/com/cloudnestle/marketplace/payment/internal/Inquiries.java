package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks providers and applies their answers. */
final class Inquiries {

    private static final Logger LOG = LoggerFactory.getLogger(Inquiries.class);
    private static final int LOOKS = 10;

    private final PaymentBook book;
    private final Offers gateways;
    private final Settlements settlements;
    private final Refunds refunds;
    private final Returns returns;
    private final Progress progress;
    private final RecentAsks asks;
    private final SilentProviders silent = new SilentProviders();

    Inquiries(PaymentBook book, Offers gateways, Settlements settlements, Refunds refunds, Returns returns, Progress progress,
            RecentAsks asks) {
        this.book = book;
        this.gateways = gateways;
        this.settlements = settlements;
        this.refunds = refunds;
        this.returns = returns;
        this.progress = progress;
        this.asks = asks;
    }

    /**
     * What the provider says of the payment now, whatever was said before.
     *
     * @throws GatewayException if it cannot be asked
     * @throws MarketplaceException {@code provider-unavailable} if the gateway is not there
     */
    StoredPayment ask(StoredPayment payment, Cause cause) throws GatewayException {
        PaymentGateway gateway = gateways.require(payment);
        asks.note(payment.id());
        try {
            GatewayCall<PaymentSnapshot> fetch =
                    () -> GatewayCall.guarded("fetch", payment.id(), () -> gateway.fetchPayment(payment.expected()));
            PaymentSnapshot snapshot = cause.byWorker() ? silent.asked(gateway, fetch) : fetch.make();
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
        asks.note(payment.id());
        PaymentSnapshot snapshot =
                GatewayCall.guarded("verify", payment.id(), () -> gateway.verifyReturn(proof, payment.expected()));
        return apply(payment, gateway, snapshot, cause);
    }

    private StoredPayment apply(StoredPayment payment, PaymentGateway gateway, PaymentSnapshot snapshot, Cause cause)
            throws GatewayException {
        boolean failedIsFinal = gateway.capabilities().failedIsFinal();
        StoredPayment after = progress.make(payment.id(), now -> settlements.step(now, snapshot, failedIsFinal, cause));
        return returns.unknown(after, snapshot).isZero() ? after : moreWentBack(after, gateway, cause);
    }

    /**
     * The provider says that more went back than was promised here. Refunds of ours that it refused before may have been made after
     * all; what is left then was made there. An answer counts only if the payment is the same after it as before: else what it
     * counts may be what somebody books right now.
     */
    private StoredPayment moreWentBack(StoredPayment payment, PaymentGateway gateway, Cause cause) throws GatewayException {
        for (StoredRefund refund : book.refunds(payment.id())) {
            if (refund.state() == RefundSnapshot.State.FAILED) {
                settle(payment, refund, cause);
            }
        }
        for (int i = 0; i < LOOKS; i++) {
            StoredPayment before = book.require(payment.id());
            PaymentSnapshot snapshot = GatewayCall.guarded("fetch", before.id(), () -> gateway.fetchPayment(before.expected()));
            Money amount = returns.unknown(before, snapshot);
            if (amount.isZero()) {
                return before;
            }
            StoredPayment after = progress.make(before.id(), now -> now.version() == before.version()
                    ? Optional.of(returns.elsewhere(now, amount, cause))
                    : Optional.empty());
            if (after.foreign().compareTo(before.foreign()) > 0) {
                return after;
            }
        }
        throw PaymentBook.tooManyRaces();
    }

    /** Makes a refund at the provider or asks what became of it. */
    StoredRefund ask(StoredPayment payment, StoredRefund refund, Cause cause) {
        StoredRefund after = settle(payment, refund, cause);
        if (after.state() == RefundSnapshot.State.FAILED) { // perhaps because somebody gave the money back over there
            try {
                ask(book.require(payment.id()), cause);
            } catch (GatewayException e) {
                LOG.debug("event=payment_not_asked payment={} kind={}", payment.id(), e.kind()); // it was about the refund
            }
        }
        return after;
    }

    private StoredRefund settle(StoredPayment payment, StoredRefund refund, Cause cause) {
        Optional<RefundSnapshot> answer = refunds.ask(payment, refund);
        answer.ifPresent(snapshot ->
                progress.make(payment.id(), now -> refunds.step(now, refund.id(), snapshot, cause)));
        return refunds.find(payment.id(), refund.id()).orElse(refund);
    }
}
