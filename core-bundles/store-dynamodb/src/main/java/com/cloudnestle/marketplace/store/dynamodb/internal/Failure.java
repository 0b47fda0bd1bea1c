package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.StoreException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an error of the SDK means for the caller.
 *
 * @param detail for callers: no names, no vendor's text
 */
record Failure(Kind kind, String detail, RuntimeException cause) {

    enum Kind {
        /** Not applied; the service asks to come back later. */
        BUSY,
        /** Not applied; nothing was sent. */
        UNREACHABLE,
        /** Not applied; who we say we are is not accepted (any more). */
        CREDENTIALS,
        /** Not applied; what was asked for cannot be. */
        MALFORMED,
        /** Not applied, for another reason that will not pass by itself. */
        REFUSED,
        /** Sent, but without an answer to trust. */
        UNKNOWN
    }

    private static final Set<String> BUSY = Set.of(
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "ThrottlingException",
            "Throttling",
            "LimitExceededException",
            "ReplicatedWriteConflictException",
            "TransactionConflictException");

    private static final Set<String> CREDENTIALS = Set.of(
            "ExpiredTokenException",
            "ExpiredToken",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignatureException",
            "MissingAuthenticationTokenException",
            "MissingAuthenticationToken",
            "AccessDeniedException",
            "OptInRequired");

    /** An earlier request with the same token is still at work: what comes of it is not known yet. */
    private static final String IN_PROGRESS = "TransactionInProgressException";

    static Failure of(RuntimeException error, Wire.Reach reach) {
        if (error instanceof AwsServiceException answer && answer.statusCode() != 0) {
            return ofAnswer(answer);
        }
        return switch (reach) {
            case SENT -> new Failure(Kind.UNKNOWN, "the store did not answer", error);
            case CONNECTING -> new Failure(Kind.UNREACHABLE, "the store cannot be reached", error);
            case NOWHERE -> new Failure(
                    error instanceof SdkException ? Kind.CREDENTIALS : Kind.REFUSED, "the store cannot be asked", error);
        };
    }

    private static Failure ofAnswer(AwsServiceException answer) {
        String code = answer.awsErrorDetails() == null ? "" : String.valueOf(answer.awsErrorDetails().errorCode());
        if (BUSY.contains(code)) {
            return new Failure(Kind.BUSY, "the store is busy", answer);
        }
        if (CREDENTIALS.contains(code)) {
            return new Failure(Kind.CREDENTIALS, "the store refuses this node", answer);
        }
        if (code.equals("ValidationException")) {
            return new Failure(Kind.MALFORMED, String.valueOf(answer.awsErrorDetails().errorMessage()), answer);
        }
        if (answer.statusCode() >= 500 || code.equals(IN_PROGRESS)) {
            return new Failure(Kind.UNKNOWN, "the store failed", answer);
        }
        return new Failure(Kind.REFUSED, "the store refuses the request", answer);
    }

    /** What to throw when it was not repeated, or not once more. */
    RuntimeException notApplied() {
        return kind == Kind.MALFORMED
                ? new IllegalArgumentException(detail, cause)
                : new StoreException.Unavailable(detail, cause);
    }
}
