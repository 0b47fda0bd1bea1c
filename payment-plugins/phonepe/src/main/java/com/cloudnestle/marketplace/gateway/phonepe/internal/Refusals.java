package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import java.util.Set;

/**
 * What an answer that is not a success means. PhonePe's pages disagree about codes and statuses, so codes are taken as sets, and
 * the same code means another thing where something is made and where it is looked for. A status of 5xx or one that nobody
 * explains says nothing about whether the provider acted.
 */
final class Refusals {

    /** What was asked for, as far as the meaning of a code depends on it. */
    enum Purpose {
        MAKE,
        LOOK
    }

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int EXPECTATION_FAILED = 417;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    private static final Set<String> ABOUT_THE_KEY = Set.of("INVALID_MERCHANT_ORDER_ID", "INVALID_TRANSACTION_ID",
            "INVALID_MERCHANT_REFUND_ID", "INVALID_REFUND_ID", "INVALID_MERCHANT_SUBSCRIPTION_ID");
    private static final Set<String> TOO_MUCH = Set.of("REFUND_AMOUNT_EXCEEDS_ORIGINAL");
    private static final Set<String> CREDENTIALS = Set.of("AUTHORIZATION_FAILED", "UNAUTHORIZED", "INVALID_CLIENT", "OIM000");
    private static final Set<String> SET_UP = Set.of("KEY_NOT_CONFIGURED");
    private static final Set<String> REFUND_OVER = Set.of("REVERSAL_WINDOW_EXCEEDED");

    private Refusals() {}

    static GatewayException of(Answer answer, Purpose purpose) {
        int status = answer.status();
        String code = answer.code();
        String message = "the provider answered " + status + (code.isEmpty() ? "" : " " + code);
        if (status == TOO_MANY) {
            return new GatewayException(Kind.RATE_LIMITED, GatewayException.Retry.SAME_KEY, code, message, null,
                    answer.retryAfter().orElse(null));
        }
        return new GatewayException(kind(status, code, purpose), code, message, null);
    }

    private static Kind kind(int status, String code, Purpose purpose) {
        if (status < BAD_REQUEST || status >= 500) {
            return Kind.OUTCOME_UNKNOWN;
        }
        if (SET_UP.contains(code)) {
            return Kind.CONFIGURATION;
        }
        if (status == UNAUTHORIZED || CREDENTIALS.contains(code)) {
            return Kind.AUTHENTICATION;
        }
        if (status == FORBIDDEN) {
            return Kind.FORBIDDEN;
        }
        if (TOO_MUCH.contains(code) || REFUND_OVER.contains(code)) {
            return Kind.LIMIT;
        }
        if (taken(status, code, purpose)) {
            return Kind.DUPLICATE;
        }
        if (purpose == Purpose.LOOK && (ABOUT_THE_KEY.contains(code) || code.endsWith("NOT_FOUND"))) {
            return Kind.NOT_FOUND;
        }
        return switch (status) {
            // Without a code that says so it is not the payment that is missing but the address.
            case NOT_FOUND -> code.endsWith("NOT_FOUND") ? Kind.NOT_FOUND : Kind.CONFIGURATION;
            case BAD_REQUEST, GONE, EXPECTATION_FAILED, UNPROCESSABLE -> Kind.INVALID_REQUEST;
            default -> code.isEmpty() ? Kind.OUTCOME_UNKNOWN : Kind.INVALID_REQUEST;
        };
    }

    /** Our keys have the right form, so a key that is refused where something is made can only be in use. */
    private static boolean taken(int status, String code, Purpose purpose) {
        return purpose == Purpose.MAKE
                && (status == CONFLICT || ABOUT_THE_KEY.contains(code) || code.endsWith("ALREADY_EXISTS") || code.startsWith("DUPLICATE"));
    }
}
