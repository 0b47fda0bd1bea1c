package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import com.cloudnestle.marketplace.identity.SignUp;
import com.cloudnestle.marketplace.identity.internal.Errands;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.identity.internal.account.PendingSignUps.Begun;
import com.cloudnestle.marketplace.identity.internal.password.Passwords;
import com.cloudnestle.marketplace.identity.internal.password.TrialLimits;
import com.cloudnestle.marketplace.identity.internal.password.TrialLimits.Trial;
import com.cloudnestle.marketplace.platform.FirstStartNotices;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreAtStart;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Sign-ups that wait in the store. Whether an address has an account is found out only after the answer, by an errand, and
 * told only by the mail.
 */
@Component(immediate = true)
public final class StoredSignUp implements SignUp {

    private final PendingSignUps pending;
    private final NewAccounts made;
    private final PasswordChange.Rules rules;
    private final Passwords passwords;
    private final TrialLimits limits;
    private final PersonMails mails;
    private final SessionOpener sessions;
    private final SetupCode setup;
    private final Executor errands;

    @Activate
    public StoredSignUp(@Reference Store store, @Reference AccountItems accounts, @Reference PendingSignUps pending,
            @Reference NewAccounts made, @Reference PasswordChange.Rules rules, @Reference Passwords passwords,
            @Reference TrialLimits limits, @Reference PersonMails mails, @Reference SessionOpener sessions,
            @Reference FirstStartNotices notices, @Reference Links links, @Reference Errands errands) {
        setup = new SetupCode(store, accounts);
        this.pending = pending;
        this.made = made;
        this.rules = rules;
        this.passwords = passwords;
        this.limits = limits;
        this.mails = mails;
        this.sessions = sessions;
        this.errands = errands;
        StoreAtStart.ask(() -> {
            setup.tell(notices, links);
            return true;
        });
    }

    @Override
    public Pending begin(Request request, Client client) {
        Request checked = checked(request);
        limits.mail(checked.email(), client);
        Begun begun = pending.begin(checked, rules.accept("password", checked.password(), checked.email()));
        errands.execute(() -> send(begun.signUp(), begun.codes()));
        return new Pending(begun.secret(), begun.signUp().expiresAt());
    }

    private static Request checked(Request request) {
        return new Request(request.email(), request.password(), Profile.name(request.name()),
                Profile.language(request.language()), request.visit());
    }

    private void send(PendingSignUp signUp, SignUpCodes codes) {
        if (made.exists(signUp.email())) {
            mails.accountExists(signUp.email(), signUp.language(), PendingSignUps.VALID);
        } else {
            mails.verify(signUp.email(), signUp.language(), codes, PendingSignUps.VALID);
        }
    }

    @Override
    public Confirmed confirm(String code, Proof proof, Client client) {
        Trial trial = limits.code(client);
        PendingSignUp signUp = found(code, proof).orElseThrow(Stored::codeInvalid);
        if (!pending.mayTry(signUp) || !signUp.hasCode(code) || !proven(signUp, proof)) {
            throw Stored.codeInvalid();
        }
        StoredAccount account = made.make(NewAccounts.draft(signUp.email(), signUp.name(), signUp.language(),
                        Optional.of(signUp.password())), Set.of(Role.CUSTOMER), pending.end(signUp))
                .orElseThrow(Stored::codeInvalid); // used meanwhile, or the address got an account in another way
        trial.giveBack();
        errands.execute(() -> mails.welcome(account.account()));
        return new Confirmed(sessions.open(account, Method.SIGN_UP, client), account.account(), signUp.visit());
    }

    private Optional<PendingSignUp> found(String code, Proof proof) {
        return proof instanceof Proof.PendingSecret browser ? pending.bySecret(browser.secret()) : pending.byLink(code);
    }

    private boolean proven(PendingSignUp signUp, Proof proof) {
        // The secret is what the sign-up was found by.
        return !(proof instanceof Proof.Password own) || passwords.verify(own.password(), Optional.of(signUp.password()));
    }

    @Override
    public void resend(String pendingSecret, Client client) {
        pending.bySecret(pendingSecret).ifPresent(signUp -> {
            limits.mail(signUp.email(), client);
            errands.execute(() -> pending.renew(signUp).ifPresent(codes -> send(signUp, codes)));
        });
    }

    @Override
    public boolean setupOpen() {
        return setup.open();
    }

    @Override
    public Confirmed setUp(String setupCode, Request request, Client client) {
        Trial trial = limits.code(client);
        if (!setup.accepts(setupCode)) {
            throw Stored.codeInvalid();
        }
        Request checked = checked(request);
        String hash = rules.accept("password", checked.password(), checked.email());
        if (made.exists(checked.email())) {
            throw new MarketplaceException(Problem.CONFLICT, "This address has an account already; take another one.");
        }
        StoredAccount account = made.make(NewAccounts.draft(checked.email(), checked.name(), checked.language(), Optional.of(hash)),
                        Set.of(Role.CUSTOMER, Role.ADMIN), List.of(setup.use(setupCode)))
                .orElseThrow(Stored::codeInvalid);
        trial.giveBack();
        return new Confirmed(sessions.open(account, Method.SETUP, client), account.account(), checked.visit());
    }
}
