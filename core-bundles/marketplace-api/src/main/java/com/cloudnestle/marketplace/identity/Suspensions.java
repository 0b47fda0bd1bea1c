package com.cloudnestle.marketplace.identity;

import org.osgi.annotation.versioning.ProviderType;

/** Whose account is suspended. Asked with every decision, so it answers from memory. Thread-safe. */
@ProviderType
public interface Suspensions {

    /**
     * True at once on the node where the account was suspended, on others within two seconds; false again likewise. A store
     * that does not answer leaves others' changes unseen until it does.
     *
     * @param customerId also of a customer without an account, who never is
     */
    boolean suspended(String customerId);
}
