package com.cloudnestle.marketplace.gateway.razorpay.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** RazorpayX: contacts, their fund accounts, and payouts to these. */
public final class Transfers {

    /** The account that payouts come from. */
    public static final String ACCOUNT = "7878780080316316";

    private static final Set<String> MODES = Set.of("NEFT", "RTGS", "IMPS", "UPI");

    final Map<String, ObjectNode> payouts = new LinkedHashMap<>();
    private final Map<String, ObjectNode> contacts = new LinkedHashMap<>();
    private final Map<String, ObjectNode> fundAccounts = new LinkedHashMap<>();
    /** What was asked for under an idempotency key, and the payout that came of it. */
    private final Map<String, JsonNode> asked = new LinkedHashMap<>();
    private final Map<String, ObjectNode> made = new LinkedHashMap<>();
    private final Books books;

    Transfers(Books books) {
        this.books = books;
    }

    ObjectNode createContact(JsonNode body) {
        Books.requireText(body, "name", 50);
        return keep(contacts, "cont_", body.deepCopy());
    }

    ObjectNode createFundAccount(JsonNode body) {
        Books.require(contacts, Books.requireText(body, "contact_id", 40));
        String type = Books.requireText(body, "account_type", 20);
        if (type.equals("bank_account")) {
            JsonNode bank = body.path("bank_account");
            Books.requireText(bank, "name", 120);
            Books.requireText(bank, "ifsc", 11);
            Books.requireText(bank, "account_number", 35);
        } else if (type.equals("vpa")) {
            Books.requireText(body.path("vpa"), "address", 320);
        } else {
            throw ApiRefusal.bad("account_type", "The account type is invalid.");
        }
        return keep(fundAccounts, "fa_", body.deepCopy());
    }

    ObjectNode createPayout(JsonNode body, @Nullable String key) {
        if (key == null || key.length() < 4 || key.length() > 36) {
            throw ApiRefusal.bad("X-Payout-Idempotency", "The idempotency key is missing, or has not 4 to 36 characters.");
        }
        JsonNode before = asked.get(key);
        if (before != null && !before.equals(body)) {
            throw ApiRefusal.bad("Different request body sent for the same idempotency key.");
        }
        if (before != null) {
            return made.get(key).deepCopy();
        }
        if (!Books.requireText(body, "account_number", 22).equals(ACCOUNT)) {
            throw ApiRefusal.bad("account_number", "The account number is invalid.");
        }
        String to = Books.requireText(body, "fund_account_id", 40);
        boolean upi = Books.require(fundAccounts, to).get("account_type").textValue().equals("vpa");
        long amount = Books.requireAmount(body, "amount", 100);
        String mode = Books.requireText(body, "mode", 4);
        if (!MODES.contains(mode) || mode.equals("UPI") != upi) {
            throw ApiRefusal.bad("mode", "Payout mode is invalid.");
        }
        if (mode.equals("IMPS") && amount > 50_000_000 || mode.equals("UPI") && amount > 10_000_000) {
            throw ApiRefusal.bad("amount", "The amount is more than this mode moves.");
        }
        Books.requireText(body, "purpose", 30);
        if (!Books.requireText(body, "narration", 30).matches("[A-Za-z0-9 ]+")) {
            throw ApiRefusal.bad("narration", "The narration format is invalid.");
        }
        ObjectNode payout = Books.object().put("entity", "payout").put("fund_account_id", to).put("amount", amount)
                .put("currency", Books.requireText(body, "currency", 3)).put("status", "processing").put("mode", mode)
                .put("purpose", body.get("purpose").textValue()).put("reference_id", Books.requireText(body, "reference_id", 40))
                .put("narration", body.get("narration").textValue()).putNull("utr").put("fees", 0).put("tax", 0);
        asked.put(key, body.deepCopy());
        ObjectNode answer = keep(payouts, "pout_", payout);
        made.put(key, payouts.get(answer.get("id").textValue()));
        return answer;
    }

    private ObjectNode keep(Map<String, ObjectNode> all, String prefix, ObjectNode entity) {
        entity.put("id", books.id(prefix)).put("created_at", books.now());
        all.put(entity.get("id").textValue(), entity);
        return entity.deepCopy();
    }

    /** What the bank answers. */
    public void becomes(String payout, String status, String reason) {
        synchronized (books) {
            ObjectNode entity = Books.require(payouts, payout);
            entity.put("status", status);
            entity.putObject("status_details").put("reason", reason).put("description", "told by the bank").put("source", "beneficiary_bank");
        }
    }

    /** Mode and amount in paise of every payout, in the order in which they were made. */
    public List<String> sent() {
        synchronized (books) {
            return payouts.values().stream().map(payout -> payout.get("mode").textValue() + " " + payout.get("amount").longValue()).toList();
        }
    }
}
