package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import java.util.Optional;

/** What to do where Razorpay has no idempotency key. */
final class Repeats {

    private Repeats() {}

    /** Makes something; when it is not known whether that worked, or when it is there already, looks for it instead of making another. */
    static Entity orFind(Call<Entity> make, Call<Optional<Entity>> find) throws GatewayException {
        try {
            return make.call();
        } catch (GatewayException e) {
            if (e.kind() != Kind.OUTCOME_UNKNOWN && e.kind() != Kind.DUPLICATE) {
                throw e;
            }
            return found(find, e).orElseThrow(() -> e);
        }
    }

    private static Optional<Entity> found(Call<Optional<Entity>> find, GatewayException before) {
        try {
            return find.call();
        } catch (GatewayException e) {
            before.addSuppressed(e);
            return Optional.empty();
        }
    }

    interface Call<T> {
        T call() throws GatewayException;
    }
}
