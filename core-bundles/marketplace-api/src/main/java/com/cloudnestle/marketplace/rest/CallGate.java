package com.cloudnestle.marketplace.rest;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Stands before every metered call of a mount, and learns how it ended. Thread-safe. */
@ConsumerType
public interface CallGate {

    /** Lets everything pass. */
    CallGate OPEN = call -> new Verdict.Pass(Map.of(), failed -> {});

    /**
     * Called when the request body was read and understood, just before the resource method.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException becomes the answer
     */
    Verdict enter(Call call);

    /**
     * A call of a metered method.
     *
     * @param action value of the method's {@code @Metered}
     * @param units units the call costs
     * @param remoteAddress literal IP address of the caller
     * @param headers request headers by lower-case name, the first value of each
     * @param path address of the request, without query
     * @param fingerprint hash of method, address with query, and body: two calls that differ in it ask for different work,
     *     whatever idempotency key they carry
     */
    record Call(
            String action, long units, String remoteAddress, Map<String, String> headers, String path, String fingerprint) {
        public Call {
            headers = Map.copyOf(headers);
        }

        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }
    }

    sealed interface Verdict {
        /**
         * The method is called.
         *
         * @param headers added to its answer
         * @param completion told how it ended
         */
        record Pass(Map<String, String> headers, Completion completion) implements Verdict {}

        /**
         * The method is not called; this is the answer.
         *
         * @param json the body, JSON text
         */
        record Refuse(int status, Map<String, String> headers, String json) implements Verdict {}
    }

    /** Told once when the call is over. */
    @FunctionalInterface
    interface Completion {
        /** @param failed the answer has status 400 or above, so the caller got nothing for its units */
        void done(boolean failed);
    }
}
