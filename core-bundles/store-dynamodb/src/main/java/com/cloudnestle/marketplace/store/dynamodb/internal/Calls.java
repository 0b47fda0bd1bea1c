package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.StoreException;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Makes calls and repeats those that may be repeated. The SDK repeats nothing by itself, for it cannot know which requests
 * are safe to send twice.
 */
final class Calls {

    /** What a repetition of a request with an unknown outcome would do. */
    enum Repetition {
        /** Nothing: it reads. */
        READS,
        /** Perhaps apply it twice. */
        UNSAFE,
        /** Nothing if it was applied: the request carries a token that the service knows again. */
        KNOWN_BY_TOKEN
    }

    /** Reasons of a cancelled transaction that are about the moment, not about the request. */
    private static final Set<String> PASSING = Set.of(
            "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded");

    private final Wire wire;
    private final Pauses pauses;
    private final Alerts alerts;
    private final BooleanSupplier renewCredentials;

    /** @param renewCredentials fetches them anew; false if that was done just now */
    Calls(Wire wire, Pauses pauses, Alerts alerts, BooleanSupplier renewCredentials) {
        this.wire = wire;
        this.pauses = pauses;
        this.alerts = alerts;
        this.renewCredentials = renewCredentials;
    }

    /**
     * The answer.
     *
     * @throws ConditionalCheckFailedException the answer no to a single write
     * @throws TransactionCanceledException the answer no to a transaction, never for a reason that may pass
     * @throws StoreException.OutcomeUnknown if any of the requests sent may have been, or may yet be, applied
     */
    <T> T make(Repetition repetition, Supplier<T> request) {
        long began = pauses.now();
        StoreException.OutcomeUnknown unknown = null;
        for (int number = 0; ; number++) {
            Failure failure;
            wire.begin();
            try {
                return request.get();
            } catch (ConditionalCheckFailedException e) {
                throw e;
            } catch (TransactionCanceledException e) {
                if (e.cancellationReasons().stream().noneMatch(reason -> PASSING.contains(reason.code()))) {
                    // Refused now; but an earlier request without an answer may still be on its way and be applied then.
                    throw unknown == null ? e : unknown;
                }
                failure = new Failure(Failure.Kind.BUSY, "the store is busy", e);
            } catch (SdkException | IllegalStateException e) {
                failure = Failure.of(e, wire.end());
            } finally {
                wire.end();
            }
            if (failure.kind() == Failure.Kind.UNKNOWN && repetition != Repetition.READS && unknown == null) {
                unknown = new StoreException.OutcomeUnknown(failure.detail(), failure.cause());
            }
            if (!mayRepeat(failure.kind(), repetition) || !pauses.before(number, began)) {
                alerts.of(failure);
                throw unknown == null ? failure.notApplied() : unknown;
            }
        }
    }

    /** What to throw when an answer says that a part of the work was left undone, again and again. */
    StoreException.Unavailable busy(String reason) {
        alerts.warn("store_busy", reason);
        return new StoreException.Unavailable("the store is busy");
    }

    private boolean mayRepeat(Failure.Kind kind, Repetition repetition) {
        return switch (kind) {
            case BUSY, UNREACHABLE -> true;
            case UNKNOWN -> repetition != Repetition.UNSAFE;
            case CREDENTIALS -> renewCredentials.getAsBoolean();
            case MALFORMED, REFUSED -> false;
        };
    }
}
