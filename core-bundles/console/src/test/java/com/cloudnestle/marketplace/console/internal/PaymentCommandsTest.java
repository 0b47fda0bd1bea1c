package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.ledger.Ledger;
import com.cloudnestle.marketplace.ledger.LedgerTransaction;
import com.cloudnestle.marketplace.ledger.LedgerTransaction.Posting;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.payment.Payments.Event;
import com.cloudnestle.marketplace.payment.Payments.GatewayStatus;
import com.cloudnestle.marketplace.payment.Payments.PaymentDetail;
import com.cloudnestle.marketplace.payment.Payments.PaymentPage;
import com.cloudnestle.marketplace.payment.Payments.Refund;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Proxy;
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
                            yield new PaymentPage(List.of(payment()), Optional.empty());
                        }
                        case "inspect", "reconcile" -> detail();
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

        assertThat(text).contains("pay_1", "held", "INR 999.00", "amount").doesNotContain("Ann", "Lake Road");
        assertThat(asked).contains("state HELD, customer null, limit 20");
        command.state = "lost";
        assertThat(bench.refusal(command)).hasMessageContaining("--state");
    }

    @Test
    void showsWhatHappenedToAPayment() {
        PaymentCommand command = new PaymentCommand();
        command.payment = "pay_1";

        assertThat(bench.text(command)).contains("pay_1 is held (amount)", "from=OPEN to=HELD", "rfd_1", "INR 50.00");
        JsonNode json = bench.json(command);
        assertThat(json.get("timeline").get(0).get("details").get("to").asText()).isEqualTo("HELD");
        assertThat(asked).allMatch("inspect[pay_1]"::equals);
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
