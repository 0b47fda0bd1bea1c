package com.cloudnestle.marketplace.payment;

import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/** Money that goes from the merchant account to somebody else, e.g. a partner's share. Rules of {@link PaymentGateway} hold here, too. */
@ConsumerType
public interface Payouts {

    /**
     * Makes a recipient known to the provider. Moves nothing; made twice it does no harm, but only the answer that was kept may be
     * used with payouts.
     *
     * @return the provider's key of the recipient, to be kept
     */
    String register(Recipient recipient) throws GatewayException;

    /**
     * Sends money. The same {@link PayoutRequest#payoutId()} never pays twice: after an outcome that was not known it is called
     * again with the same request, and answers with what was made before.
     *
     * @throws GatewayException {@link GatewayException.Kind#DUPLICATE} or {@link GatewayException.Kind#INVALID_REQUEST}, as the
     *     provider has it, if the key was used for another request; nothing is sent then
     */
    PayoutSnapshot pay(PayoutRequest request) throws GatewayException;

    /** What the provider says of a payout now. */
    PayoutSnapshot fetch(PayoutRequest request, String providerPayoutId) throws GatewayException;

    /** Where money goes to. */
    sealed interface Destination permits BankAccount, UpiAddress {}

    /**
     * @param ifsc key of the branch, e.g. {@code HDFC0000053}
     * @param number of the account, 5 to 35 letters and digits
     */
    record BankAccount(String ifsc, String number) implements Destination {
        public BankAccount {
            if (!ifsc.matches("[A-Z]{4}0[A-Z0-9]{6}")) {
                throw new IllegalArgumentException("ifsc must be four letters, 0 and six letters or digits");
            }
            if (!number.matches("[A-Za-z0-9]{5,35}")) {
                throw new IllegalArgumentException("number must have 5 to 35 letters and digits");
            }
        }

        @Override
        public String toString() {
            return "BankAccount[]"; // nobody's business in a log
        }
    }

    /** @param address e.g. {@code partner@bank} */
    record UpiAddress(String address) implements Destination {
        public UpiAddress {
            if (!address.matches("[A-Za-z0-9._-]{2,256}@[A-Za-z][A-Za-z0-9]{1,63}")) {
                throw new IllegalArgumentException("address must be like name@bank");
            }
        }

        @Override
        public String toString() {
            return "UpiAddress[]";
        }
    }

    /**
     * @param recipientId the platform's key: 1 to 40 of {@code A-Z a-z 0-9 _ -}
     * @param name of the account's holder, 3 to 50 characters
     * @param email may be empty
     */
    record Recipient(String recipientId, String name, String email, Destination destination) {
        public Recipient {
            Objects.requireNonNull(email);
            Objects.requireNonNull(destination);
            if (!recipientId.matches("[A-Za-z0-9_-]{1,40}")) {
                throw new IllegalArgumentException("recipientId must be 1 to 40 of A-Z, a-z, 0-9, '_' and '-'");
            }
            if (name.length() < 3 || name.length() > 50) {
                throw new IllegalArgumentException("name must have 3 to 50 characters");
            }
        }

        @Override
        public String toString() {
            return "Recipient[" + recipientId + "]";
        }
    }

    /**
     * @param payoutId the platform's key: 4 to 36 of {@code A-Z a-z 0-9 _ -}, new for each payout
     * @param providerRecipientId of {@link #register}
     * @param narration shown on the recipient's statement: 1 to 30 letters, digits and spaces
     */
    record PayoutRequest(String payoutId, Recipient recipient, String providerRecipientId, Money amount, String narration) {
        public PayoutRequest {
            Objects.requireNonNull(recipient);
            Objects.requireNonNull(providerRecipientId);
            if (!payoutId.matches("[A-Za-z0-9_-]{4,36}")) {
                throw new IllegalArgumentException("payoutId must be 4 to 36 of A-Z, a-z, 0-9, '_' and '-'");
            }
            if (amount.minor() < 1) {
                throw new IllegalArgumentException("amount must be more than 0");
            }
            if (!narration.matches("[A-Za-z0-9 ]{1,30}")) {
                throw new IllegalArgumentException("narration must be 1 to 30 letters, digits and spaces");
            }
        }
    }

    /** @param failure the provider's code, for operators; may be empty */
    record PayoutSnapshot(String payoutId, String providerPayoutId, State state, Money amount, String failure) {
        public PayoutSnapshot {
            Objects.requireNonNull(payoutId);
            Objects.requireNonNull(providerPayoutId);
            Objects.requireNonNull(state);
            Objects.requireNonNull(amount);
            Objects.requireNonNull(failure);
        }
    }

    enum State {
        /** On its way, or waits for a balance, an approval or a bank. A new payout in its place might pay twice. */
        PENDING,
        PROCESSED,
        /** Nothing was sent, or it came back before it arrived: the money is in the merchant account. */
        FAILED,
        /** Came back after it was {@link #PROCESSED}. */
        REVERSED
    }
}
