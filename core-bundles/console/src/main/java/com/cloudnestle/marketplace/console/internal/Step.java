package com.cloudnestle.marketplace.console.internal;

import org.jspecify.annotations.Nullable;

/**
 * One line of the checklist of {@code market:why}.
 *
 * @param check what was looked at
 * @param detail what was found
 * @param next what to do about it; null if nothing
 */
record Step(String check, State state, String detail, @Nullable String next) {

    enum State {
        OK,
        /** Worth knowing, but no reason for a refusal. */
        NOTE,
        /** Calls are refused because of this. */
        FAILED
    }

    static Step ok(String check, String detail) {
        return new Step(check, State.OK, detail, null);
    }

    static Step note(String check, String detail, @Nullable String next) {
        return new Step(check, State.NOTE, detail, next);
    }

    static Step failed(String check, String detail, String next) {
        return new Step(check, State.FAILED, detail, next);
    }

    boolean failed() {
        return state == State.FAILED;
    }
}
