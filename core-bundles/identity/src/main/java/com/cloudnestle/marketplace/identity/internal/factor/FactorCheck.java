package com.cloudnestle.marketplace.identity.internal.factor;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.SignIn.Factor;
import com.cloudnestle.marketplace.identity.internal.Errands;
import com.cloudnestle.marketplace.identity.internal.account.AccountItems;
import com.cloudnestle.marketplace.identity.internal.account.PersonMails;
import com.cloudnestle.marketplace.notification.SecurityChange;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The second step of a sign-in. Tries are the caller's to count. */
@Component(service = FactorCheck.class)
public final class FactorCheck {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{6}");
    private static final int MAX_LENGTH = 40;

    private final FactorItems items;
    private final PasskeyOwners passkeys;
    private final AccountItems accounts;
    private final PersonMails mails;
    private final AuditLog audit;
    private final Executor errands;

    @Activate
    public FactorCheck(@Reference FactorItems items, @Reference PasskeyOwners passkeys, @Reference AccountItems accounts,
            @Reference PersonMails mails, @Reference AuditLog audit, @Reference Errands errands) {
        this.items = items;
        this.passkeys = passkeys;
        this.accounts = accounts;
        this.mails = mails;
        this.audit = audit;
        this.errands = errands;
    }

    /** What may stand in for the second step. */
    public Set<Factor> of(String accountId) {
        Set<Factor> factors = EnumSet.of(Factor.AUTHENTICATOR);
        if (items.recoveryCodesLeft(accountId) > 0) {
            factors.add(Factor.RECOVERY_CODE);
        }
        if (passkeys.owns(accountId)) {
            factors.add(Factor.PASSKEY);
        }
        return factors;
    }

    /** Uses a code up, if it is one. */
    public boolean check(String accountId, String code, Client client) {
        if (code.length() > MAX_LENGTH) {
            return false;
        }
        String plain = code.replaceAll("[\\s-]", "");
        if (DIGITS.matcher(plain).matches()) {
            return items.useCode(accountId, plain);
        }
        if (!items.useRecoveryCode(accountId, plain)) {
            return false;
        }
        int left = items.recoveryCodesLeft(accountId);
        audit.append(accountId, "factor.recovery-code-used", accountId, Map.of("left", Integer.toString(left)));
        errands.execute(() -> accounts.find(accountId).ifPresent(account ->
                mails.securityChanged(account.account(), SecurityChange.RECOVERY_CODE_USED.what(Integer.toString(left)), client)));
        return true;
    }
}
