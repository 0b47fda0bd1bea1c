package com.cloudnestle.marketplace.dynamodb.local;

import java.time.Duration;

/** What {@link FaultProxy} does to one request. */
public sealed interface Fault {

    /** Forwards the request and hands back the reply. */
    Fault NONE = new Pass(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Forwards the request and closes the connection instead of replying: applied, but nobody is told. */
    Fault DROP_REPLY = new DropReply();

    /** Closes the connection without forwarding: not applied, but the sender cannot know. */
    Fault DROP_REQUEST = new DropRequest();

    /** Forwards the request twice, one after the other, and hands back the first reply. */
    Fault DUPLICATE = new Duplicate();

    /** Answers 500 without forwarding. */
    Fault INTERNAL_ERROR = new Answer(500, "com.amazonaws.dynamodb.v20120810#InternalServerError", "internal error", false);

    /** Forwards the request and answers 500 all the same. */
    Fault INTERNAL_ERROR_AFTER =
            new Answer(500, "com.amazonaws.dynamodb.v20120810#InternalServerError", "internal error", true);

    /** Answers as a table that is asked for more than it has. */
    Fault THROTTLE = new Answer(400,
            "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded.", false);

    /** Answers as the service does to credentials whose time is over. */
    Fault EXPIRED_TOKEN = new Answer(400, "com.amazon.coral.service#ExpiredTokenException",
            "The security token included in the request is expired", false);

    /** Answers as the service does to a caller who may not do this. */
    Fault ACCESS_DENIED = new Answer(400, "com.amazon.coral.service#AccessDeniedException",
            "User is not authorized to perform this action", false);

    /** The request waits before it is forwarded, even if the sender has left by then: it arrives late. */
    static Fault delayRequest(Duration delay) {
        return new Pass(delay, Duration.ZERO, Duration.ZERO);
    }

    /** The reply waits before it is handed back. */
    static Fault delayReply(Duration delay) {
        return new Pass(Duration.ZERO, delay, Duration.ZERO);
    }

    /** The reply's header {@code Date} is moved: how a server looks to a client whose clock is wrong. */
    static Fault shiftDate(Duration by) {
        return new Pass(Duration.ZERO, Duration.ZERO, by);
    }

    /** Another refusal, not forwarded; {@code type} as in {@code __type} of the service's errors. */
    static Fault answer(int status, String type, String message) {
        return new Answer(status, type, message, false);
    }

    record Pass(Duration before, Duration after, Duration dateShift) implements Fault {}

    record DropReply() implements Fault {}

    record DropRequest() implements Fault {}

    record Duplicate() implements Fault {}

    record Answer(int status, String type, String message, boolean forwarded) implements Fault {}
}
