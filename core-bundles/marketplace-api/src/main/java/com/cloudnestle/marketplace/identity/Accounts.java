package com.cloudnestle.marketplace.identity;

import com.cloudnestle.marketplace.identity.Account.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The accounts. Every change is audited and holds at once on this node. Methods that take an account's id fail with
 * {@code customer-unknown} (404) where there is none.
 */
@ProviderType
public interface Accounts {

    /** From memory for accounts asked for lately. */
    Optional<Account> find(String accountId);

    Optional<Account> findByEmail(EmailAddress email);

    /** Ordered by address, those that begin with {@code prefix} (normalised); at most {@code limit}, going on after {@code cursor}. */
    AccountPage list(String prefix, int limit, @Nullable String cursor);

    /**
     * @param name null leaves it
     * @param language null leaves it
     */
    Account update(String accountId, @Nullable String name, @Nullable String language);

    /**
     * Sets another password, ends all other sessions and tells the person by mail.
     *
     * @param current the present one; ignored if the account has none
     * @param keepSession id of the session that goes on
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code sign-in-refused} (401) if {@code current} is wrong,
     *     {@code invalid-field} (422) if the new one is too weak, {@code too-many-requests} (429)
     */
    void changePassword(String accountId, String current, String replacement, String keepSession, Client client);

    /** Sends a link for a new password; answers alike, and in the same time, whether there is such an account or not. */
    void forgotPassword(EmailAddress email, Client client);

    /**
     * Sets a new password and ends all sessions.
     *
     * @param code from the link in the mail, used up by this
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code code-invalid} (410), {@code invalid-field} (422):
     *     the code is not used up then
     */
    void resetPassword(String code, String replacement, Client client);

    /** The last administrator cannot be taken away: {@code conflict} (409). */
    Account setRoles(String accountId, Set<Role> roles, String actor);

    /**
     * Suspends or lets in again. Suspending ends all sessions; tokens and keys of the person are refused while it lasts, see
     * {@link Suspensions}.
     */
    Account setSuspended(String accountId, boolean suspended, String actor);

    /** All that is kept of a person, as JSON: this bundle's own and that of every {@link PersonalData}. */
    String export(String accountId);

    /**
     * Erases a person: sessions, ways to sign in, tokens and keys end at once; what the law wants kept stays without name
     * and address. The address is free again. An erasure that is cut off is taken up by itself.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code conflict} (409) for the last administrator,
     *     {@code store-unavailable} (503) while a bundle is not running that keeps something of people; nothing is erased then
     */
    void delete(String accountId, String actor);

    record AccountPage(List<Account> accounts, Optional<String> cursor) {
        public AccountPage {
            accounts = List.copyOf(accounts);
        }
    }
}
