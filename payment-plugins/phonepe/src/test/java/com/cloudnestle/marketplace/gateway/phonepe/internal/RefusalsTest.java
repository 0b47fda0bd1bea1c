package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.phonepe.internal.Refusals.Purpose;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayException.Retry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {

    private static Answer answer(int status, String body) {
        return new Answer(status, body, Optional.of(Duration.ofSeconds(9)));
    }

    @ParameterizedTest
    @CsvSource({
        "417,INVALID_TRANSACTION_ID,MAKE,DUPLICATE", "417,INVALID_MERCHANT_ORDER_ID,MAKE,DUPLICATE", "400,ORDER_ALREADY_EXISTS,MAKE,DUPLICATE",
        "400,DUPLICATE_TRANSACTION_ID,MAKE,DUPLICATE", "409,CONFLICT,MAKE,DUPLICATE",
        "400,INVALID_MERCHANT_ORDER_ID,LOOK,NOT_FOUND", "404,INVALID_MERCHANT_ORDER_ID,LOOK,NOT_FOUND",
        "404,INVALID_TRANSACTION_ID,LOOK,NOT_FOUND", "400,TRANSACTION_NOT_FOUND,LOOK,NOT_FOUND",
        "400,BAD_REQUEST,MAKE,INVALID_REQUEST", "422,UNPROCESSABLE,MAKE,INVALID_REQUEST", "410,GONE,LOOK,INVALID_REQUEST",
        "401,AUTHORIZATION_FAILED,LOOK,AUTHENTICATION", "400,INVALID_CLIENT,MAKE,AUTHENTICATION", "403,FORBIDDEN,MAKE,FORBIDDEN",
        "400,REFUND_AMOUNT_EXCEEDS_ORIGINAL,MAKE,LIMIT", "400,REVERSAL_WINDOW_EXCEEDED,MAKE,LIMIT", "404,KEY_NOT_CONFIGURED,MAKE,CONFIGURATION",
        "429,TOO_MANY_REQUESTS,MAKE,RATE_LIMITED", "500,INTERNAL_SERVER_ERROR,MAKE,OUTCOME_UNKNOWN", "503,INVALID_MERCHANT_ORDER_ID,LOOK,OUTCOME_UNKNOWN",
        "302,MOVED,MAKE,OUTCOME_UNKNOWN"})
    void codesMeanWhatTheyMeanForWhatWasAskedFor(int status, String code, Purpose purpose, Kind kind) {
        GatewayException refusal = Refusals.of(answer(status, "{\"success\":false,\"code\":\"" + code + "\",\"message\":\"for people\"}"), purpose);

        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.providerCode()).isEqualTo(code);
        assertThat(refusal.getMessage()).doesNotContain("for people");
        assertThat(refusal.retryAfter().isPresent()).isEqualTo(kind == Kind.RATE_LIMITED);
        assertThat(refusal.retry()).isEqualTo(switch (kind) {
            case DUPLICATE, OUTCOME_UNKNOWN -> Retry.AFTER_STATUS_CHECK;
            case RATE_LIMITED -> Retry.SAME_KEY;
            default -> Retry.NEVER;
        });
    }

    @ParameterizedTest
    @CsvSource({"404,LOOK,CONFIGURATION", "404,MAKE,CONFIGURATION", "400,LOOK,INVALID_REQUEST", "418,MAKE,OUTCOME_UNKNOWN", "500,LOOK,OUTCOME_UNKNOWN"})
    void withoutACodeNothingIsMissingAndNothingIsTaken(int status, Purpose purpose, Kind kind) {
        assertThat(Refusals.of(answer(status, "<html>not a document</html>"), purpose).kind()).isEqualTo(kind);
        assertThat(Refusals.of(answer(status, "{\"code\":\"a text, <b>not</b> a code\"}"), purpose).providerCode()).isEmpty();
    }
}
