package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.payment.Payments.CreditNote;
import com.cloudnestle.marketplace.payment.Payments.Holding;
import com.cloudnestle.marketplace.payment.Payments.Receipt;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentViews.MoneyView;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentViews.PaymentView;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentViews.TaxLineView;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/** What is left when a payment is over: its documents, and what was bought by it until when. */
public final class ReceiptViews {

    private ReceiptViews() {}

    @JsonNaming(SnakeCaseStrategy.class)
    record CreditNoteView(String number, String invoiceNumber, String issuedAt, MoneyView net, List<TaxLineView> taxes, MoneyView total) {
        static CreditNoteView of(CreditNote note) {
            return new CreditNoteView(note.number(), note.invoiceNumber(), note.issuedAt().toString(), MoneyView.of(note.net()),
                    TaxLineView.of(note.taxes()), MoneyView.of(note.total()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ReceiptView(PaymentView payment, List<CreditNoteView> creditNotes) {
        static ReceiptView of(Receipt receipt) {
            return new ReceiptView(PaymentView.of(receipt.payment()),
                    receipt.creditNotes().stream().map(CreditNoteView::of).toList());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record HoldingView(String solutionId, String tier, String paymentId, String until, String renewableFrom) {
        static HoldingView of(Holding holding) {
            return new HoldingView(holding.solutionId(), holding.tier(), holding.paymentId(), holding.until().toString(),
                    holding.renewableFrom().toString());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record HoldingsView(List<HoldingView> holdings) {
        static HoldingsView of(List<Holding> holdings) {
            return new HoldingsView(holdings.stream().map(HoldingView::of).toList());
        }
    }
}
