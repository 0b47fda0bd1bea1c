package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import org.jspecify.annotations.Nullable;

/** The ways a sign-in can end badly, in words for the person. Whatever the provider said stays in the log. */
final class Refusals {

    private Refusals() {}

    static MarketplaceException refused(String reason) {
        return new MarketplaceException(Problem.SIGN_IN_REFUSED, reason);
    }

    /** The person did nothing wrong, but what came back cannot be believed. */
    static MarketplaceException untrusted(String provider, @Nullable Throwable cause) {
        return new MarketplaceException(Problem.SIGN_IN_REFUSED,
                "The answer of " + provider + " could not be trusted. Please start again.", cause);
    }

    static MarketplaceException unavailable(String provider, @Nullable Throwable cause) {
        return new MarketplaceException(Problem.PROVIDER_UNAVAILABLE,
                provider + " does not answer as it should right now. Try again later, or sign in another way.", cause);
    }

    static MarketplaceException conflict(String reason) {
        return new MarketplaceException(Problem.CONFLICT, reason);
    }
}
