package com.cloudnestle.marketplace.error;

/**
 * The kinds of failure the platform answers with. Each has a stable {@link #code()}, an HTTP {@link #status()} and a
 * page at {@code /problems/<code>} (source: {@code docs/problems/}). Codes are never reused or renamed.
 */
public enum Problem {
    MALFORMED_JSON("malformed-json", 400, "The request body is not readable JSON"),
    BAD_REQUEST("bad-request", 400, "The request cannot be understood"),
    CREDENTIALS_MISSING("credentials-missing", 401, "This call needs a credential"),
    CREDENTIALS_INVALID("credentials-invalid", 401, "The credential is not valid"),
    TOKEN_UNKNOWN("token-unknown", 401, "The solution token is not known"),
    TOKEN_REVOKED("token-revoked", 401, "The solution token was revoked"),
    TOKEN_EXPIRED("token-expired", 401, "The solution token has expired"),
    SIGN_IN_REFUSED("sign-in-refused", 401, "Signing in was refused"),
    WEBHOOK_REFUSED("webhook-refused", 401, "The notification is not genuine"),
    TOKEN_WRONG_SOLUTION("token-wrong-solution", 403, "The token belongs to another solution"),
    TOKEN_WRONG_USER("token-wrong-user", 403, "The token belongs to another user"),
    NOT_ALLOWED("not-allowed", 403, "This credential may not do that"),
    ENTITLEMENT_SUSPENDED("entitlement-suspended", 403, "Access to this solution is suspended"),
    NOT_FOUND("not-found", 404, "There is nothing here"),
    SOLUTION_UNKNOWN("solution-unknown", 404, "There is no such solution"),
    CUSTOMER_UNKNOWN("customer-unknown", 404, "There is no such customer"),
    ENTITLEMENT_UNKNOWN("entitlement-unknown", 404, "The customer has no access to this solution"),
    PAYMENT_UNKNOWN("payment-unknown", 404, "There is no such payment"),
    TIER_UNKNOWN("tier-unknown", 422, "The solution has no such tier"),
    ACTION_UNKNOWN("action-unknown", 422, "The solution has no such action"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "The address exists, but not for this method"),
    NOT_ACCEPTABLE("not-acceptable", 406, "None of the accepted media types can be produced"),
    CONFLICT("conflict", 409, "The request contradicts the current state"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 409, "The idempotency key was used for a different request"),
    HOLD_ENDED("hold-ended", 409, "The hold was settled, released or has expired"),
    CODE_INVALID("code-invalid", 410, "The code or link is wrong, used up or too old"),
    TOO_LARGE("too-large", 413, "The request body is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The media type of the body is not supported"),
    INVALID_FIELD("invalid-field", 422, "A field of the request is not acceptable"),
    PAYMENT_PROOF_INVALID("payment-proof-invalid", 422, "This does not prove the payment"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests in a short time"),
    INTERNAL("internal", 500, "Something went wrong on our side"),
    ENTITLEMENT_UNREADABLE("entitlement-unreadable", 500, "The stored entitlement cannot be read"),
    STORE_UNAVAILABLE("store-unavailable", 503, "The store cannot answer right now"),
    OUTCOME_UNKNOWN("outcome-unknown", 503, "It is not known whether the request took effect"),
    PROVIDER_UNAVAILABLE("provider-unavailable", 503, "The other provider does not answer"),
    SOLUTION_UNAVAILABLE("solution-unavailable", 503, "The solution is not running right now"),
    STARTING("starting", 503, "The server is starting");

    private final String code;
    private final int status;
    private final String title;

    Problem(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    /** Stable, lower-case, hyphenated; the last segment of the problem's {@code type}. */
    public String code() {
        return code;
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Short text that is the same for every occurrence. */
    public String title() {
        return title;
    }
}
