package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayException.Retry;
import com.cloudnestle.marketplace.gateway.razorpay.internal.Wire.Reply;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an answer that is no success means. Razorpay's descriptions may quote what a person typed, so only its codes get into
 * messages. An answer that is not in Razorpay's own form comes from something in between and proves nothing.
 */
final class ApiErrors {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,60}");
    private static final Set<String> BUYERS_SIDE = Set.of("customer", "bank", "issuer", "issuer_bank", "beneficiary_bank", "network");
    private static final Pattern TOO_MUCH = Pattern.compile(
            "refund amount|fully refunded|already been refunded|greater than the amount|exceeds|maximum amount|minimum amount");
    private static final long LONGEST_WAIT = 3600;

    private ApiErrors() {}

    static GatewayException of(Reply reply) {
        Entity error = Entity.parse(reply.body()).flatMap(body -> body.child("error")).orElse(null);
        int status = reply.status();
        if (status == 429) {
            return new GatewayException(Kind.RATE_LIMITED, Retry.SAME_KEY, "", "Razorpay asks to slow down", null, retryAfter(reply));
        }
        if (status >= 300 && status < 400) {
            return new GatewayException(Kind.CONFIGURATION, "base_url answers with a redirection (status " + status + "), which is not followed");
        }
        if (status >= 500 || error == null && status != 401 && status != 403) {
            return new GatewayException(Kind.OUTCOME_UNKNOWN, error == null ? "" : code(error),
                    "status " + status + (error == null ? " with something that is no error of Razorpay" : ": " + words(error)), null);
        }
        return error == null ? new GatewayException(kind(status), "status " + status) : told(status, error);
    }

    private static GatewayException told(int status, Entity error) {
        Kind kind = kind(status);
        String description = error.textOr("description", "").toLowerCase(Locale.ROOT);
        if (status == 400) {
            if (description.contains("does not exist")) {
                kind = Kind.NOT_FOUND; // Razorpay has no 404 for a key that it does not know
            } else if (description.contains("already exists")) {
                kind = Kind.DUPLICATE;
            } else if (code(error).equals("GATEWAY_ERROR") || BUYERS_SIDE.contains(error.textOr("source", ""))) {
                kind = Kind.DECLINED;
            } else if (TOO_MUCH.matcher(description).find()) {
                kind = Kind.LIMIT;
            } else if (code(error).equals("SERVER_ERROR")) {
                kind = Kind.OUTCOME_UNKNOWN;
            }
        }
        return new GatewayException(kind, code(error), "status " + status + ": " + words(error), null);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401 -> Kind.AUTHENTICATION;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.DUPLICATE;
            default -> Kind.INVALID_REQUEST;
        };
    }

    /** Razorpay's code of an error or of a failed payment, with its reason; empty if it has none that looks like one. */
    static String words(Entity error) {
        return Stream.of("code", "field", "source", "step", "reason").flatMap(member -> error.text(member).stream())
                .filter(word -> CODE.matcher(word).matches() && !word.equals("NA")).distinct().collect(Collectors.joining(" "));
    }

    private static String code(Entity error) {
        return error.text("code").filter(code -> CODE.matcher(code).matches()).orElse("");
    }

    private static @org.jspecify.annotations.Nullable Duration retryAfter(Reply reply) {
        Optional<String> seconds = reply.retryAfter().filter(text -> text.matches("[0-9]{1,6}"));
        return seconds.map(text -> Duration.ofSeconds(Math.min(LONGEST_WAIT, Long.parseLong(text)))).orElse(null);
    }
}
