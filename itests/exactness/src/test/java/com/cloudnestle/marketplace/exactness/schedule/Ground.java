package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import java.time.InstantSource;

/** What the nodes' store calls end in. One run after the other uses it. */
interface Ground {

    /** The shared store for one more run, with nothing in it, as the surroundings see it: nothing goes wrong there. */
    Store fresh(InstantSource clock);

    /** The same data as a node reaches it. */
    Store of(int node);

    /** Makes this fault happen to the node's next request, below its store; false if it cannot: the caller plays it then. */
    boolean make(int node, Fault fault);

    /** In memory; all faults are played above it. */
    static Ground inMemory() {
        return new Ground() {
            private Store present = new InMemoryStore(() -> Scenario.EVENING, true);

            @Override
            public Store fresh(InstantSource clock) {
                present = new InMemoryStore(clock, true);
                return present;
            }

            @Override
            public Store of(int node) {
                return present;
            }

            @Override
            public boolean make(int node, Fault fault) {
                return false;
            }
        };
    }
}
