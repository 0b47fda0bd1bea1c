package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import java.util.Optional;

/** Makes sessions of proofs. */
public interface SessionOpener {

    /**
     * @param proved the account as it was when the proof was checked: if what was proved counts no longer, there is no session
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code sign-in-refused} (401)
     */
    default NewSession open(StoredAccount proved, Method method, Client client) {
        return open(proved, method, client, Optional.empty());
    }

    /** @param deviceHash hash of the browser's device secret, where an earlier step saw it; empty: what the client says */
    NewSession open(StoredAccount proved, Method method, Client client, Optional<String> deviceHash);
}
