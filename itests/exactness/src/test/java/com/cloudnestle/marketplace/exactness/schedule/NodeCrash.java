package com.cloudnestle.marketplace.exactness.schedule;

/** Ends what runs on a node that is no more. An error, so that no code under test takes it for a failure of the store. */
final class NodeCrash extends Error {

    private static final long serialVersionUID = 1L;

    NodeCrash() {
        super("the node is no more", null, false, false);
    }
}
