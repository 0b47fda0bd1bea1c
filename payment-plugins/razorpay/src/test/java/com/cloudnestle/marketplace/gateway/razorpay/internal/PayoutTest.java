package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static com.cloudnestle.marketplace.gateway.razorpay.internal.PaymentTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.razorpay.server.Transfers;
import com.cloudnestle.marketplace.gateway.razorpay.server.Trouble;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payouts;
import com.cloudnestle.marketplace.payment.Payouts.BankAccount;
import com.cloudnestle.marketplace.payment.Payouts.Destination;
import com.cloudnestle.marketplace.payment.Payouts.PayoutRequest;
import com.cloudnestle.marketplace.payment.Payouts.PayoutSnapshot;
import com.cloudnestle.marketplace.payment.Payouts.Recipient;
import com.cloudnestle.marketplace.payment.Payouts.State;
import com.cloudnestle.marketplace.payment.Payouts.UpiAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Money to partners, against RazorpayX's contract. */
class PayoutTest {

    private static final BankAccount BANK = new BankAccount("HDFC0000053", "765432123456789");
    private static final UpiAddress UPI = new UpiAddress("partner@okbank");

    private final Workbench bench = new Workbench(Map.of("payout_account", Transfers.ACCOUNT));
    private final Payouts payouts = bench.gateway.payouts().orElseThrow();

    @AfterEach
    void close() {
        bench.close();
    }

    private static Recipient recipient(Destination destination) {
        return new Recipient("par_1", "Asha Rao", "asha@example.invalid", destination);
    }

    private PayoutRequest request(String payoutId, Destination destination, long paise) throws GatewayException {
        Recipient recipient = recipient(destination);
        return new PayoutRequest(payoutId, recipient, payouts.register(recipient), Workbench.inr(paise), "Share of November");
    }

    @Test
    void anAccountWithoutPayoutsHasNone() {
        try (Workbench plain = new Workbench()) {
            assertThat(plain.gateway.payouts()).isEmpty();
        }
    }

    @Test
    void moneyIsOnItsWayUntilTheBankSaysMore() throws GatewayException {
        PayoutRequest request = request("out_1", BANK, 123_456);
        PayoutSnapshot sent = payouts.pay(request);
        assertThat(sent.state()).isEqualTo(State.PENDING);

        bench.server.transfers().becomes(sent.providerPayoutId(), "processed", "payout_processed");

        assertThat(payouts.fetch(request, sent.providerPayoutId()))
                .isEqualTo(new PayoutSnapshot("out_1", sent.providerPayoutId(), State.PROCESSED, Workbench.inr(123_456), ""));
    }

    @ParameterizedTest
    @CsvSource({"pending, PENDING", "queued, PENDING", "scheduled, PENDING", "processing, PENDING", "processed, PROCESSED",
            "reversed, REVERSED", "failed, FAILED", "rejected, FAILED", "cancelled, FAILED", "on_a_new_way, PENDING"})
    void statesAreThoseOfRazorpay(String status, State state) throws GatewayException {
        PayoutRequest request = request("out_1", BANK, 100);
        String id = payouts.pay(request).providerPayoutId();

        bench.server.transfers().becomes(id, status, "beneficiary_bank_offline");

        PayoutSnapshot now = payouts.fetch(request, id);
        assertThat(now.state()).isEqualTo(state);
        boolean lost = state == State.FAILED || state == State.REVERSED;
        assertThat(now.failure()).isEqualTo(lost ? "beneficiary_bank beneficiary_bank_offline" : "");
    }

    @ParameterizedTest
    @EnumSource(value = Trouble.class, names = {"REPLY_LOST", "ERROR_AFTER", "GARBAGE", "EMPTY", "CUT_SHORT"})
    void anAnswerThatIsLostLeadsToNoSecondPayout(Trouble trouble) throws GatewayException {
        PayoutRequest request = request("out_1", BANK, 123_456);
        bench.server.disturb(trouble, 1, "POST /v1/payouts");
        refused(Kind.OUTCOME_UNKNOWN, () -> payouts.pay(request));
        assertThat(bench.server.transfers().sent()).as("it was sent all the same").hasSize(1);

        PayoutSnapshot again = payouts.pay(request);

        assertThat(again.state()).isEqualTo(State.PENDING);
        assertThat(bench.server.transfers().sent()).containsExactly("IMPS 123456");
    }

    @Test
    void theSameKeyIsNotTakenForAnotherSum() throws GatewayException {
        payouts.pay(request("out_1", BANK, 100));
        PayoutRequest other = request("out_1", BANK, 200);

        refused(Kind.INVALID_REQUEST, () -> payouts.pay(other));

        assertThat(bench.server.transfers().sent()).containsExactly("IMPS 100");
    }

    @Test
    void theWayFollowsFromTheSumAndTheDestination() throws GatewayException {
        payouts.pay(request("out_1", BANK, 50_000_000));
        payouts.pay(request("out_2", BANK, 50_000_001));
        payouts.pay(request("out_3", UPI, 10_000_000));

        assertThat(bench.server.transfers().sent()).containsExactly("IMPS 50000000", "NEFT 50000001", "UPI 10000000");
    }

    @Test
    void whatCannotBeSentIsRefusedHere() throws GatewayException {
        PayoutRequest small = request("out_1", BANK, 99);
        PayoutRequest large = request("out_2", UPI, 10_000_001);
        PayoutRequest dollars = new PayoutRequest("out_3", recipient(BANK), small.providerRecipientId(), new Money(1_000, "USD"), "Share");
        PayoutRequest nowhere = new PayoutRequest("out_4", recipient(BANK), "fa_../payments", Workbench.inr(100), "Share");

        refused(Kind.LIMIT, () -> payouts.pay(small));
        refused(Kind.LIMIT, () -> payouts.pay(large));
        refused(Kind.LIMIT, () -> payouts.pay(dollars));
        refused(Kind.INVALID_REQUEST, () -> payouts.pay(nowhere));
        refused(Kind.INVALID_REQUEST, () -> payouts.fetch(small, "pout_1/../.."));
        assertThat(bench.server.requests()).noneMatch(call -> call.contains("/payouts"));
    }

    @Test
    void thePayoutOfAnotherIsAMismatch() throws GatewayException {
        PayoutRequest mine = request("out_1", BANK, 100);
        String other = payouts.pay(request("out_2", BANK, 100)).providerPayoutId();

        refused(Kind.MISMATCH, () -> payouts.fetch(mine, other));
    }

    @Test
    void accountsAndNamesAreInNoText() throws GatewayException {
        assertThat(request("out_1", BANK, 100).toString() + request("out_2", UPI, 100))
                .doesNotContain(BANK.number()).doesNotContain(UPI.address()).doesNotContain("Asha").doesNotContain("asha@");
    }
}
