package com.cloudnestle.marketplace.gateway.razorpay.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which requests go wrong. */
final class Disturbance {

    private @Nullable Trouble trouble;
    private int left;
    private boolean acted;
    private String only = "";

    /** @param call method and path of what goes wrong; empty: everything does */
    synchronized void begin(Trouble next, int requests, String call) {
        only = call;
        trouble = next;
        left = requests;
        acted = false;
    }

    /** Whether something is going to be met with silence. */
    synchronized boolean keepsSilence() {
        return trouble == Trouble.SILENCE && left > 0;
    }

    synchronized void end() {
        trouble = null;
        left = 0;
    }

    /** @param look whether the request looks for what is there already: that is spared as long as nothing was asked for that does something */
    synchronized Optional<Trouble> next(String call, boolean look, boolean does) {
        if (trouble == null || left == 0 || look && !acted || !only.isEmpty() && !only.equals(call)) {
            return Optional.empty();
        }
        acted |= does;
        left--;
        return Optional.of(trouble);
    }
}
