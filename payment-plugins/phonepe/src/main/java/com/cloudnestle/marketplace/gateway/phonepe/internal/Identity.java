package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** What must be so before money is spoken of: keys that fit the provider's rules, and answers that are about what was asked for. */
final class Identity {

    static final String RUPEES = "INR";
    /** The smallest amount of a payment and of a refund, in paise. */
    static final long MINIMUM = 100;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    private Identity() {}

    /** Keys become part of addresses. */
    static String key(String key) throws GatewayException {
        if (!KEY.matcher(key).matches()) {
            throw new GatewayException(Kind.INVALID_REQUEST, "a key must be 1 to 63 of A-Z, a-z, 0-9, '_' and '-'");
        }
        return key;
    }

    static long paise(Money amount, long maximum) throws GatewayException {
        if (!amount.currency().equals(RUPEES)) {
            throw new GatewayException(Kind.UNSUPPORTED, "only INR can be paid here, not " + amount.currency());
        }
        if (amount.minor() < MINIMUM || amount.minor() > maximum) {
            throw new GatewayException(Kind.LIMIT, "an amount must be " + new Money(MINIMUM, RUPEES) + " to " + new Money(maximum, RUPEES));
        }
        return amount.minor();
    }

    /** Answers need not name themselves, but may not name something else. */
    static void same(JsonNode json, String member, String expected) throws GatewayException {
        JsonNode said = json.path(member);
        if (!said.isMissingNode() && !said.isNull() && !said.asText().equals(expected)) {
            throw new GatewayException(Kind.MISMATCH, "the provider's answer has another " + member + " than was asked for");
        }
    }

    /** An amount in the provider's words. */
    static Money amount(JsonNode json) throws GatewayException {
        return optionalAmount(json, "amount")
                .orElseThrow(() -> new GatewayException(Kind.OUTCOME_UNKNOWN, "the provider's answer has no amount"));
    }

    /** Empty where it is missing, null or no whole number of paise. */
    static Optional<Money> optionalAmount(JsonNode json, String member) throws GatewayException {
        JsonNode amount = json.path(member);
        if (!amount.isIntegralNumber() || !amount.canConvertToLong()) {
            return Optional.empty();
        }
        String currency = json.path("currency").asText(RUPEES);
        try {
            return Optional.of(new Money(amount.asLong(), json.path("currency").isNull() ? RUPEES : currency));
        } catch (IllegalArgumentException e) {
            throw new GatewayException(Kind.MISMATCH, "", "the provider's answer has a currency that is none", e);
        }
    }

    /** The provider's key of something: it must have one, and only characters that are safe everywhere. */
    static String providerKey(JsonNode json, String member) throws GatewayException {
        String key = Answer.text(json, member);
        if (key.isEmpty()) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "the provider's answer has no " + member);
        }
        return key;
    }

    /** Code and detailed code of a failure, e.g. {@code INVALID_MPIN/ZM}; empty if there was none. */
    static String failure(JsonNode json) {
        JsonNode context = json.path("errorContext");
        String code = first(Answer.text(json, "errorCode"), Answer.text(context, "errorCode"));
        String detail = first(Answer.text(json, "detailedErrorCode"), Answer.text(context, "detailedErrorCode"));
        return detail.isEmpty() ? code : code + "/" + detail;
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }
}
