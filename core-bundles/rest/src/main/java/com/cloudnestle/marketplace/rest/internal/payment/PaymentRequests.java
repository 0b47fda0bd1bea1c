package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What buyers and administrators send. Everything may be missing; what must not is said by what reads it. There is no price in it. */
public final class PaymentRequests {

    private static final int MAX_ADDRESS = 2000;

    private PaymentRequests() {}

    @JsonNaming(SnakeCaseStrategy.class)
    record BuyerRequest(@Nullable String name, @Nullable String country, @Nullable String region, @Nullable String taxId,
            @Nullable String address) {

        static Buyer buyer(@Nullable BuyerRequest sent) {
            if (sent == null) {
                throw MarketplaceException.invalid("buyer", "is required");
            }
            return new Buyer(text(sent.name), Answers.required("buyer.country", sent.country), text(sent.region), text(sent.taxId),
                    text(sent.address));
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value.strip();
        }

        @Override
        public String toString() {
            return "BuyerRequest[]"; // people stay out of logs
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record QuoteRequest(@Nullable String solutionId, @Nullable String tier, @Nullable BuyerRequest buyer) {}

    /** @param idempotencyKey or the header {@code Idempotency-Key} */
    @JsonNaming(SnakeCaseStrategy.class)
    record PurchaseRequest(@Nullable String solutionId, @Nullable String tier, @Nullable BuyerRequest buyer, @Nullable String gateway,
            @Nullable String returnUrl, @Nullable String idempotencyKey) {

        /** An address of this server is told by its path, whatever name the server was asked by. */
        @Nullable URI returnAddress(HttpServletRequest request) {
            if (returnUrl == null || returnUrl.isEmpty()) {
                return null;
            }
            try {
                if (returnUrl.length() <= MAX_ADDRESS) {
                    return URI.create(String.valueOf(Clients.here(request, returnUrl)));
                }
            } catch (IllegalArgumentException e) {
                // said below
            }
            throw MarketplaceException.invalid("return_url", "must be an address of at most " + MAX_ADDRESS + " characters");
        }
    }

    /** @param proof what the browser brought back from the provider; may be missing */
    @JsonNaming(SnakeCaseStrategy.class)
    record VerifyRequest(@Nullable String paymentId, @Nullable Map<String, @Nullable String> proof) {

        ReturnProof returnProof() {
            try {
                return proof == null ? ReturnProof.none() : new ReturnProof(proof);
            } catch (IllegalArgumentException | NullPointerException e) { // too much, or a value that is null
                throw MarketplaceException.invalid("proof", "has at most 30 texts of at most 2,000 characters");
            }
        }

        @Override
        public String toString() {
            return "VerifyRequest[" + paymentId + "]";
        }
    }

    /** @param amountMinor null: all that is left */
    @JsonNaming(SnakeCaseStrategy.class)
    record RefundRequest(@Nullable Long amountMinor, @Nullable String reason, @Nullable String idempotencyKey) {}

    /**
     * The key under which a call may be repeated.
     *
     * @throws MarketplaceException {@code invalid-field} (422)
     */
    static String key(@Nullable String inHeader, @Nullable String inBody) {
        if (inHeader != null && inBody != null && !inHeader.equals(inBody)) {
            throw MarketplaceException.invalid("idempotency_key", "differs from the Idempotency-Key header");
        }
        String key = Optional.ofNullable(inHeader).orElse(inBody);
        return Answers.required("idempotency_key", key);
    }
}
