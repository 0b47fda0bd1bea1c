package com.cloudnestle.marketplace.notification.internal;

/** What became of one attempt. Reasons are short words of ours and reply codes, never the text of a mail server. */
sealed interface Delivery {

    /** Somebody else is responsible for the mail now. */
    record Accepted() implements Delivery {}

    /** It will never be taken, however often it is tried. */
    record Refused(String reason) implements Delivery {}

    /** It may be taken later; also when it is not known whether it was taken. */
    record Deferred(String reason) implements Delivery {}

    /** Not a matter of this mail: none would be taken now. */
    record Down(String reason) implements Delivery {}
}
