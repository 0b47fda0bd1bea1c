package com.cloudnestle.marketplace.identity.internal.session;

import static com.cloudnestle.marketplace.identity.internal.People.OTHER;
import static com.cloudnestle.marketplace.identity.internal.People.PASSWORD;
import static com.cloudnestle.marketplace.identity.internal.People.email;
import static com.cloudnestle.marketplace.identity.internal.People.from;
import static com.cloudnestle.marketplace.identity.internal.People.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.SignIn.Done;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import com.cloudnestle.marketplace.identity.internal.Errands;
import com.cloudnestle.marketplace.identity.internal.People;
import com.cloudnestle.marketplace.notification.Mail.Kind;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignInTest {

    private final People people = new People();
    private final Account ann = people.account("ann@example.com");

    /** Strangers try from ever new networks until they are stopped. */
    private void strangersTry() {
        for (int network = 100; network < 160; network++) {
            if (refusal("ann@example.com", OTHER, network).problem() == Problem.TOO_MANY_REQUESTS) {
                return;
            }
        }
        throw new AssertionError("nobody stopped them");
    }

    private MarketplaceException refusal(String address, String password, int network) {
        return catchThrowableOfType(MarketplaceException.class, () -> people.signIn(address, password, from(network)));
    }

    @Test
    void opensASessionForThePassword() {
        Done done = people.signIn("ANN@example.com", PASSWORD, from(1));

        assertThat(done.account()).isEqualTo(ann);
        assertThat(done.session().session().method()).isEqualTo(Method.PASSWORD);
        assertThat(people.sessions.authenticate(done.session().secret())).contains(done.session().session());
    }

    @Test
    void refusesInTheSameWordsAndWithTheSameWorkWhateverWasWrong() {
        Account bea = people.account("bea@example.com");
        people.accounts.setSuspended(bea.id(), true, "test");
        people.signIn.accountOf(email("cai@example.com"), "Cai", "en", from(5));
        long before = people.passwords.hashes();

        MarketplaceException wrong = refusal("ann@example.com", OTHER, 1);
        MarketplaceException unknown = refusal("eve@example.com", PASSWORD, 2);
        MarketplaceException suspended = refusal("bea@example.com", PASSWORD, 3);
        MarketplaceException withoutPassword = refusal("cai@example.com", PASSWORD, 4);

        for (MarketplaceException each : new MarketplaceException[] {wrong, unknown, suspended, withoutPassword}) {
            assertThat(each.problem()).isEqualTo(Problem.SIGN_IN_REFUSED);
            assertThat(each.getMessage()).isEqualTo(wrong.getMessage());
        }
        assertThat(people.passwords.hashes() - before).isEqualTo(4);
    }

    @Test
    void refusesAnAbsurdlyLongPasswordWithoutAbsurdWork() {
        assertThat(refusal("ann@example.com", "x".repeat(5_000_000), 1).problem()).isEqualTo(Problem.SIGN_IN_REFUSED);
    }

    /** From one address, ten; from ever new addresses, twenty; unknown addresses count alike. */
    @Test
    void stopsGuessingFromOneAddressAndFromMany() {
        for (String address : new String[] {"ann@example.com", "eve@example.com"}) {
            int tries = 0;
            while (tries < 50 && refusal(address, OTHER, 1).problem() == Problem.SIGN_IN_REFUSED) {
                tries++;
            }
            assertThat(tries).isEqualTo(10);
            int network = 100;
            while (tries < 50 && refusal(address, OTHER, network++).problem() == Problem.SIGN_IN_REFUSED) {
                tries++;
            }
            assertThat(tries).isEqualTo(20);
        }
        MarketplaceException right = refusal("ann@example.com", PASSWORD, 500);
        assertThat(right.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
        assertThat(right.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(3));
    }

    @Test
    void refusesTrialsBeforeHashingAnything() {
        for (int i = 0; i < 10; i++) {
            refusal("ann@example.com", OTHER, 1);
        }
        long before = people.passwords.hashes();

        assertThat(refusal("ann@example.com", OTHER, 1).problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);

        assertThat(people.passwords.hashes()).isEqualTo(before);
    }

    @Test
    void letsThePersonInFromAKnownBrowserWhileStrangersTry() {
        String device = people.signIn("ann@example.com", PASSWORD, from(1)).session().deviceSecret();
        strangersTry();
        refused(Problem.TOO_MANY_REQUESTS, () -> people.signIn("ann@example.com", PASSWORD, from(2)));

        people.signIn("ann@example.com", PASSWORD, from(2, device));
    }

    @Test
    void takesADeviceOnlyForThoseWhoUsedItAndForTenTries() {
        people.account("eve@example.com");
        String eves = people.signIn("eve@example.com", PASSWORD, from(1)).session().deviceSecret();
        String anns = people.signIn("ann@example.com", PASSWORD, from(2)).session().deviceSecret();
        strangersTry();

        refused(Problem.TOO_MANY_REQUESTS, () -> people.signIn("ann@example.com", PASSWORD, from(600, eves)));
        for (int i = 0; i < 10; i++) {
            refused(Problem.SIGN_IN_REFUSED, () -> people.signIn("ann@example.com", OTHER, from(601, anns)));
        }
        refused(Problem.TOO_MANY_REQUESTS, () -> people.signIn("ann@example.com", PASSWORD, from(602, anns)));
    }

    @Test
    void doesNotCountRightPasswords() {
        for (int i = 0; i < 12; i++) {
            people.signIn("ann@example.com", PASSWORD, from(1));
        }
    }

    @Test
    void givesEveryPartnerOfANetworkItsShareOnly() {
        int refused = 0;
        for (int i = 0; i < 125; i++) {
            String address = "nobody" + i + "@example.com";
            if (refusal(address, OTHER, 1).problem() == Problem.SIGN_IN_REFUSED) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(120);
    }

    @Test
    void tellsOfABrowserNotSeenBefore() {
        people.mailer.clear();
        String device = people.signIn("ann@example.com", PASSWORD, from(1)).session().deviceSecret();
        assertThat(people.mailer.kinds()).containsExactly(Kind.NEW_DEVICE);
        assertThat(people.mailer.last(Kind.NEW_DEVICE).values())
                .containsEntry("device", "Firefox on Linux").containsEntry("place", "Pune, IN");

        String next = people.signIn("ann@example.com", PASSWORD, from(2, device)).session().deviceSecret();
        people.signIn("ann@example.com", PASSWORD, from(2, next));

        assertThat(people.mailer.kinds()).containsExactly(Kind.NEW_DEVICE);
    }

    @Test
    void knowsABrowserThatSeveralUseByItsLatestSecretOnly() {
        people.account("bea@example.com");
        String first = people.signIn("ann@example.com", PASSWORD, from(1)).session().deviceSecret();
        String second = people.signIn("bea@example.com", PASSWORD, from(1, first)).session().deviceSecret();
        people.mailer.clear();

        String third = people.signIn("ann@example.com", PASSWORD, from(1, second)).session().deviceSecret();
        people.signIn("bea@example.com", PASSWORD, from(1, third));
        assertThat(people.mailer.kinds()).isEmpty();

        people.signIn("ann@example.com", PASSWORD, from(1, first));
        assertThat(people.mailer.kinds()).containsExactly(Kind.NEW_DEVICE);
    }

    @Test
    void hashesAnewWhatWasHashedWithLessWork() {
        Key key = new Key(Table.USERS, "user#" + ann.id().substring(4), "account");
        String weak = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        people.store.update(key, Update.builder().set("password", weak).build(), Condition.itemExists());

        people.signIn("ann@example.com", "password", from(1));

        assertThat(people.store.get(key).orElseThrow().string("password").orElseThrow())
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        people.signIn("ann@example.com", "password", from(1));
    }

    /** The password changes between its check and the session. */
    @Test
    void opensNoSessionForWhatNoLongerCounts() {
        var proved = people.items.read(ann.id()).orElseThrow();
        people.accounts.changePassword(ann.id(), PASSWORD, OTHER, "", from(1));
        var opener = new OpenedSessions(people.sessionItems, new Devices(people.store, people.clock), people.items, people.mails,
                new FixedSecrets(), people.audit, people.clock, new Errands(Runnable::run));

        refused(Problem.SIGN_IN_REFUSED, () -> opener.open(proved, Method.PASSWORD, from(2)));
        assertThat(people.sessions.ofAccount(ann.id())).isEmpty();
    }

    @Test
    void takesTheWordOfOtherBundles() {
        Done passkey = (Done) people.signIn.vouched(ann.id(), Method.PASSKEY, true, from(1));
        assertThat(passkey.session().session().method()).isEqualTo(Method.PASSKEY);

        Account cai = people.signIn.accountOf(email("cai@example.com"), "Cai", "hi", from(1));
        assertThat(people.signIn.accountOf(email("CAI@example.com"), "Other", "en", from(1))).isEqualTo(cai);
        assertThat(cai.passwordSet()).isFalse();
        assertThat(cai.name()).isEqualTo("Cai");
        assertThat(people.mailer.last(Kind.WELCOME).language()).isEqualTo("hi");
        assertThat(((Done) people.signIn.vouched(cai.id(), Method.PROVIDER, false, from(1))).account()).isEqualTo(cai);

        people.accounts.setSuspended(ann.id(), true, "test");
        refused(Problem.SIGN_IN_REFUSED, () -> people.signIn.vouched(ann.id(), Method.PASSKEY, true, from(1)));
        refused(Problem.SIGN_IN_REFUSED, () -> people.signIn.vouched("cus_x", Method.PASSKEY, true, from(1)));
    }

    @Test
    void letsWhoHasNoPasswordSetOne() {
        Account cai = people.signIn.accountOf(email("cai@example.com"), "a\u0000b", "?", from(1));
        assertThat(cai.name()).isEmpty();

        people.accounts.changePassword(cai.id(), "", PASSWORD, "", from(1));

        assertThat(people.signIn("cai@example.com", PASSWORD, from(1)).account().passwordSet()).isTrue();
        assertThat(people.accounts.find(cai.id()).orElseThrow().roles()).isEqualTo(Set.of(Account.Role.CUSTOMER));
    }
}
