package com.cloudnestle.marketplace.identity.internal.account;

import static com.cloudnestle.marketplace.identity.internal.People.PASSWORD;
import static com.cloudnestle.marketplace.identity.internal.People.email;
import static com.cloudnestle.marketplace.identity.internal.People.from;
import static com.cloudnestle.marketplace.identity.internal.People.refused;
import static com.cloudnestle.marketplace.identity.internal.People.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import com.cloudnestle.marketplace.identity.SignUp;
import com.cloudnestle.marketplace.identity.SignUp.Confirmed;
import com.cloudnestle.marketplace.identity.SignUp.Pending;
import com.cloudnestle.marketplace.identity.SignUp.Proof;
import com.cloudnestle.marketplace.identity.SignUp.Request;
import com.cloudnestle.marketplace.identity.Visit;
import com.cloudnestle.marketplace.identity.internal.People;
import com.cloudnestle.marketplace.notification.Mail.Kind;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignUpTest {

    private final People people = new People();
    private final SignUp signUp = people.signUp;

    private static Proof by(Pending pending) {
        return new Proof.PendingSecret(pending.secret());
    }

    private Pending begin(String address) {
        return signUp.begin(request(address, PASSWORD), from(1));
    }

    @Test
    void leadsFromAnAddressToAnAccountAndASession() {
        Visit visit = new Visit("finder", "https://finder.example.com/x", Optional.of("c".repeat(43)));
        Pending pending = signUp.begin(
                new Request(email("Ann@Example.com"), PASSWORD, " Ann ", "hi-IN", Optional.of(visit)), from(1));
        assertThat(people.accounts.findByEmail(email("ann@example.com"))).isEmpty();

        Confirmed confirmed = signUp.confirm(people.code(), by(pending), from(1));

        assertThat(confirmed.account().email()).isEqualTo(email("ann@example.com"));
        assertThat(confirmed.account().name()).isEqualTo("Ann");
        assertThat(confirmed.account().language()).isEqualTo("hi-IN");
        assertThat(confirmed.account().roles()).containsExactly(Role.CUSTOMER);
        assertThat(confirmed.account().passwordSet()).isTrue();
        assertThat(confirmed.visit()).contains(visit);
        assertThat(confirmed.session().session().method()).isEqualTo(Method.SIGN_UP);
        assertThat(people.sessions.authenticate(confirmed.session().secret())).contains(confirmed.session().session());
        assertThat(people.accounts.find(confirmed.account().id())).contains(confirmed.account());
        assertThat(people.mailer.kinds()).containsExactly(Kind.VERIFY_EMAIL, Kind.WELCOME);
        assertThat(people.audit.events()).containsExactly("account.made");
    }

    @Test
    void adoptsTheCustomerWithTheAddress() {
        Customer customer = people.customers.findOrCreate(email("ann@example.com"));

        assertThat(people.account("ann@example.com").id()).isEqualTo(customer.id());
    }

    @Test
    void takesTheTypedCodeHoweverItIsTyped() {
        Pending pending = begin("ann@example.com");
        String typed = " " + people.code().toLowerCase(Locale.ROOT).replace('0', 'o').replace('1', 'l') + " ";

        assertThat(signUp.confirm(typed, by(pending), from(2)).account().email()).isEqualTo(email("ann@example.com"));
    }

    @Test
    void takesTheLinkInAnotherBrowserOnlyWithThePassword() {
        begin("ann@example.com");
        String link = people.linkCode(Kind.VERIFY_EMAIL);

        refused(Problem.CODE_INVALID, () -> signUp.confirm(link, new Proof.Password(People.OTHER), from(2)));
        refused(Problem.CODE_INVALID, () -> signUp.confirm(link, new Proof.PendingSecret("x".repeat(43)), from(2)));
        refused(Problem.CODE_INVALID, () -> signUp.confirm(people.code(), new Proof.Password(PASSWORD), from(2)));

        assertThat(signUp.confirm(link, new Proof.Password(PASSWORD), from(2)).account().passwordSet()).isTrue();
    }

    /** Eve signs Ann up with a password of Eve's: what Ann can do with the mail must not make that password hold. */
    @Test
    void givesAStrangerNothingWhoNamedTheAddress() {
        Pending eves = begin("ann@example.com");
        String typed = people.code();
        Pending anns = signUp.begin(request("ann@example.com", People.OTHER), from(2));
        String annsCode = people.code();

        refused(Problem.CODE_INVALID, () -> signUp.confirm(typed, by(anns), from(2)));
        signUp.confirm(annsCode, by(anns), from(2));
        refused(Problem.CODE_INVALID, () -> signUp.confirm(typed, by(eves), from(1)));

        refused(Problem.SIGN_IN_REFUSED, () -> people.signIn("ann@example.com", PASSWORD, from(3)));
        assertThat(people.signIn("ann@example.com", People.OTHER, from(3)).account().email()).isEqualTo(email("ann@example.com"));
    }

    @Test
    void usesACodeOnceAlsoWhenManyTryAtOnce() {
        Pending pending = begin("ann@example.com");
        String code = people.code();

        List<Boolean> made = Together.run(4, () -> {
            try {
                signUp.confirm(code, by(pending), from(1));
                return true;
            } catch (MarketplaceException e) {
                assertThat(e.problem()).isEqualTo(Problem.CODE_INVALID);
                return false;
            }
        });

        assertThat(made).containsOnlyOnce(true);
        refused(Problem.CODE_INVALID, () -> signUp.confirm(code, by(pending), from(1)));
        assertThat(people.audit.events()).containsOnlyOnce("account.made");
    }

    @Test
    void endsAfterFiveWrongCodesFromWhereverTheyCome() {
        Pending pending = begin("ann@example.com");
        String code = people.code();
        for (int i = 0; i < 5; i++) {
            int network = 10 + i;
            refused(Problem.CODE_INVALID, () -> signUp.confirm("0000-0000", by(pending), from(network)));
        }

        refused(Problem.CODE_INVALID, () -> signUp.confirm(code, by(pending), from(1)));
    }

    @Test
    void endsAfterHalfAnHour() {
        Pending pending = begin("ann@example.com");
        assertThat(pending.expiresAt()).isEqualTo(People.START.plus(Duration.ofMinutes(30)));

        people.clock.advance(Duration.ofMinutes(30));

        refused(Problem.CODE_INVALID, () -> signUp.confirm(people.code(), by(pending), from(1)));
    }

    @Test
    void sendsOtherCodesAgainAndEndsThoseBefore() {
        Pending pending = begin("ann@example.com");
        String first = people.linkCode(Kind.VERIFY_EMAIL);
        signUp.resend("x".repeat(43), from(1));
        assertThat(people.mailer.mails()).hasSize(1);

        signUp.resend(pending.secret(), from(1));

        assertThat(people.mailer.mails()).hasSize(2);
        refused(Problem.CODE_INVALID, () -> signUp.confirm(first, new Proof.Password(PASSWORD), from(1)));
        refused(Problem.CODE_INVALID, () -> signUp.confirm(first, by(pending), from(1)));
        assertThat(signUp.confirm(people.linkCode(Kind.VERIFY_EMAIL), by(pending), from(1)).account().name()).isEqualTo("Ann");
    }

    /** Before the answer, the store is asked the same and the same is hashed; the account is looked for by an errand. */
    @Test
    void tellsAnAddressWithAnAccountByNothingButTheMail() {
        people.account("ann@example.com");
        people.letErrandsWait();

        int[] known = work("ann@example.com");
        int[] unknown = work("bea@example.com");

        assertThat(known).isEqualTo(unknown);
        assertThat(people.waitingErrands()).isEqualTo(2);
        people.mailer.clear();
        people.runErrands();
        assertThat(people.mailer.kinds()).containsExactly(Kind.ACCOUNT_EXISTS, Kind.VERIFY_EMAIL);
        assertThat(people.mailer.mails().get(0).values()).doesNotContainKeys("code", "link");
    }

    private int[] work(String address) {
        int reads = people.store.reads.get();
        int writes = people.store.writes.get();
        long hashes = people.passwords.hashes();
        signUp.begin(request(address, PASSWORD), from(5));
        return new int[] {people.store.reads.get() - reads, people.store.writes.get() - writes,
            (int) (people.passwords.hashes() - hashes)};
    }

    @Test
    void sendsOneAddressOnlySoManyMails() {
        for (int i = 0; i < 4; i++) {
            signUp.begin(request("ann@example.com", PASSWORD), from(20 + i));
        }

        refused(Problem.TOO_MANY_REQUESTS, () -> signUp.begin(request("ANN@example.com", PASSWORD), from(30)));
        people.clock.advance(Duration.ofMinutes(15));
        begin("ann@example.com");
    }

    @Test
    void keepsNoSecretReadable() {
        Pending pending = begin("ann@example.com");

        assertThat(people.store.dump(Table.SESSIONS)).contains("ann@example.com").doesNotContain(pending.secret())
                .doesNotContain(people.code()).doesNotContain(people.code().replace("-", ""))
                .doesNotContain(people.linkCode(Kind.VERIFY_EMAIL)).doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "Robert'); DROP TABLE--", "{{7*7}}${7*7}"})
    void keepsTextThatLooksLikeCodeAsText(String name) {
        Pending pending = signUp.begin(new Request(email("ann@example.com"), PASSWORD, name, "en", Optional.empty()), from(1));

        Confirmed confirmed = signUp.confirm(people.code(), by(pending), from(1));

        assertThat(confirmed.account().name()).isEqualTo(name);
        assertThat(people.accounts.export(confirmed.account().id())).doesNotContain("<script", "<img");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "Ann\r\nBcc: eve@example.com", "\u202eevil", "\ud800"})
    void refusesNamesThatMislead(String name) {
        refused(Problem.INVALID_FIELD, () -> signUp.begin(
                new Request(email("ann@example.com"), PASSWORD, name, "en", Optional.empty()), from(1)));
    }

    @Test
    void refusesWeakPasswordsAndOddLanguages() {
        refused(Problem.INVALID_FIELD, () -> signUp.begin(request("ann@example.com", "password123"), from(1)));
        refused(Problem.INVALID_FIELD, () -> signUp.begin(
                new Request(email("ann@example.com"), PASSWORD, "Ann", "<b>", Optional.empty()), from(1)));
        assertThat(people.mailer.mails()).isEmpty();
    }

    @Test
    void takesAddressesThatNormaliseAlikeForOneAndKeepsDotsAndTags() {
        people.account("jos\u00e9@example.com");
        assertThat(people.accounts.findByEmail(email("JOSE\u0301@EXAMPLE.com"))).isPresent();

        people.account("j.ann@example.com");
        assertThat(people.account("jann@example.com").id()).isNotEqualTo(people.account("jann+x@example.com").id());
    }

    @Test
    void letsTheFirstAdministratorInOnce() {
        String link = people.notices.all().getOrDefault("setup-link", "");
        assertThat(link).contains("https://market.example.com/setup#code=");
        String code = link.replaceAll("(?s).*#code=([A-Za-z0-9_-]{43}).*", "$1");
        assertThat(signUp.setupOpen()).isTrue();
        refused(Problem.CODE_INVALID, () -> signUp.setUp("x".repeat(43), request("root@example.com", PASSWORD), from(1)));
        refused(Problem.INVALID_FIELD, () -> signUp.setUp(code, request("root@example.com", "password123"), from(1)));

        Confirmed confirmed = signUp.setUp(code, request("root@example.com", PASSWORD), from(1));

        assertThat(confirmed.account().roles()).containsExactlyInAnyOrder(Role.CUSTOMER, Role.ADMIN);
        assertThat(signUp.setupOpen()).isFalse();
        refused(Problem.CODE_INVALID, () -> signUp.setUp(code, request("eve@example.com", PASSWORD), from(1)));
        assertThat(new People(people).notices.all()).as("told by the next start").isEmpty();
    }

    @Test
    void endsTheSetupLinkOfAnEarlierStart() {
        String link = people.notices.all().getOrDefault("setup-link", "");
        String old = link.replaceAll("(?s).*#code=([A-Za-z0-9_-]{43}).*", "$1");

        People again = new People(people);

        assertThat(again.notices.all().get("setup-link")).isNotEqualTo(link);
        refused(Problem.CODE_INVALID, () -> again.signUp.setUp(old, request("root@example.com", PASSWORD), from(1)));
    }
}
