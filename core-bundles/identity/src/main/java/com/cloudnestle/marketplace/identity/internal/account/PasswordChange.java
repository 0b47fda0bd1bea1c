package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.internal.Errands;
import com.cloudnestle.marketplace.identity.internal.RandomSecret;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.identity.internal.password.PasswordPolicy;
import com.cloudnestle.marketplace.identity.internal.password.Passwords;
import com.cloudnestle.marketplace.identity.internal.password.TrialLimits;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Another password: by the present one, or by a code from a mail. Codes are kept as hashes, and one that was sent before the
 * password changed is worth nothing after.
 */
@Component(service = PasswordChange.class)
public final class PasswordChange {

    static final Duration CODE_VALID = Duration.ofMinutes(30);

    private static final String ACCOUNT = "accountId";

    /** What a change touches, so that the constructor stays readable. */
    @Component(service = Rules.class)
    public static final class Rules {
        private final Passwords passwords;
        private final PasswordPolicy policy;
        private final PasswordProof proof;
        private final TrialLimits limits;

        @Activate
        public Rules(@Reference Passwords passwords, @Reference PasswordPolicy policy, @Reference PasswordProof proof,
                @Reference TrialLimits limits) {
            this.passwords = passwords;
            this.policy = policy;
            this.proof = proof;
            this.limits = limits;
        }

        /**
         * The hash of an acceptable password.
         *
         * @param field name of the request's field, for the error
         */
        String accept(String field, String password, EmailAddress email) {
            policy.check(field, password, email);
            return passwords.hash(password);
        }
    }

    private final Store store;
    private final AccountItems accounts;
    private final Rules rules;
    private final PersonMails mails;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Executor errands;

    @Activate
    public PasswordChange(@Reference Store store, @Reference AccountItems accounts, @Reference Rules rules,
            @Reference PersonMails mails, @Reference AuditLog audit, @Reference InstantSource clock,
            @Reference Errands errands) {
        this.store = store;
        this.accounts = accounts;
        this.rules = rules;
        this.mails = mails;
        this.audit = audit;
        this.clock = clock;
        this.errands = errands;
    }

    /** Sets the password; sessions are the caller's matter. */
    void change(String accountId, String current, String replacement, Client client) {
        StoredAccount account = accounts.require(accountId);
        EmailAddress email = account.account().email();
        if (account.password().isPresent()) {
            // Who is signed in has this browser: strangers' trials elsewhere do not count against it.
            account = rules.proof.prove(email, current, client, Optional.of(accountId));
        }
        String hash = rules.accept("replacement", replacement, email);
        long epoch = account.epoch();
        StoredAccount after = accounts.change(accountId, now -> {
            if (now.epoch() != epoch) {
                throw Stored.signInRefused(); // somebody else changed it meanwhile
            }
            return now.withPassword(hash);
        });
        changed(after, client, "password");
    }

    void forgot(EmailAddress email, Client client) {
        rules.limits.mail(email, client);
        // Whether there is an account must not be told by the time this takes.
        errands.execute(() -> accounts.findByEmail(email).ifPresentOrElse(
                account -> sendCode(account),
                () -> mails.noAccount(email, Profile.languageOrEnglish(client.language()), CODE_VALID)));
    }

    private void sendCode(StoredAccount account) {
        String code = RandomSecret.next();
        store.put(new Item(key(code), Map.of(ACCOUNT, account.id(), StoredAccount.EPOCH, account.epoch(),
                Item.TTL, clock.instant().plus(CODE_VALID).getEpochSecond())));
        mails.reset(account.account(), code, CODE_VALID);
    }

    /** @return whose password it was; sessions are the caller's matter */
    String reset(String code, String replacement, Client client) {
        Item item = Optional.of(code)
                .filter(RandomSecret::wellFormed)
                .flatMap(text -> store.get(key(text)))
                .orElseThrow(Stored::codeInvalid);
        StoredAccount account = accounts.read(Stored.text(item, ACCOUNT)).orElseThrow(Stored::codeInvalid);
        long epoch = item.number(StoredAccount.EPOCH, -1);
        if (account.epoch() != epoch) {
            throw Stored.codeInvalid();
        }
        String hash = rules.accept("password", replacement, account.account().email());
        Optional<StoredAccount> after = accounts.change(account.id(), now -> {
            if (now.epoch() != epoch) {
                throw Stored.codeInvalid();
            }
            return now.withPassword(hash);
        }, List.of(new Write.Delete(item.key(), Condition.itemExists())));
        changed(after.orElseThrow(Stored::codeInvalid), client, "mail");
        return account.id();
    }

    private void changed(StoredAccount account, Client client, String by) {
        audit.append(account.id(), "account.password-changed", account.id(), Map.of("by", by));
        mails.passwordChanged(account.account(), client);
    }

    static Key key(String code) {
        return new Key(Table.SESSIONS, "reset#" + Sha256.hex(code), "code");
    }
}
