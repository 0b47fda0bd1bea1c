package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.ledger.Ledger;
import com.cloudnestle.marketplace.ledger.LedgerTransaction;
import com.cloudnestle.marketplace.ledger.LedgerTransaction.Posting;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.payment.Payments.CreditNote;
import com.cloudnestle.marketplace.payment.Payments.Event;
import com.cloudnestle.marketplace.payment.Payments.GatewayStatus;
import com.cloudnestle.marketplace.payment.Payments.PaymentDetail;
import com.cloudnestle.marketplace.payment.Payments.PaymentPage;
import com.cloudnestle.marketplace.payment.Payments.Refund;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentCommandsTest {

    private static final Money NET = new Money(99_900, "INR");

    private final Bench bench = new Bench();
    /** What the service was asked for, each with its arguments. */
    private final List<String> asked = new ArrayList<>();

    private static Payment payment() {
        Quote quote = new Quote("finder", "pro", "month", NET, List.of(), NET);
        return new Payment("pay_1", "cus_1", quote, new Buyer("Ann", "IN", "29", "", "1 Lake Road"), Payment.State.HELD, "lab", "acc_1",
                Optional.of("order_1"), Optional.empty(), Money.zero("INR"), Bench.NOON, Bench.NOON.plusSeconds(900), Optional.empty(),
                "UPI", "amount", Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Bought with what was left of a lower tier, paid, and given back in part. */
    private static PaymentDetail paid() {
        Money tax = new Money(15_287, "INR");
        Quote quote = new Quote("finder", "pro", "month", new Money(84_930, "INR"), List.of(new Quote.TaxLine("IGST", 1800, tax)),
                new Money(100_217, "INR"), Optional.of(new Quote.Credit("pay_0", "starter", new Money(14_970, "INR"), 9, 30)),
                Optional.empty());
        Payment payment = new Payment("pay_2", "cus_1", quote, new Buyer("Ann", "IN", "29", "", "1 Lake Road"), Payment.State.PAID, "lab",
                "acc_1", Optional.of("order_2"), Optional.empty(), new Money(11_800, "INR"), Bench.NOON, Bench.NOON.plusSeconds(900),
                Optional.of(Bench.NOON), "UPI", "", Optional.empty(),
                Optional.of(new Payment.Term(Bench.NOON, Bench.NOON.plus(Duration.ofDays(31)))), Optional.of("INV/25-26/000123"));
        CreditNote note = new CreditNote("CRN/25-26/000004", "INV/25-26/000123", Bench.NOON, new Money(10_000, "INR"),
                List.of(new Quote.TaxLine("IGST", 1800, new Money(1_800, "INR"))), new Money(11_800, "INR"));
        return new PaymentDetail(payment, List.of(), List.of(new Refund("rfd_2", new Money(11_800, "INR"),
                RefundSnapshot.State.PROCESSED, "asked for", "console", Bench.NOON, Optional.of(note))));
    }

    private static PaymentDetail detail() {
        return new PaymentDetail(payment(),
                List.of(new Event(Bench.NOON, "state.changed", "system", Map.of("to", "HELD", "from", "OPEN"))),
                List.of(new Refund("rfd_1", new Money(5_000, "INR"), RefundSnapshot.State.PENDING, "asked for", "console", Bench.NOON, Optional.empty())));
    }

    @BeforeEach
    void install() {
        bench.platform.payments = (Payments) Proxy.newProxyInstance(Payments.class.getClassLoader(), new Class<?>[] {Payments.class},
                (proxy, method, arguments) -> {
                    asked.add(method.getName() + (arguments == null ? "" : List.of(arguments.length == 0 ? "" : arguments[0])));
                    return switch (method.getName()) {
                        case "search" -> {
                            asked.add("state " + arguments[0] + ", customer " + arguments[1] + ", limit " + arguments[2]);
                            yield new PaymentPage(List.of(payment(), paid().payment()), Optional.empty());
                        }
                        case "inspect", "reconcile" -> arguments[0].equals("pay_2") ? paid() : detail();
                        case "refund" -> {
                            asked.add(arguments[1] + ", " + arguments[2] + ", " + arguments[3] + ", " + arguments[4]);
                            yield detail();
                        }
                        case "gateways" -> List.of(new GatewayStatus("lab", "acc_1", "Lab", true, "no credentials"));
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
        LedgerTransaction transaction = new LedgerTransaction("payment:pay_1", Bench.NOON, "sale", List.of(
                new Posting("assets:gateway:lab:acc_1", NET), new Posting("income:sales:finder", NET.negated())), Map.of());
        bench.platform.ledger = (Ledger) Proxy.newProxyInstance(Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "latest" -> new Ledger.LedgerPage(List.of(transaction), Optional.empty());
                    case "check" -> new Ledger.Report(1, Map.of("assets:gateway:lab:acc_1", List.of(NET)), List.of("x is missing"));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void listsPaymentsOfOneStateWithoutNamesOfPeople() {
        PaymentsCommand command = new PaymentsCommand();
        command.state = "held";

        String text = bench.text(command);

        assertThat(text).contains("pay_1", "held", "INR 999.00", "amount", "INV/25-26/000123").doesNotContain("Ann", "Lake Road");
        JsonNode json = bench.json(command).get("payments");
        assertThat(json.get(0).get("invoice_number").isNull()).isTrue();
        assertThat(json.get(1).get("until").asText()).isEqualTo(Bench.NOON.plus(Duration.ofDays(31)).toString());
        assertThat(asked).contains("state HELD, customer null, limit 20");
        command.state = "lost";
        assertThat(bench.refusal(command)).hasMessageContaining("--state");
    }

    @Test
    void showsWhatHappenedToAPayment() {
        PaymentCommand command = new PaymentCommand();
        command.payment = "pay_1";

        assertThat(bench.text(command)).contains("pay_1 is held (amount)", "from=OPEN to=HELD", "rfd_1", "INR 50.00", "order order_1",
                "give it back with market:refund pay_1").doesNotContain("Invoice");
        JsonNode json = bench.json(command);
        assertThat(json.get("timeline").get(0).get("details").get("to").asText()).isEqualTo("HELD");
        assertThat(asked).allMatch("inspect[pay_1]"::equals);
    }

    @Test
    void showsWhatItPaidForWithItsDocuments() {
        PaymentCommand command = new PaymentCommand();
        command.payment = "pay_2";

        assertThat(bench.text(command)).contains("pay_2 is paid: INR 1002.17", "order order_2, account acc_1; paid " + Bench.NOON + " by UPI",
                "Price INR 999.00, less INR 149.70 for 9 of 30 days of starter (pay_0); net INR 849.30, IGST 18 % INR 152.87; given back INR 118.00",
                "Paid for from " + Bench.NOON + " until " + Bench.NOON.plus(Duration.ofDays(31)), "Invoice INV/25-26/000123",
                "CRN/25-26/000004", "INR 100.00", "IGST 18 % INR 18.00").doesNotContain("To do", "Ann", "Lake Road");
        JsonNode json = bench.json(command);
        assertThat(json.at("/refunds/0/credit_note/invoice_number").asText()).isEqualTo("INV/25-26/000123");
        assertThat(json.at("/payment/invoice_number").asText()).isEqualTo("INV/25-26/000123");
        assertThat(json.at("/credit/unused_days").asInt()).isEqualTo(9);
    }

    @Test
    void asksTheProviderWhenToldTo() {
        PaymentCommand command = new PaymentCommand();
        command.payment = "pay_1";
        command.reconcile = true;
        bench.text(command);

        assertThat(asked).containsExactly("reconcile[pay_1]");
    }

    @Test
    void givesBackOnceForTheSameAmountAndReason() {
        RefundCommand command = new RefundCommand();
        command.payment = "pay_1";
        command.reason = "asked for";
        command.amount = "250.5";
        bench.text(command);

        assertThat(asked).contains("Optional[INR 250.50], asked for, console:INR 250.50:asked for, console");
        command.amount = null;
        command.key = "mine";
        bench.text(command);
        assertThat(asked).contains("Optional.empty, asked for, mine, console");
        command.amount = "0.001";
        assertThat(bench.refusal(command)).hasMessageContaining("--amount");
    }

    @Test
    void showsTheBookAndWhatDoesNotAddUp() {
        assertThat(bench.text(new LedgerCommand())).contains("payment:pay_1", "income:sales:finder", "INR -999.00");
        LedgerCommand check = new LedgerCommand();
        check.check = true;

        assertThat(bench.text(check)).contains("PROBLEM: x is missing", "1 transactions, 1 problems");
    }

    @Test
    void saysWhyAGatewayIsNotOffered() {
        assertThat(bench.text(new GatewaysCommand())).contains("Lab", "none moves", "no: no credentials");
    }
}
