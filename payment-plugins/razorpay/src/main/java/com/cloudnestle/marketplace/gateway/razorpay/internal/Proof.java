package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import java.util.Map;
import java.util.Optional;

/** What Razorpay gives to browsers, as some browser says. */
record Proof(Map<String, String> parameters) {

    private static final String PREFIX = "razorpay_";

    /** Whether the browser brought nothing that could prove something, as after the page was closed. */
    boolean isEmpty() {
        return parameters.keySet().stream().noneMatch(name -> name.startsWith(PREFIX));
    }

    /** The attempt, with a key that can be asked for. */
    String paymentId() throws GatewayException {
        return value("payment_id").filter(id -> Ids.is(Ids.PAYMENT, id)).orElseThrow(Proof::invalid);
    }

    /** @param name without {@code razorpay_} */
    Optional<String> value(String name) {
        return Optional.ofNullable(parameters.get(PREFIX + name)).filter(value -> !value.isEmpty());
    }

    /** The browser may repeat our key of the payment at Razorpay, but not bring another one. */
    void refuseOther(String name, String own) throws GatewayException {
        if (value(name).filter(given -> !given.equals(own)).isPresent()) {
            throw new GatewayException(Kind.MISMATCH, "the browser came back with the proof of another payment");
        }
    }

    void requireSignature(String expected) throws GatewayException {
        if (!Signatures.same(expected, value("signature").orElse(""))) {
            throw invalid();
        }
    }

    private static GatewayException invalid() {
        return new GatewayException(Kind.SIGNATURE_INVALID, "what the browser came back with is not signed by Razorpay for this payment");
    }

    @Override
    public String toString() {
        return "Proof" + parameters.keySet();
    }
}
