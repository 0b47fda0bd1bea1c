package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.store.Write;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes accounts of verified addresses. */
@Component(service = NewAccounts.class)
public final class NewAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(NewAccounts.class);

    /** What an account will say. */
    public record Draft(EmailAddress email, String name, String language, Optional<String> password) {
        @Override
        public String toString() {
            return "Draft[]";
        }
    }

    private final AccountItems accounts;
    private final AuditLog audit;
    private final PersonMails mails;
    private final InstantSource clock;

    @Activate
    public NewAccounts(@Reference AccountItems accounts, @Reference AuditLog audit, @Reference PersonMails mails,
            @Reference InstantSource clock) {
        this.accounts = accounts;
        this.audit = audit;
        this.mails = mails;
        this.clock = clock;
    }

    static Draft draft(EmailAddress email, String name, String language, Optional<String> password) {
        return new Draft(email, name, language, password);
    }

    boolean exists(EmailAddress email) {
        return accounts.findByEmail(email).isPresent();
    }

    /**
     * Takes the customer with this address over, if there is one.
     *
     * @return empty if the address has an account or a condition of {@code others} failed
     */
    Optional<StoredAccount> make(Draft draft, Set<Role> roles, List<Write> others) {
        Customer customer = accounts.customer(draft.email());
        StoredAccount account = StoredAccount.made(customer.id(), draft.email(), draft.name(), draft.language(),
                draft.password(), Stored.now(clock)).withRoles(roles);
        if (!accounts.create(account, others)) {
            return Optional.empty();
        }
        audit.append(account.id(), "account.made", account.id(),
                Map.of("roles", roles.stream().map(Enum::name).sorted().toList().toString()));
        LOG.info("event=account_made account={} roles={}", account.id(), roles);
        return Optional.of(account);
    }

    /** The account with an address that somebody else verified, made if there is none. */
    public StoredAccount of(EmailAddress verified, String name, String language) {
        return accounts.findByEmail(verified)
                .or(() -> welcomed(make(draft(verified, Profile.nameOrNone(name), Profile.languageOrEnglish(language),
                        Optional.empty()), Set.of(Role.CUSTOMER), List.of())))
                .or(() -> accounts.findByEmail(verified)) // somebody was faster
                .orElseThrow(Stored::contested);
    }

    private Optional<StoredAccount> welcomed(Optional<StoredAccount> account) {
        account.ifPresent(made -> mails.welcome(made.account()));
        return account;
    }
}
