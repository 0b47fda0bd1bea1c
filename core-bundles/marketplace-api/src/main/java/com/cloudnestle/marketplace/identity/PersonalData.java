package com.cloudnestle.marketplace.identity;

import org.osgi.annotation.versioning.ConsumerType;

/** Registered as a service by every bundle that keeps something of people, so that they can have it and have it erased. */
@ConsumerType
public interface PersonalData {

    /** Name of the part in an export, lower case with underscores, e.g. {@code entitlements}. */
    String name();

    /**
     * When its turn comes in an erasure: lower ones first. A part that looks at another one before that is gone has a lower
     * number.
     */
    default int turn() {
        return 100;
    }

    /** What is kept of this customer: JSON text, an object or an array; {@link PersonalJson} helps. */
    String export(String customerId);

    /** Erases it, or unties what must be kept from the person. Called again after a failure; erasing nothing is no error. */
    void erase(String customerId, String actor);
}
