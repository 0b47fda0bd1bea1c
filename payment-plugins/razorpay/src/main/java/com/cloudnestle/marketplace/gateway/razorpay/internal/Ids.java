package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import java.util.regex.Pattern;

/** Keys as Razorpay writes them. What else a browser or a record brings never gets into an address or under a signature. */
final class Ids {

    static final String ORDER = "order_";
    static final String PAYMENT = "pay_";
    static final String LINK = "plink_";
    static final String SUBSCRIPTION = "sub_";
    static final String REFUND = "rfnd_";
    static final String CONTACT = "cont_";
    static final String RECIPIENT = "fa_";
    static final String PAYOUT = "pout_";

    private static final Pattern REST = Pattern.compile("[A-Za-z0-9]{1,40}");

    private Ids() {}

    static boolean is(String prefix, String id) {
        return id.startsWith(prefix) && REST.matcher(id.substring(prefix.length())).matches();
    }

    /** @throws GatewayException {@code INVALID_REQUEST} */
    static String require(String prefix, String id) throws GatewayException {
        if (!is(prefix, id)) {
            throw new GatewayException(Kind.INVALID_REQUEST, "not a key of Razorpay that begins with " + prefix);
        }
        return id;
    }
}
