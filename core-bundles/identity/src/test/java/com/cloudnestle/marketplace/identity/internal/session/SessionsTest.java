package com.cloudnestle.marketplace.identity.internal.session;

import static com.cloudnestle.marketplace.identity.internal.People.OTHER;
import static com.cloudnestle.marketplace.identity.internal.People.PASSWORD;
import static com.cloudnestle.marketplace.identity.internal.People.START;
import static com.cloudnestle.marketplace.identity.internal.People.from;
import static com.cloudnestle.marketplace.identity.internal.People.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.identity.Sessions.Session;
import com.cloudnestle.marketplace.identity.internal.People;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final String REASON = "Ticket 4711: sees no searches";

    private final People people = new People();
    private final Sessions sessions = people.sessions;
    private final Account ann = people.account("ann@example.com");

    private NewSession signIn(int network) {
        return people.signIn("ann@example.com", PASSWORD, from(network)).session();
    }

    @Test
    void isCheckedWithoutWritesAndAskedAgainWithoutReads() {
        NewSession session = signIn(1);
        sessions.authenticate(session.secret());
        int reads = people.store.reads.get();
        int writes = people.store.writes.get();

        for (int i = 0; i < 10_000; i++) {
            assertThat(sessions.authenticate(session.secret())).isPresent();
        }

        assertThat(people.store.reads).hasValue(reads);
        assertThat(people.store.writes).hasValue(writes);
    }

    @Test
    void keepsNoSecretAndNoAddress() {
        NewSession session = signIn(1);

        assertThat(people.store.dump(Table.SESSIONS)).contains(session.session().id())
                .doesNotContain(session.secret(), session.deviceSecret(), "198.0.1.7");
        assertThat(session.toString() + session.session()).doesNotContain(session.secret(), session.deviceSecret());
    }

    @Test
    void refusesWhatIsNoSecretOfALiveSession() {
        for (String text : new String[] {"", "x", "x".repeat(43), "x".repeat(100_000), "session#", "\ud800"}) {
            assertThat(sessions.authenticate(text)).isEmpty();
        }
    }

    /** Fixation: whatever secret a browser brings, the session gets one of its own. */
    @Test
    void hasANewSecretAtEverySignIn() {
        NewSession first = signIn(1);
        NewSession second = people.signIn("ann@example.com", PASSWORD, from(1, first.deviceSecret())).session();

        assertThat(Set.of(first.secret(), second.secret(), first.deviceSecret(), second.deviceSecret())).hasSize(4);
        assertThat(first.session().id()).isNotEqualTo(second.session().id());
    }

    @Test
    void endsThirtyDaysAfterItsLastUseAndNinetyAfterItsBeginning() {
        NewSession used = signIn(1);
        NewSession idle = signIn(2);
        assertThat(used.session().expiresAt()).isEqualTo(START.plus(Duration.ofDays(90)));
        assertThat(sessions.authenticate(idle.secret())).as("and remembered in memory").isPresent();
        for (int day = 29; day < 90; day += 29) {
            people.clock.set(START.plus(Duration.ofDays(day)));
            assertThat(sessions.authenticate(used.secret())).as("day %d", day).isPresent();
        }
        assertThat(sessions.authenticate(idle.secret())).isEmpty();

        people.clock.set(START.plus(Duration.ofDays(90)).minusMillis(1));
        assertThat(sessions.authenticate(used.secret())).isPresent();
        people.clock.advance(Duration.ofMillis(1));
        assertThat(sessions.authenticate(used.secret())).isEmpty();
        assertThat(sessions.ofAccount(ann.id())).isEmpty();
    }

    @Test
    void writesItsUseDownOnceAnHourAndLater() {
        NewSession session = signIn(1);
        people.clock.advance(Duration.ofMinutes(59));
        int writes = people.store.writes.get();
        people.letErrandsWait();
        sessions.authenticate(session.secret());
        assertThat(people.waitingErrands()).isZero();

        people.clock.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 5; i++) {
            sessions.authenticate(session.secret());
        }

        assertThat(people.store.writes).hasValue(writes);
        assertThat(people.waitingErrands()).isEqualTo(1);
        people.runErrands();
        assertThat(people.store.writes).hasValue(writes + 1);
        assertThat(sessions.authenticate(session.secret()).orElseThrow().usedAt()).isEqualTo(START.plus(Duration.ofHours(1)));
    }

    @Test
    void doesNotComeBackByAUseThatIsWrittenAfterItsEnd() {
        NewSession session = signIn(1);
        people.clock.advance(Duration.ofHours(2));
        people.letErrandsWait();
        sessions.authenticate(session.secret());
        sessions.end(ann.id(), session.session().id(), "test");

        people.runErrands();

        assertThat(sessions.authenticate(session.secret())).isEmpty();
        assertThat(sessions.ofAccount(ann.id())).doesNotContain(session.session());
    }

    @Test
    void isListedWithTheLatestUsedFirst() {
        NewSession first = signIn(1);
        people.clock.advance(Duration.ofHours(2));
        NewSession second = signIn(2);
        people.clock.advance(Duration.ofHours(2));
        sessions.authenticate(first.secret());

        assertThat(sessions.ofAccount(ann.id())).extracting(Session::id)
                .startsWith(first.session().id(), second.session().id()).hasSize(3); // and that of the sign-up
        assertThat(sessions.ofAccount(ann.id()).get(0).device()).isEqualTo("Firefox on Linux");
        assertThat(sessions.ofAccount(ann.id()).get(0).place().orElseThrow().city()).isEqualTo("Pune");
    }

    @Test
    void endsAtOnceAndOnlyByItsOwner() {
        NewSession session = signIn(1);
        Account eve = people.account("eve@example.com");
        sessions.end(eve.id(), session.session().id(), eve.id());
        sessions.end(ann.id(), "../x", ann.id());
        sessions.end("x", session.session().id(), ann.id());
        assertThat(sessions.authenticate(session.secret())).isPresent();

        sessions.end(ann.id(), session.session().id(), ann.id());
        sessions.end(ann.id(), session.session().id(), ann.id());

        assertThat(sessions.authenticate(session.secret())).isEmpty();
        assertThat(people.audit.events()).containsOnlyOnce("session.ended");
    }

    @Test
    void endsOnAnotherNodeToo() {
        NewSession session = signIn(1);
        People other = new People(people);
        assertThat(other.sessions.authenticate(session.secret())).isPresent();

        other.sessions.endAll(ann.id(), "", "test");

        assertThat(sessions.authenticate(session.secret())).isEmpty();
    }

    @Test
    void provesAgainWithThePasswordAndChangesItsSecret() {
        NewSession old = signIn(1);
        people.clock.advance(Duration.ofMinutes(5));
        refused(Problem.SIGN_IN_REFUSED, () -> sessions.proveAgain(old.session(), OTHER, from(1)));

        NewSession renewed = sessions.proveAgain(old.session(), PASSWORD, from(1));

        assertThat(renewed.session().id()).isEqualTo(old.session().id());
        assertThat(renewed.session().provedAt()).isEqualTo(START.plus(Duration.ofMinutes(5)));
        assertThat(renewed.deviceSecret()).isEmpty();
        assertThat(sessions.authenticate(renewed.secret())).contains(renewed.session());
        assertThat(sessions.authenticate(old.secret())).isEmpty();
        refused(Problem.SIGN_IN_REFUSED, () -> {
            sessions.end(ann.id(), old.session().id(), "test");
            sessions.proveAgain(renewed.session(), PASSWORD, from(1));
        });
    }

    @Test
    void limitsTriesOfProvingAgain() {
        NewSession session = signIn(1);
        for (int i = 0; i < 10; i++) {
            refused(Problem.SIGN_IN_REFUSED, () -> sessions.proveAgain(session.session(), OTHER, from(1)));
        }

        refused(Problem.TOO_MANY_REQUESTS, () -> sessions.proveAgain(session.session(), PASSWORD, from(1)));
    }

    @Test
    void letsAnAdministratorSeeWhatACustomerSeesForHalfAnHour() {
        Account root = people.administrator("root@example.com");
        Session admin = people.signIn("root@example.com", PASSWORD, from(3)).session().session();

        NewSession seen = sessions.impersonate(admin, ann.id(), " " + REASON, from(3));

        Session session = sessions.authenticate(seen.secret()).orElseThrow();
        assertThat(session.accountId()).isEqualTo(ann.id());
        assertThat(session.impersonator()).contains(new Sessions.Impersonator(root.id(), REASON));
        assertThat(sessions.ofAccount(ann.id())).as("the customer sees it").contains(session);
        assertThat(people.audit.entries()).anySatisfy(entry -> {
            assertThat(entry.event()).isEqualTo("session.impersonated");
            assertThat(entry.actor()).isEqualTo(root.id());
            assertThat(entry.subject()).isEqualTo(ann.id());
            assertThat(entry.details()).containsEntry("reason", REASON);
        });
        people.clock.advance(Duration.ofMinutes(30));
        assertThat(sessions.authenticate(seen.secret())).isEmpty();
    }

    @Test
    void endsAnImpersonationOnRequestAndWithTheRole() {
        Account root = people.administrator("root@example.com");
        people.administrator("second@example.com");
        Session admin = people.signIn("root@example.com", PASSWORD, from(3)).session().session();
        NewSession one = sessions.impersonate(admin, ann.id(), REASON, from(3));
        NewSession other = sessions.impersonate(admin, ann.id(), REASON, from(3));

        sessions.end(ann.id(), one.session().id(), root.id());
        assertThat(sessions.authenticate(one.secret())).isEmpty();
        assertThat(people.audit.events()).contains("session.impersonation-ended");

        assertThat(sessions.authenticate(other.secret())).isPresent();
        people.accounts.setRoles(root.id(), Set.of(Role.CUSTOMER), "test");
        assertThat(sessions.authenticate(other.secret())).isEmpty();
    }

    @Test
    void refusesImpersonationByOthersOfAdministratorsAndWithoutAReason() {
        people.administrator("root@example.com");
        Account second = people.administrator("second@example.com");
        Session customer = signIn(1).session();
        Session admin = people.signIn("root@example.com", PASSWORD, from(3)).session().session();
        Session seen = sessions.impersonate(admin, ann.id(), REASON, from(3)).session();

        Account bea = people.account("bea@example.com");
        refused(Problem.NOT_ALLOWED, () -> sessions.impersonate(customer, bea.id(), REASON, from(3)));
        refused(Problem.NOT_ALLOWED, () -> sessions.impersonate(admin, second.id(), REASON, from(3)));
        refused(Problem.NOT_ALLOWED, () -> sessions.impersonate(seen, ann.id(), REASON, from(3)));
        refused(Problem.NOT_ALLOWED, () -> sessions.proveAgain(seen, PASSWORD, from(3)));
        refused(Problem.INVALID_FIELD, () -> sessions.impersonate(admin, ann.id(), "because", from(3)));
        refused(Problem.INVALID_FIELD, () -> sessions.impersonate(admin, ann.id(), "x".repeat(501), from(3)));
        refused(Problem.CUSTOMER_UNKNOWN, () -> sessions.impersonate(admin, "cus_x", REASON, from(3)));
    }
}
