package com.cloudnestle.marketplace.gateway.razorpay.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A text that stays out of logs. */
record Secret(String value) {

    @Override
    public String toString() {
        return "Secret[]";
    }

    /**
     * What webhooks are signed with. Razorpay signs a notification that is repeated, by itself for a day or by hand for 15, with the
     * secret of the day it was first sent, so secrets before the present one count for a while.
     *
     * @param before each with the moment it ends at
     */
    record OfWebhooks(Secret current, List<Ending> before) {
        OfWebhooks {
            before = List.copyOf(before);
        }

        /** Which secret the signature is made with; every one is tried, so the time tells nothing of them. */
        Optional<Secret> signer(byte[] body, String signature, Instant now) {
            List<Secret> valid = new ArrayList<>(List.of(current));
            before.stream().filter(ending -> now.isBefore(ending.until())).map(Ending::secret).forEach(valid::add);
            Secret found = null;
            for (Secret each : valid) {
                if (Signatures.same(Signatures.sign(body, each.value()), signature)) {
                    found = each;
                }
            }
            return Optional.ofNullable(found);
        }
    }

    record Ending(Secret secret, Instant until) {}
}
