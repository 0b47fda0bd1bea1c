package com.cloudnestle.marketplace.identity.internal.factor;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.PersonalData;
import com.cloudnestle.marketplace.identity.PersonalJson;
import com.cloudnestle.marketplace.identity.SecondFactors;
import com.cloudnestle.marketplace.identity.internal.account.AccountItems;
import com.cloudnestle.marketplace.identity.internal.account.PersonMails;
import com.cloudnestle.marketplace.identity.internal.password.TrialLimits;
import com.cloudnestle.marketplace.identity.internal.password.TrialLimits.Trial;
import com.cloudnestle.marketplace.notification.SecurityChange;
import com.cloudnestle.marketplace.store.Write;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Authenticators and recovery codes in the store. */
@Component(service = {SecondFactors.class, PersonalData.class})
public final class StoredSecondFactors implements SecondFactors, PersonalData {

    private static final String ISSUER = "CloudNestle Marketplace";

    private final FactorItems items;
    private final AccountItems accounts;
    private final TrialLimits limits;
    private final PersonMails mails;
    private final AuditLog audit;

    @Activate
    public StoredSecondFactors(@Reference FactorItems items, @Reference AccountItems accounts, @Reference TrialLimits limits,
            @Reference PersonMails mails, @Reference AuditLog audit) {
        this.items = items;
        this.accounts = accounts;
        this.limits = limits;
        this.mails = mails;
        this.audit = audit;
    }

    @Override
    public Enrolment begin(String accountId) {
        Account account = accounts.require(accountId).account();
        String secret = Totp.base32(items.begin(accountId));
        String uri = "otpauth://totp/" + encoded(ISSUER) + ":" + encoded(account.email().value()) + "?secret=" + secret
                + "&issuer=" + encoded(ISSUER) + "&algorithm=SHA1&digits=6&period=" + Totp.PERIOD_SECONDS;
        return new Enrolment(secret, uri);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public List<String> confirm(String accountId, String code, Client client) {
        accounts.require(accountId);
        if (!items.begun(accountId)) {
            throw conflict("Nothing was begun, or too long ago; begin again.");
        }
        Trial trial = limits.code(accountId);
        List<String> recovery = FactorItems.newRecoveryCodes();
        Write confirmation = items.confirmation(accountId, code.replaceAll("\\s", ""), recovery)
                .orElseThrow(() -> MarketplaceException.invalid("code", "is not the code the authenticator shows now"));
        Account account = accounts.change(accountId, now -> now.withSecondFactor(true), List.of(confirmation))
                .orElseThrow(() -> conflict("It was begun again meanwhile."))
                .account();
        trial.giveBack();
        changed(account, "factor.authenticator-added", SecurityChange.AUTHENTICATOR_ADDED, client);
        return recovery;
    }

    @Override
    public List<String> renewRecoveryCodes(String accountId, Client client) {
        Account account = accounts.require(accountId).account();
        List<String> codes = FactorItems.newRecoveryCodes();
        if (!items.replaceRecoveryCodes(accountId, codes)) {
            throw conflict("There is no authenticator app that they could stand in for.");
        }
        changed(account, "factor.recovery-codes-renewed", SecurityChange.RECOVERY_CODES_RENEWED, client);
        return codes;
    }

    @Override
    public int recoveryCodesLeft(String accountId) {
        return items.recoveryCodesLeft(accountId);
    }

    @Override
    public void remove(String accountId, Client client) {
        accounts.require(accountId);
        if (!items.enrolled(accountId)) {
            return;
        }
        accounts.change(accountId, now -> now.withSecondFactor(false), List.of(items.removal(accountId)))
                .ifPresent(account ->
                        changed(account.account(), "factor.authenticator-removed", SecurityChange.AUTHENTICATOR_REMOVED, client));
    }

    private void changed(Account account, String event, SecurityChange change, Client client) {
        audit.append(account.id(), event, account.id(), Map.of());
        mails.securityChanged(account, change.what(), client);
    }

    @Override
    public String name() {
        return "second_factors";
    }

    @Override
    public String export(String customerId) {
        return new PersonalJson()
                .bool("authenticator", items.enrolled(customerId))
                .json("recovery_codes_left", Integer.toString(items.recoveryCodesLeft(customerId)))
                .toString();
    }

    @Override
    public void erase(String customerId, String actor) {
        items.erase(customerId);
    }

    private static MarketplaceException conflict(String detail) {
        return new MarketplaceException(Problem.CONFLICT, detail);
    }
}
