package com.cloudnestle.marketplace.identity.internal.account;

import static com.cloudnestle.marketplace.identity.internal.People.PASSWORD;
import static com.cloudnestle.marketplace.identity.internal.People.email;
import static com.cloudnestle.marketplace.identity.internal.People.from;
import static com.cloudnestle.marketplace.identity.internal.People.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.PersonalData;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.identity.internal.People;
import com.cloudnestle.marketplace.notification.Mail.Kind;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept of a person is handed out and erased, whatever comes in between. */
class ErasureTest {

    private final People people = new People();
    private final Accounts accounts = people.accounts;

    @Test
    void exportsWhatIsKeptOfAPersonWithoutSecrets() {
        people.parts.add(new Part(new ArrayList<>(), false));
        Account ann = people.account("ann@example.com");

        String json = accounts.export(ann.id());

        assertThat(json).startsWith("{\"account\":{\"id\":\"" + ann.id() + "\"")
                .contains("\"email\":\"ann@example.com\"", "\"country\":\"IN\"", "\"part\":[1]", "\"second_factors\":{")
                .doesNotContain("argon2", "secretHash");
    }

    @Test
    void forgetsAPersonAndFreesTheAddress() {
        List<String> erased = new ArrayList<>();
        people.parts.add(new Part(erased, false));
        Account ann = people.account("ann@example.com");
        NewSession session = people.signIn("ann@example.com", PASSWORD, from(1)).session();

        accounts.delete(ann.id(), ann.id());

        assertThat(accounts.find(ann.id())).isEmpty();
        assertThat(accounts.findByEmail(email("ann@example.com"))).isEmpty();
        assertThat(people.customers.find(ann.id())).isEmpty();
        assertThat(people.sessions.authenticate(session.secret())).isEmpty();
        assertThat(erased).containsOnly(ann.id());
        assertThat(people.store.dump(Table.USERS)).doesNotContain("ann@example.com");
        assertThat(accounts.list("", 10, null).accounts()).isEmpty();
        assertThat(people.mailer.kinds()).endsWith(Kind.ACCOUNT_DELETED);
        assertThat(people.account("ann@example.com").id()).isNotEqualTo(ann.id());
    }

    @Test
    void goesOnWithAnErasureThatFailed() {
        Part failing = new Part(new ArrayList<>(), true);
        people.parts.add(failing);
        Account ann = people.account("ann@example.com");

        assertThatIllegalStateException().isThrownBy(() -> accounts.delete(ann.id(), "test"));
        refused(Problem.SIGN_IN_REFUSED, () -> people.signIn("ann@example.com", PASSWORD, from(1)));
        people.parts.remove(failing);
        accounts.delete(ann.id(), "test");

        assertThat(accounts.find(ann.id())).isEmpty();
    }

    @Test
    void takesUpAnErasureThatWasCutOffAtAnyWrite() {
        for (int writes = 0; ; writes++) {
            People world = new People();
            List<String> erased = new ArrayList<>();
            world.parts.add(new Part(erased, false));
            Account ann = world.account("ann@example.com");
            NewSession session = world.signIn("ann@example.com", PASSWORD, from(1)).session();
            world.store.writesLeft.set(writes);
            boolean cutOff = false;
            try {
                world.accounts.delete(ann.id(), ann.id());
            } catch (StoreException e) {
                cutOff = true;
            }
            world.store.writesLeft.set(Integer.MAX_VALUE);

            world.farewell.finishCutOff();
            if (writes > 0 && cutOff) {
                assertThat(world.sessions.authenticate(session.secret())).as("session after %d writes", writes).isEmpty();
            }
            world.clock.advance(Erasures.CUT_OFF_AFTER);
            world.farewell.finishCutOff();

            if (writes == 0) {
                assertThat(world.accounts.find(ann.id())).as("nothing had begun").contains(ann);
                continue;
            }
            assertThat(world.accounts.find(ann.id())).as("account after %d writes", writes).isEmpty();
            assertThat(world.store.dump(Table.USERS)).doesNotContain("ann@example.com", "erasing", "suspended");
            assertThat(world.mailer.kinds().stream().filter(Kind.ACCOUNT_DELETED::equals)).hasSize(1);
            assertThat(world.audit.events()).contains("account.deleted");
            assertThat(erased).hasSizeGreaterThanOrEqualTo(2); // the last time when nobody could get anything new
            if (!cutOff) {
                return;
            }
        }
    }

    @Test
    void leavesAnErasureAloneThatMayStillBeUnderWay() {
        people.parts.add(new Part(new ArrayList<>(), true));
        Account ann = people.account("ann@example.com");
        assertThatIllegalStateException().isThrownBy(() -> accounts.delete(ann.id(), "test"));
        people.parts.clear();

        people.clock.advance(Erasures.CUT_OFF_AFTER.minusMillis(1));
        people.farewell.finishCutOff();

        assertThat(accounts.find(ann.id())).isPresent();
    }

    @Test
    void oneErasureThatGoesOnFailingKeepsNoOtherBack() {
        Account ann = people.account("ann@example.com");
        Account bob = people.account("bob@example.com");
        people.parts.add(new Part(new ArrayList<>(), true));
        List.of(ann, bob).forEach(each ->
                assertThatIllegalStateException().isThrownBy(() -> accounts.delete(each.id(), "test")));
        people.parts.clear();
        people.parts.add(new FailingFor(List.of(ann.id(), bob.id()).stream().sorted().findFirst().orElseThrow()));
        people.clock.advance(Erasures.CUT_OFF_AFTER);

        people.farewell.finishCutOff();

        assertThat(accounts.list("", 10, null).accounts()).hasSize(1);
    }

    @Test
    void erasesNothingWhileAPartIsMissingAndElseInTheOrderOfTurns() {
        List<String> erased = new ArrayList<>();
        List<PersonalData> parts = new ArrayList<>(List.of(new Turn("late", 20, erased), new Turn("early", 10, erased)));
        PersonalDataParts all = new PersonalDataParts(parts, Set.of("early", "late", "later"));
        refused(Problem.STORE_UNAVAILABLE, all::requireAll);

        parts.add(0, new Turn("later", 30, erased));
        all.requireAll();
        all.forEach(part -> part.erase("x", "test"));

        assertThat(erased).containsExactly("early", "late", "later");
    }

    private record Turn(String name, int turn, List<String> erased) implements PersonalData {
        @Override
        public String export(String customerId) {
            return "[]";
        }

        @Override
        public void erase(String customerId, String actor) {
            erased.add(name);
        }
    }

    private record FailingFor(String accountId) implements PersonalData {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public String export(String customerId) {
            return "[]";
        }

        @Override
        public void erase(String customerId, String actor) {
            if (customerId.equals(accountId)) {
                throw new IllegalStateException("out of order");
            }
        }
    }

    private record Part(List<String> erased, boolean fails) implements PersonalData {
        @Override
        public String name() {
            return "part";
        }

        @Override
        public String export(String customerId) {
            return "[1]";
        }

        @Override
        public void erase(String customerId, String actor) {
            if (fails) {
                throw new IllegalStateException("out of order");
            }
            erased.add(customerId);
        }
    }
}
