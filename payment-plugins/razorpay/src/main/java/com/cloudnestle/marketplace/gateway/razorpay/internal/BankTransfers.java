package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Payouts;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Payouts from an account at RazorpayX: a contact, a fund account of it, and money to that one. The platform's key is Razorpay's
 * idempotency key and the payout's reference.
 */
final class BankTransfers implements Payouts {

    private static final long SMALLEST = 100;
    /** What IMPS moves at most, in paise; more goes by NEFT. */
    private static final long IMPS_MAXIMUM = 50_000_000;
    private static final long UPI_MAXIMUM = 10_000_000;

    private final AccountSettings settings;
    private final RazorpayApi api;

    BankTransfers(AccountSettings settings, RazorpayApi api) {
        this.settings = settings;
        this.api = api;
    }

    @Override
    public String register(Recipient recipient) throws GatewayException {
        ObjectNode contact = RazorpayApi.body().put("name", recipient.name()).put("type", "vendor").put("reference_id", recipient.recipientId());
        if (!recipient.email().isEmpty()) {
            contact.put("email", recipient.email());
        }
        ObjectNode fundAccount = RazorpayApi.body().put("contact_id", Ids.require(Ids.CONTACT, api.post("/contacts", contact).require("id")));
        if (recipient.destination() instanceof BankAccount bank) {
            fundAccount.put("account_type", "bank_account").putObject("bank_account")
                    .put("name", recipient.name()).put("ifsc", bank.ifsc()).put("account_number", bank.number());
        } else if (recipient.destination() instanceof UpiAddress upi) {
            fundAccount.put("account_type", "vpa").putObject("vpa").put("address", upi.address());
        }
        return Ids.require(Ids.RECIPIENT, api.post("/fund_accounts", fundAccount).require("id"));
    }

    @Override
    public PayoutSnapshot pay(PayoutRequest request) throws GatewayException {
        if (!request.amount().currency().equals("INR") || request.amount().minor() < SMALLEST) {
            throw new GatewayException(Kind.LIMIT, "RazorpayX sends one rupee or more, in rupees");
        }
        ObjectNode body = RazorpayApi.body().put("account_number", settings.payoutAccount())
                .put("fund_account_id", Ids.require(Ids.RECIPIENT, request.providerRecipientId())).put("amount", request.amount().minor())
                .put("currency", request.amount().currency()).put("mode", mode(request)).put("purpose", "payout")
                .put("queue_if_low_balance", true).put("reference_id", request.payoutId()).put("narration", request.narration());
        return snapshot(api.payout(request.payoutId(), body), request);
    }

    private static String mode(PayoutRequest request) throws GatewayException {
        long paise = request.amount().minor();
        if (request.recipient().destination() instanceof BankAccount) {
            return paise > IMPS_MAXIMUM ? "NEFT" : "IMPS";
        }
        if (paise > UPI_MAXIMUM) {
            throw new GatewayException(Kind.LIMIT, "UPI moves 100,000 rupees at most; a bank account takes more");
        }
        return "UPI";
    }

    @Override
    public PayoutSnapshot fetch(PayoutRequest request, String providerPayoutId) throws GatewayException {
        Entity found = api.get("/payouts/" + Ids.require(Ids.PAYOUT, providerPayoutId), Map.of());
        if (!found.require("id").equals(providerPayoutId)) {
            throw new GatewayException(Kind.MISMATCH, "asked for one payout, Razorpay answers with another");
        }
        return snapshot(found, request);
    }

    private static PayoutSnapshot snapshot(Entity payout, PayoutRequest request) throws GatewayException {
        String id = payout.require("id");
        boolean same = Ids.is(Ids.PAYOUT, id) && payout.textOr("reference_id", "").equals(request.payoutId())
                && payout.textOr("fund_account_id", "").equals(request.providerRecipientId());
        if (!same || !payout.money("amount").equals(request.amount())) {
            throw new GatewayException(Kind.MISMATCH, "Razorpay's payout is not the one that was asked for");
        }
        State state = switch (payout.textOr("status", "")) {
            case "processed" -> State.PROCESSED;
            case "reversed" -> State.REVERSED;
            case "failed", "rejected", "cancelled" -> State.FAILED;
            default -> State.PENDING; // also what has no name yet: a new one in its place might pay twice
        };
        boolean lost = state == State.FAILED || state == State.REVERSED;
        return new PayoutSnapshot(request.payoutId(), id, state, request.amount(),
                lost ? payout.child("status_details").map(ApiErrors::words).filter(words -> !words.isEmpty()).orElse(payout.textOr("status", "")) : "");
    }
}
