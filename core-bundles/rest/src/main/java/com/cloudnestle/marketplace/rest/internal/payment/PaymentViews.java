package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments.Event;
import com.cloudnestle.marketplace.payment.Payments.GatewayStatus;
import com.cloudnestle.marketplace.payment.Payments.Offer;
import com.cloudnestle.marketplace.payment.Payments.PaymentDetail;
import com.cloudnestle.marketplace.payment.Payments.PaymentPage;
import com.cloudnestle.marketplace.payment.Payments.Refund;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.rest.internal.payment.ReceiptViews.CreditNoteView;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers about money. Amounts are whole minor units, times are ISO 8601. */
public final class PaymentViews {

    private PaymentViews() {}

    @JsonNaming(SnakeCaseStrategy.class)
    record MoneyView(long amountMinor, String currency) {
        static MoneyView of(Money money) {
            return new MoneyView(money.minor(), money.currency());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record TaxLineView(String name, int basisPoints, MoneyView amount) {
        static List<TaxLineView> of(List<Quote.TaxLine> taxes) {
            return taxes.stream()
                    .map(line -> new TaxLineView(line.name(), line.basisPoints(), MoneyView.of(line.amount())))
                    .toList();
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record CreditView(String paymentId, String tier, MoneyView amount, int unusedDays, int termDays) {
        static @Nullable CreditView of(Quote quote) {
            return quote.credit().map(left -> new CreditView(left.paymentId(), left.tier(), MoneyView.of(left.amount()),
                    left.unusedDays(), left.termDays())).orElse(null);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record QuoteView(String solutionId, String tier, String period, MoneyView price, @Nullable CreditView credit, MoneyView net,
            List<TaxLineView> taxes, MoneyView total, @Nullable String startsAt) {
        static QuoteView of(Quote quote) {
            return new QuoteView(quote.solutionId(), quote.tier(), quote.period(), MoneyView.of(quote.price()), CreditView.of(quote),
                    MoneyView.of(quote.net()), TaxLineView.of(quote.taxes()), MoneyView.of(quote.total()), text(quote.startsAt()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record OfferView(String gateway, String name, List<String> methods, boolean test) {
        static OfferView of(Offer offer) {
            return new OfferView(offer.gateway(), offer.name(), offer.methods(), offer.test());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record QuotedView(QuoteView quote, List<OfferView> gateways) {
        static QuotedView of(Quote quote, List<Offer> offers) {
            return new QuotedView(QuoteView.of(quote), offers.stream().map(OfferView::of).toList());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record BuyerView(String name, String country, String region, String taxId, String address) {
        static BuyerView of(Buyer buyer) {
            return new BuyerView(buyer.name(), buyer.country(), buyer.region(), buyer.taxId(), buyer.address());
        }

        @Override
        public String toString() {
            return "BuyerView[]"; // people stay out of logs
        }
    }

    /** @param type {@code redirect}: the browser goes to the provider; {@code page}: to a page of ours that starts its script */
    @JsonNaming(SnakeCaseStrategy.class)
    record CheckoutView(String type, String url) {
        static @Nullable CheckoutView of(Payment payment) {
            return payment.checkout().map(action -> action instanceof Checkout.Redirect redirect
                    ? new CheckoutView("redirect", redirect.url().toString())
                    : new CheckoutView("page", "/pay/" + payment.id() + "/checkout")).orElse(null);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record TermView(String from, String until) {
        static @Nullable TermView of(Payment payment) {
            return payment.term().map(term -> new TermView(term.from().toString(), term.until().toString())).orElse(null);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record PaymentView(String paymentId, String state, String solutionId, String tier, String period, MoneyView price,
            @Nullable CreditView credit, MoneyView net, List<TaxLineView> taxes, MoneyView total, @Nullable String startsAt,
            BuyerView buyer, String gateway, String createdAt, String expiresAt, @Nullable String paidAt, String method,
            String failure, MoneyView refunded, @Nullable TermView term, @Nullable String invoiceNumber,
            @Nullable String returnUrl, @Nullable CheckoutView checkout) {
        static PaymentView of(Payment payment) {
            QuoteView quote = QuoteView.of(payment.quote());
            return new PaymentView(payment.id(), lower(payment.state()), quote.solutionId, quote.tier, quote.period, quote.price,
                    quote.credit, quote.net, quote.taxes, quote.total, quote.startsAt, BuyerView.of(payment.buyer()),
                    payment.gateway(), payment.createdAt().toString(), payment.expiresAt().toString(), text(payment.paidAt()),
                    payment.method(), payment.failure(), MoneyView.of(payment.refunded()), TermView.of(payment),
                    payment.invoiceNumber().orElse(null), payment.returnUrl().map(URI::toString).orElse(null),
                    CheckoutView.of(payment));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record PaymentAnswer(PaymentView payment) {
        static PaymentAnswer of(Payment payment) {
            return new PaymentAnswer(PaymentView.of(payment));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record PaymentsView(List<PaymentView> payments, @Nullable String nextCursor) {
        static PaymentsView of(PaymentPage page) {
            return new PaymentsView(page.payments().stream().map(PaymentView::of).toList(), page.cursor().orElse(null));
        }
    }

    /** Without the way to pay, which is the buyer's. */
    @JsonNaming(SnakeCaseStrategy.class)
    record AdminPaymentView(String paymentId, String state, String customerId, String solutionId, String tier, String period,
            MoneyView price, @Nullable CreditView credit, MoneyView net, List<TaxLineView> taxes, MoneyView total,
            @Nullable String startsAt, BuyerView buyer, String gateway, String account, @Nullable String providerOrderId,
            String createdAt, String expiresAt, @Nullable String paidAt, String method, String failure, MoneyView refunded,
            @Nullable TermView term, @Nullable String invoiceNumber, @Nullable String returnUrl) {
        static AdminPaymentView of(Payment payment) {
            PaymentView same = PaymentView.of(payment);
            return new AdminPaymentView(same.paymentId, same.state, payment.customerId(), same.solutionId, same.tier, same.period,
                    same.price, same.credit, same.net, same.taxes, same.total, same.startsAt, same.buyer, same.gateway,
                    payment.account(), payment.providerOrderId().orElse(null), same.createdAt, same.expiresAt, same.paidAt,
                    same.method, same.failure, same.refunded, same.term, same.invoiceNumber, same.returnUrl);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record AdminPaymentsView(List<AdminPaymentView> payments, @Nullable String nextCursor) {
        static AdminPaymentsView of(PaymentPage page) {
            return new AdminPaymentsView(page.payments().stream().map(AdminPaymentView::of).toList(), page.cursor().orElse(null));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record PaymentEventView(String at, String kind, String actor, Map<String, String> details) {
        static PaymentEventView of(Event event) {
            return new PaymentEventView(event.at().toString(), event.kind(), event.actor(), event.details());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record RefundView(String refundId, MoneyView amount, String state, String reason, String actor, String createdAt,
            @Nullable CreditNoteView creditNote) {
        static RefundView of(Refund refund) {
            return new RefundView(refund.id(), MoneyView.of(refund.amount()), lower(refund.state()), refund.reason(), refund.actor(),
                    refund.createdAt().toString(), refund.creditNote().map(CreditNoteView::of).orElse(null));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record PaymentDetailView(AdminPaymentView payment, List<PaymentEventView> timeline, List<RefundView> refunds) {
        static PaymentDetailView of(PaymentDetail detail) {
            return new PaymentDetailView(AdminPaymentView.of(detail.payment()),
                    detail.timeline().stream().map(PaymentEventView::of).toList(),
                    detail.refunds().stream().map(RefundView::of).toList());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record GatewayView(String gateway, String account, String name, boolean test, String problem) {
        static GatewayView of(GatewayStatus status) {
            return new GatewayView(status.gateway(), status.account(), status.name(), status.test(), status.problem());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record GatewaysView(List<GatewayView> gateways) {
        static GatewaysView of(List<GatewayStatus> statuses) {
            return new GatewaysView(statuses.stream().map(GatewayView::of).toList());
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
