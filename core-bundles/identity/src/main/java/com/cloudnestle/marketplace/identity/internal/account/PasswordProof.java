package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.identity.internal.password.Passwords;
import com.cloudnestle.marketplace.identity.internal.password.TrialLimits;
import com.cloudnestle.marketplace.identity.internal.password.TrialLimits.Trial;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether somebody knows the password of an account. Does the same work for every answer. Thread-safe. */
@Component(service = PasswordProof.class)
public final class PasswordProof {

    private final AccountItems accounts;
    private final Passwords passwords;
    private final TrialLimits limits;

    @Activate
    public PasswordProof(@Reference AccountItems accounts, @Reference Passwords passwords, @Reference TrialLimits limits) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.limits = limits;
    }

    /**
     * @param knownDevice as {@link TrialLimits#password}
     * @return the account as it was when its password was right, and not suspended
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code sign-in-refused} (401),
     *     {@code too-many-requests} (429)
     */
    public StoredAccount prove(EmailAddress email, String password, Client client, Optional<String> knownDevice) {
        Trial trial = limits.password(email, client, knownDevice);
        Optional<StoredAccount> account = accounts.findByEmail(email);
        boolean right = passwords.verify(password, account.flatMap(StoredAccount::password));
        if (!right || account.isEmpty() || account.get().account().suspended()) {
            throw Stored.signInRefused();
        }
        trial.giveBack();
        return upToDate(account.get(), password);
    }

    private StoredAccount upToDate(StoredAccount account, String password) {
        String phc = account.password().orElseThrow();
        if (!passwords.outdated(phc)) {
            return account;
        }
        String better = passwords.hash(password);
        // Not if the password was changed meanwhile.
        return accounts.change(account.id(), now -> now.password().equals(account.password()) ? now.withHash(better) : now);
    }
}
