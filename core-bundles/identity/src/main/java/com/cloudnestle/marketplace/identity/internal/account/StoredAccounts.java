package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accounts in the store. */
@Component
public final class StoredAccounts implements Accounts {

    private static final Logger LOG = LoggerFactory.getLogger(StoredAccounts.class);
    private static final int MAX_ADDRESS = 254;

    private final AccountItems items;
    private final PasswordChange passwords;
    private final Sessions sessions;
    private final Farewell farewell;
    private final AuditLog audit;

    @Activate
    public StoredAccounts(@Reference AccountItems items, @Reference PasswordChange passwords, @Reference Sessions sessions,
            @Reference Farewell farewell, @Reference AuditLog audit) {
        this.items = items;
        this.passwords = passwords;
        this.sessions = sessions;
        this.farewell = farewell;
        this.audit = audit;
    }

    @Override
    public Optional<Account> find(String accountId) {
        return items.find(accountId).map(StoredAccount::account);
    }

    @Override
    public Optional<Account> findByEmail(EmailAddress email) {
        return items.findByEmail(email).map(StoredAccount::account);
    }

    @Override
    public AccountPage list(String prefix, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > 1000) {
            throw MarketplaceException.invalid("limit", "must be 1 to 1000");
        }
        String wanted = Normalizer.normalize(prefix.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        if (wanted.length() > MAX_ADDRESS || !StandardCharsets.UTF_8.newEncoder().canEncode(wanted)) {
            return new AccountPage(List.of(), Optional.empty()); // no address begins like this
        }
        Page page = items.list(wanted, limit, cursor);
        return new AccountPage(
                page.items().stream().map((Item item) -> StoredAccount.of(item).account()).toList(), page.cursor());
    }

    @Override
    public Account update(String accountId, @Nullable String name, @Nullable String language) {
        String newName = name == null ? null : Profile.name(name);
        String newLanguage = language == null ? null : Profile.language(language);
        Account after = items.change(accountId, before -> before.withProfile(
                newName == null ? before.account().name() : newName,
                newLanguage == null ? before.account().language() : newLanguage)).account();
        audit.append(accountId, "account.changed", accountId, Map.of());
        return after;
    }

    @Override
    public void changePassword(String accountId, String current, String replacement, String keepSession, Client client) {
        passwords.change(accountId, current, replacement, client);
        sessions.endAll(accountId, keepSession, accountId);
    }

    @Override
    public void forgotPassword(EmailAddress email, Client client) {
        passwords.forgot(email, client);
    }

    @Override
    public void resetPassword(String code, String replacement, Client client) {
        String accountId = passwords.reset(code, replacement, client);
        sessions.endAll(accountId, "", accountId);
    }

    @Override
    public Account setRoles(String accountId, Set<Role> roles, String actor) {
        if (!roles.contains(Role.CUSTOMER)) {
            throw MarketplaceException.invalid("roles", "must contain CUSTOMER");
        }
        Account after = items.change(accountId, before -> before.withRoles(roles)).account();
        audit.append(actor, "account.roles-changed", accountId, Map.of("roles", new TreeSet<>(roles).toString()));
        LOG.info("event=account_roles_changed account={} roles={}", accountId, roles);
        return after;
    }

    @Override
    public Account setSuspended(String accountId, boolean suspended, String actor) {
        Account after = items.change(accountId,
                before -> before.account().suspended() == suspended ? before : before.withSuspended(suspended)).account();
        if (suspended) {
            sessions.endAll(accountId, "", actor);
        }
        audit.append(actor, suspended ? "account.suspended" : "account.readmitted", accountId, Map.of());
        LOG.info("event=account_suspension account={} suspended={}", accountId, suspended);
        return after;
    }

    @Override
    public String export(String accountId) {
        return farewell.export(items.require(accountId));
    }

    @Override
    public void delete(String accountId, String actor) {
        farewell.erase(items.require(accountId), actor);
    }
}
