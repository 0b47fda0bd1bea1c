package com.cloudnestle.marketplace.identity.internal.account;

import static com.cloudnestle.marketplace.identity.internal.People.OTHER;
import static com.cloudnestle.marketplace.identity.internal.People.PASSWORD;
import static com.cloudnestle.marketplace.identity.internal.People.email;
import static com.cloudnestle.marketplace.identity.internal.People.from;
import static com.cloudnestle.marketplace.identity.internal.People.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.identity.internal.People;
import com.cloudnestle.marketplace.notification.Mail.Kind;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Another password: by the present one, or by a mail. */
class PasswordChangeTest {

    private final People people = new People();
    private final Accounts accounts = people.accounts;

    @Test
    void changesThePasswordAndEndsTheOtherSessions() {
        Account ann = people.account("ann@example.com");
        NewSession here = people.signIn("ann@example.com", PASSWORD, from(1)).session();
        NewSession elsewhere = people.signIn("ann@example.com", PASSWORD, from(2)).session();

        accounts.changePassword(ann.id(), PASSWORD, OTHER, here.session().id(), from(1));

        assertThat(people.sessions.authenticate(here.secret())).isPresent();
        assertThat(people.sessions.authenticate(elsewhere.secret())).isEmpty();
        refused(Problem.SIGN_IN_REFUSED, () -> people.signIn("ann@example.com", PASSWORD, from(3)));
        people.signIn("ann@example.com", OTHER, from(3));
        assertThat(people.mailer.last(Kind.PASSWORD_CHANGED).values()).containsEntry("device", "Firefox on Linux");
        assertThat(people.audit.events()).contains("account.password-changed");
    }

    @Test
    void refusesAPasswordChangeWithoutThePresentOneOrToAWeakOne() {
        Account ann = people.account("ann@example.com");

        refused(Problem.SIGN_IN_REFUSED, () -> accounts.changePassword(ann.id(), OTHER, OTHER, "", from(1)));
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> accounts.changePassword(ann.id(), PASSWORD, "password123", "", from(1)))
                .satisfies(e -> assertThat(e.fieldErrors()).extracting("field").containsExactly("replacement"));
        people.signIn("ann@example.com", PASSWORD, from(3));
    }

    @Test
    void limitsTriesOfThePresentPassword() {
        Account ann = people.account("ann@example.com");
        for (int i = 0; i < 10; i++) {
            refused(Problem.SIGN_IN_REFUSED, () -> accounts.changePassword(ann.id(), OTHER, OTHER, "", from(1)));
        }

        refused(Problem.TOO_MANY_REQUESTS, () -> accounts.changePassword(ann.id(), PASSWORD, OTHER, "", from(1)));
    }

    @Test
    void resetsAPasswordByMailAndEndsAllSessions() {
        Account ann = people.account("ann@example.com");
        NewSession session = people.signIn("ann@example.com", PASSWORD, from(1)).session();
        accounts.forgotPassword(email("ann@example.com"), from(2));
        String code = people.linkCode(Kind.RESET_PASSWORD);
        assertThat(people.store.dump(Table.SESSIONS)).doesNotContain(code);

        refused(Problem.INVALID_FIELD, () -> accounts.resetPassword(code, "password123", from(2)));
        accounts.resetPassword(code, OTHER, from(2));

        assertThat(people.sessions.authenticate(session.secret())).isEmpty();
        assertThat(people.sessions.ofAccount(ann.id())).isEmpty();
        people.signIn("ann@example.com", OTHER, from(3));
        refused(Problem.CODE_INVALID, () -> accounts.resetPassword(code, PASSWORD, from(2)));
        assertThat(people.mailer.kinds()).endsWith(Kind.PASSWORD_CHANGED, Kind.NEW_DEVICE);
    }

    @Test
    void endsEveryResetCodeWhenThePasswordChangesAndAfterHalfAnHour() {
        Account ann = people.account("ann@example.com");
        accounts.forgotPassword(email("ann@example.com"), from(2));
        String first = people.linkCode(Kind.RESET_PASSWORD);
        accounts.changePassword(ann.id(), PASSWORD, OTHER, "", from(1));
        refused(Problem.CODE_INVALID, () -> accounts.resetPassword(first, PASSWORD, from(2)));

        accounts.forgotPassword(email("ann@example.com"), from(2));
        String second = people.linkCode(Kind.RESET_PASSWORD);
        people.clock.advance(Duration.ofMinutes(30));
        refused(Problem.CODE_INVALID, () -> accounts.resetPassword(second, PASSWORD, from(2)));
    }

    @Test
    void tellsNobodyButTheMailboxWhetherThereIsAnAccount() {
        people.account("ann@example.com");
        people.mailer.clear();
        people.letErrandsWait();
        int reads = people.store.reads.get();
        int writes = people.store.writes.get();

        accounts.forgotPassword(email("ann@example.com"), from(1));
        accounts.forgotPassword(email("eve@example.com"), from(1));

        assertThat(people.store.reads).hasValue(reads);
        assertThat(people.store.writes).hasValue(writes);
        people.runErrands();
        assertThat(people.mailer.kinds()).containsExactly(Kind.RESET_PASSWORD, Kind.NO_ACCOUNT);
    }
}
