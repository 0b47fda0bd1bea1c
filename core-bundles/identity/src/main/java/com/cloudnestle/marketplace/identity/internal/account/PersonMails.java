package com.cloudnestle.marketplace.identity.internal.account;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.internal.RandomSecret;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.notification.Mail.Kind;
import com.cloudnestle.marketplace.notification.Mailer;
import com.cloudnestle.marketplace.quota.QuotaListener;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The mails of this bundle. */
@Component(service = PersonMails.class)
public final class PersonMails {

    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration NEWS = Duration.ofDays(3);
    private static final Duration DAY = Duration.ofDays(1);

    private final Mailer mailer;
    private final Links links;
    private final InstantSource clock;

    @Activate
    public PersonMails(@Reference Mailer mailer, @Reference Links links, @Reference InstantSource clock) {
        this.mailer = mailer;
        this.links = links;
        this.clock = clock;
    }

    void verify(EmailAddress to, String language, SignUpCodes codes, Duration valid) {
        send(to, language, Kind.VERIFY_EMAIL, valid, Map.of("link", links.confirm(codes.link()), "code", codes.shown(),
                "minutes", Long.toString(valid.toMinutes())));
    }

    void accountExists(EmailAddress to, String language, Duration valid) {
        send(to, language, Kind.ACCOUNT_EXISTS, valid, Map.of("sign_in_link", links.signIn(), "reset_link", links.forgot()));
    }

    void reset(Account to, String code, Duration valid) {
        send(to.email(), to.language(), Kind.RESET_PASSWORD, valid,
                Map.of("link", links.reset(code), "minutes", Long.toString(valid.toMinutes())));
    }

    void noAccount(EmailAddress to, String language, Duration valid) {
        send(to, language, Kind.NO_ACCOUNT, valid, Map.of("register_link", links.register()));
    }

    void welcome(Account to) {
        String name = to.name().isBlank() ? to.email().value() : to.name();
        send(to.email(), to.language(), Kind.WELCOME, NEWS, Map.of("name", name, "dashboard_link", links.dashboard()));
    }

    void passwordChanged(Account to, Client client) {
        send(to.email(), to.language(), Kind.PASSWORD_CHANGED, NEWS,
                Map.of("at", now(), "device", DeviceName.of(client.userAgent()), "security_link", links.security()));
    }

    public void newDevice(Account to, Client client) {
        String place = client.place()
                .map(where -> where.city().isBlank() ? where.country() : where.city() + ", " + where.country())
                .orElse("-");
        send(to.email(), to.language(), Kind.NEW_DEVICE, NEWS, Map.of("at", now(), "device",
                DeviceName.of(client.userAgent()), "place", place, "security_link", links.security()));
    }

    /** @param what of {@link com.cloudnestle.marketplace.notification.SecurityChange} */
    public void securityChanged(Account to, String what, Client client) {
        send(to.email(), to.language(), Kind.SECURITY_CHANGED, NEWS, Map.of("what", what, "at", now(), "device",
                DeviceName.of(client.userAgent()), "security_link", links.security()));
    }

    void deleted(Account to) {
        mailer.send(new Mail(Kind.ACCOUNT_DELETED.name() + ":" + to.id(), to.email(), to.language(), Kind.ACCOUNT_DELETED,
                Map.of("at", now()), NEWS)); // once, even if a deletion has to be taken up again
    }

    /** @param about the same for the same window */
    public void quotaWarning(Account to, String about, String solution, QuotaListener.Warning warning) {
        String resets = warning.window().resetsAt().map(AT::format).orElse("-");
        String key = Kind.QUOTA_WARNING.name() + ":" + Sha256.hex(about); // ids of all kinds together may be too long
        mailer.send(new Mail(key, to.email(), to.language(), Kind.QUOTA_WARNING, Map.of("solution", solution,
                "used", Long.toString(warning.window().used()), "limit", Long.toString(warning.window().limit()),
                "resets", resets, "upgrade_link", links.upgrade(warning.solutionId())), DAY));
    }

    /** @param change the same for the same change of the tier */
    public void upgraded(Account to, String change, String solution, String tier) {
        mailer.send(new Mail(Kind.UPGRADED.name() + ":" + change, to.email(), to.language(), Kind.UPGRADED,
                Map.of("solution", solution, "tier", tier, "dashboard_link", links.dashboard()), NEWS));
    }

    private String now() {
        return AT.format(clock.instant());
    }

    private void send(EmailAddress to, String language, Kind kind, Duration worth, Map<String, String> values) {
        mailer.send(new Mail(kind.name() + ":" + RandomSecret.next(), to, language, kind, values, worth));
    }
}
