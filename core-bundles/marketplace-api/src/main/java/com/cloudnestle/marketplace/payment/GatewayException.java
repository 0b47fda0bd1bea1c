package com.cloudnestle.marketplace.payment;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call to a provider that did not give what was asked for. The message is for operators and names no person or secret. */
public final class GatewayException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final Retry retry;
    private final String providerCode;
    private final transient @Nullable Duration retryAfter;

    public GatewayException(Kind kind, String message) {
        this(kind, "", message, null);
    }

    /** @param providerCode the provider's own code, may be empty */
    public GatewayException(Kind kind, String providerCode, String message, @Nullable Throwable cause) {
        this(kind, kind.retry, providerCode, message, cause, null);
    }

    public GatewayException(
            Kind kind, Retry retry, String providerCode, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(Objects.requireNonNull(message), cause);
        this.kind = Objects.requireNonNull(kind);
        this.retry = Objects.requireNonNull(retry);
        this.providerCode = Objects.requireNonNull(providerCode);
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** What may be done next. */
    public Retry retry() {
        return retry;
    }

    public String providerCode() {
        return providerCode;
    }

    /** How long the provider asked to wait, if it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** What to do about it. */
    public enum Retry {
        NEVER,
        /** The same call with the same key is harmless. */
        SAME_KEY,
        /** First find out by fetching whether it was done. */
        AFTER_STATUS_CHECK,
        /** Only a new payment can succeed. */
        NEW_PAYMENT
    }

    /** What went wrong, with what is usually done about it. */
    public enum Kind {
        INVALID_REQUEST(Retry.NEVER),
        /** The provider does not accept our credentials. */
        AUTHENTICATION(Retry.NEVER),
        FORBIDDEN(Retry.NEVER),
        NOT_FOUND(Retry.NEVER),
        /** The provider has something under this key already. */
        DUPLICATE(Retry.AFTER_STATUS_CHECK),
        DECLINED(Retry.NEW_PAYMENT),
        /** More than the provider or the rules allow. */
        LIMIT(Retry.NEVER),
        RATE_LIMITED(Retry.SAME_KEY),
        /** Not a byte of the request reached the provider. */
        NOT_CONTACTED(Retry.SAME_KEY),
        /** The provider may have acted. */
        OUTCOME_UNKNOWN(Retry.AFTER_STATUS_CHECK),
        SIGNATURE_INVALID(Retry.NEVER),
        /** The provider speaks of another amount, payment or account than was expected. */
        MISMATCH(Retry.NEVER),
        UNSUPPORTED(Retry.NEVER),
        /** The gateway's configuration is wrong. */
        CONFIGURATION(Retry.NEVER);

        private final Retry retry;

        Kind(Retry retry) {
            this.retry = retry;
        }
    }
}
