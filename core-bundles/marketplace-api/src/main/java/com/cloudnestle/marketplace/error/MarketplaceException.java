package com.cloudnestle.marketplace.error;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure the caller can act on. The REST edge renders it as RFC 9457 {@code application/problem+json}; the message
 * is shown to callers as {@code detail}, so it names no other customer and no vendor internals.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
public class MarketplaceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient @Nullable List<FieldError> fieldErrors;
    private final transient @Nullable Duration retryAfter;

    public MarketplaceException(Problem problem, String detail) {
        this(problem, detail, List.of());
    }

    public MarketplaceException(Problem problem, String detail, @Nullable Throwable cause) {
        super(Objects.requireNonNull(detail), cause);
        this.problem = Objects.requireNonNull(problem);
        this.fieldErrors = List.of();
        this.retryAfter = null;
    }

    public MarketplaceException(Problem problem, String detail, List<FieldError> fieldErrors) {
        super(Objects.requireNonNull(detail));
        this.problem = Objects.requireNonNull(problem);
        this.fieldErrors = List.copyOf(fieldErrors);
        this.retryAfter = null;
    }

    private MarketplaceException(String detail, Duration retryAfter) {
        super(Objects.requireNonNull(detail));
        this.problem = Problem.TOO_MANY_REQUESTS;
        this.fieldErrors = List.of();
        this.retryAfter = retryAfter;
    }

    /** The kind of failure: stable code, HTTP status and title. */
    public Problem problem() {
        return problem;
    }

    /** What is wrong with single fields of the request; empty unless the status is 422. */
    public List<FieldError> fieldErrors() {
        return fieldErrors == null ? List.of() : fieldErrors;
    }

    /** When it makes sense to try again; empty if that is not known. The REST edge sends it as {@code Retry-After}, in seconds. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** A 429 that says when to try again. */
    public static MarketplaceException tooMany(String detail, Duration retryAfter) {
        return new MarketplaceException(detail, Objects.requireNonNull(retryAfter));
    }

    /** A 422 for one field of the request. */
    public static MarketplaceException invalid(String field, String message) {
        return new MarketplaceException(
                Problem.INVALID_FIELD, field + ": " + message, List.of(new FieldError(field, message)));
    }
}
