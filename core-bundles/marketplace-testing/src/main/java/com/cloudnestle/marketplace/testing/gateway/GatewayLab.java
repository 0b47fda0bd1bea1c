package com.cloudnestle.marketplace.testing.gateway;

import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.ReturnProof;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A gateway under trial and the levers of the provider behind it, which is no real one: nothing here may reach a network beyond this
 * machine or move money. The author of a gateway implements it, best over a server that answers as the provider's does, with the
 * gateway configured against its address and with short timeouts (2 seconds at most).
 *
 * <p>Payments are named by the platform's key, refunds too; every key in here is one that the trial gave to the gateway before. What a
 * lab cannot do it leaves out of {@link #deeds()}, {@link #faults()} and {@link #signers()}: the cases that need it are then told as
 * not applicable. Called by one thread at a time, but not always the same.
 */
@ConsumerType
public interface GatewayLab extends AutoCloseable {

    /** The gateway under trial, always the same. */
    PaymentGateway gateway();

    /** The moment it is for gateway and provider. */
    Instant now();

    /** What must never be seen in messages, logs or browsers: keys, passwords, secrets of notifications, access tokens. */
    List<String> secrets();

    /** What can happen to payments here; at least {@link Deed#PAY} and {@link Deed#FAIL}. */
    Set<Deed> deeds();

    /**
     * Makes something happen at the provider, as buyers, banks and time do. The provider notifies as it would.
     *
     * @param key of the payment, or of the refund for deeds that are about refunds
     */
    void happen(Deed deed, String key);

    /** What can go wrong on the way to this provider and back. */
    Set<Fault> faults();

    /**
     * From now on the given number of requests goes wrong: those that open, ask for or give back something. Requests for access tokens
     * are neither disturbed nor counted, nor is a look for what is there already that precedes the request which opens or gives back.
     *
     * @param requests how many, at least 1
     */
    void disturb(Fault fault, int requests);

    /** Ends every disturbance. */
    void calm();

    /** How many payments of this key the provider has that can be, or were, paid: whatever went wrong, never two. */
    int orders(String paymentId);

    /** What the provider gives back, or gave, of a payment: one amount for each refund it made and did not fail with. */
    List<Money> refunds(String paymentId);

    /** What the buyer's browser brings back after the last {@link Deed#PAY} of this payment; none where the provider hands over nothing. */
    default ReturnProof proof(String paymentId) {
        return ReturnProof.none();
    }

    /**
     * Every notification of the payment and its refunds so far, oldest first, as it came over the wire; the lab delivers none of them.
     * Empty if this provider notifies of nothing.
     */
    List<RawWebhook> notifications(String paymentId);

    /** Whose signature a lab can make. */
    Set<Signer> signers();

    /** A notification with this very body and the headers that the signer would send with it. */
    RawWebhook signed(Signer signer, byte[] body);

    /** Names in lower case of the headers that {@link #signed} proves the origin with; all others can be written by anybody. */
    Set<String> signatureHeaders();

    /** How many requests followed {@link Fault#REDIRECT} to where it pointed. */
    default int redirectsFollowed() {
        return 0;
    }

    /** What the gateway wrote into its log so far; empty if that cannot be seen here. */
    default List<String> logged() {
        return List.of();
    }

    @Override
    default void close() {}

    /** What happens to payments and refunds. */
    enum Deed {
        /** The buyer pays, and the provider collects. */
        PAY,
        /** The buyer's bank promises; the provider has not collected. */
        AUTHORIZE,
        /** The buyer tries, and it fails: for this payment if the provider knows of no further attempt, else for the attempt. */
        FAIL,
        /** After {@link #FAIL} the money comes all the same. */
        PAY_LATE,
        /** Time is over; nobody paid. */
        EXPIRE,
        /** The provider collects one minor unit less than asked for. */
        PAY_LESS,
        /** The provider collects one minor unit more than asked for. */
        PAY_MORE,
        /** The provider collects the same number of another currency. */
        PAY_OTHER_CURRENCY,
        /** The provider forgets that there is such a payment. */
        FORGET,
        /** A refund that waits is carried out. */
        REFUND_PROCESSED,
        /** A refund that waits fails. */
        REFUND_FAILED
    }

    /** What goes wrong with a request or its reply. */
    enum Fault {
        /** Nobody listens: not a byte arrives. */
        REFUSED,
        /** The provider does what was asked for, and the connection ends before a reply. */
        REPLY_LOST,
        /** The provider does nothing, and the connection ends before a reply. */
        REQUEST_LOST,
        /** The provider does what was asked for and answers with a status of 5xx and something that is no document of its usual kind. */
        ERROR_AFTER,
        /** The provider does nothing and answers the same. */
        ERROR_BEFORE,
        /** The provider does what was asked for; the reply has status 200 and bytes that mean nothing. */
        GARBAGE,
        /** The provider does what was asked for; the reply has status 200 and no body. */
        EMPTY,
        /** The provider does what was asked for; the reply has status 200 and stops in the middle of the document. */
        CUT_SHORT,
        /** The provider does nothing and sends status 429 with {@code Retry-After: 7}. */
        TOO_MANY,
        /** The provider does nothing and says that it does not know the credentials. */
        NOT_KNOWN,
        /** The provider does nothing and sends the client to another place. */
        REDIRECT,
        /** The provider does nothing, and nothing comes for longer than the gateway waits. */
        SILENCE,
        /** The provider does what was asked for; the reply names a state that is in no documentation. */
        UNKNOWN_STATE,
        /** The provider does what was asked for; the reply has members, and lists of them, that are in no documentation. */
        UNKNOWN_MEMBERS,
        /** The provider does what was asked for; the reply tells another amount. */
        OTHER_AMOUNT,
        /** The provider does what was asked for; the reply tells another currency. */
        OTHER_CURRENCY,
        /** The provider does what was asked for; the reply tells another merchant account. */
        OTHER_ACCOUNT,
        /** The provider does what was asked for; the reply is about another payment. */
        OTHER_PAYMENT
    }

    /** Who signs a notification. */
    enum Signer {
        /** The provider, with the secret of today. */
        PROVIDER,
        /** The provider, with a secret that was replaced and is still taken. */
        PROVIDER_BEFORE,
        /** Somebody with a secret that was replaced and is no longer taken. */
        OUTDATED,
        /** Somebody who uses the secret of calls to the provider instead of that of notifications. */
        WRONG_SECRET,
        /** The provider, on behalf of another merchant. */
        OTHER_ACCOUNT,
        /** Somebody who knows no secret. */
        STRANGER
    }
}
