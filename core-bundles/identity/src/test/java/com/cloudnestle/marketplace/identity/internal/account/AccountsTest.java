package com.cloudnestle.marketplace.identity.internal.account;

import static com.cloudnestle.marketplace.identity.internal.People.OTHER;
import static com.cloudnestle.marketplace.identity.internal.People.PASSWORD;
import static com.cloudnestle.marketplace.identity.internal.People.email;
import static com.cloudnestle.marketplace.identity.internal.People.from;
import static com.cloudnestle.marketplace.identity.internal.People.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Accounts.AccountPage;
import com.cloudnestle.marketplace.identity.PersonalData;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.identity.internal.People;
import com.cloudnestle.marketplace.notification.Mail.Kind;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final String NOBODY = "cus_00000000-0000-4000-8000-000000000000";

    private final People people = new People();
    private final Accounts accounts = people.accounts;

    @Test
    void findsByIdFromMemory() {
        Account ann = people.account("ann@example.com");
        accounts.find(ann.id());
        int reads = people.store.reads.get();

        assertThat(accounts.find(ann.id())).contains(ann);
        assertThat(people.store.reads).hasValue(reads);
        assertThat(accounts.find(NOBODY)).isEmpty();
        assertThat(accounts.find("../x")).isEmpty();
        refused(Problem.CUSTOMER_UNKNOWN, () -> accounts.update(NOBODY, "x", null));
    }

    @Test
    void changesNameAndLanguageAndNothingElse() {
        Account ann = people.account("ann@example.com");

        assertThat(accounts.update(ann.id(), "Annabel", null).language()).isEqualTo("en");
        Account after = accounts.update(ann.id(), null, "hi");

        assertThat(after.name()).isEqualTo("Annabel");
        assertThat(accounts.find(ann.id())).contains(after);
        refused(Problem.INVALID_FIELD, () -> accounts.update(ann.id(), "x".repeat(81), null));
        refused(Problem.INVALID_FIELD, () -> accounts.update(ann.id(), null, "not a language"));
        assertThat(people.signIn("ann@example.com", PASSWORD, from(1)).account()).isEqualTo(after);
    }

    @Test
    void listsByAddressPageByPage() {
        for (String name : List.of("bob", "ann", "bea", "cai")) {
            people.account(name + "@example.com");
        }

        AccountPage first = accounts.list("", 3, null);
        AccountPage second = accounts.list("", 3, first.cursor().orElseThrow());

        assertThat(first.accounts()).extracting(account -> account.email().value())
                .containsExactly("ann@example.com", "bea@example.com", "bob@example.com");
        assertThat(second.accounts()).extracting(account -> account.email().value()).containsExactly("cai@example.com");
        assertThat(second.cursor()).isEmpty();
        assertThat(accounts.list(" B", 10, null).accounts()).hasSize(2);
        assertThat(accounts.list("x".repeat(9_000), 10, null).accounts()).isEmpty();
        assertThat(accounts.list("\ud800", 10, null).accounts()).isEmpty();
        refused(Problem.INVALID_FIELD, () -> accounts.list("", 0, null));
    }

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

    @Test
    void keepsAnAdministratorWhoCanSignIn() {
        Account root = people.administrator("root@example.com");
        Set<Role> customer = Set.of(Role.CUSTOMER);

        refused(Problem.CONFLICT, () -> accounts.setRoles(root.id(), customer, "test"));
        refused(Problem.CONFLICT, () -> accounts.setSuspended(root.id(), true, "test"));
        refused(Problem.CONFLICT, () -> accounts.delete(root.id(), "test"));
        assertThat(accounts.find(root.id())).contains(root);

        Account second = people.administrator("second@example.com");
        accounts.setSuspended(second.id(), true, "test");
        refused(Problem.CONFLICT, () -> accounts.setRoles(root.id(), customer, "test"));
        accounts.setSuspended(second.id(), false, "test");
        assertThat(accounts.setRoles(root.id(), customer, "test").roles()).isEqualTo(customer);
    }

    @Test
    void keepsOneOfTwoAdministratorsWhoTakeTheRoleFromEachOther() {
        List<Account> both = List.of(people.administrator("one@example.com"), people.administrator("two@example.com"));
        List<Account> left = new ArrayList<>(both);

        List<Boolean> taken = Together.run(2, () -> {
            Account mine;
            synchronized (left) {
                mine = left.remove(0);
            }
            try {
                accounts.setRoles(mine.id(), Set.of(Role.CUSTOMER), "test");
                return true;
            } catch (MarketplaceException e) {
                assertThat(e.problem()).isEqualTo(Problem.CONFLICT);
                return false;
            }
        });

        assertThat(taken).containsOnlyOnce(true);
    }

    @Test
    void loosesNoChangeWhenManyChangeAtOnce() {
        Account ann = people.account("ann@example.com");
        List<Runnable> changes = new ArrayList<>(List.of(
                () -> accounts.update(ann.id(), "Annabel", null), () -> accounts.update(ann.id(), null, "hi"),
                () -> accounts.setRoles(ann.id(), Set.of(Role.CUSTOMER, Role.PARTNER), "test"),
                () -> accounts.setSuspended(ann.id(), true, "test")));

        Together.run(4, () -> {
            Runnable mine;
            synchronized (changes) {
                mine = changes.remove(0);
            }
            mine.run();
            return true;
        });

        Account after = accounts.find(ann.id()).orElseThrow();
        assertThat(after.name()).isEqualTo("Annabel");
        assertThat(after.language()).isEqualTo("hi");
        assertThat(after.roles()).contains(Role.PARTNER);
        assertThat(after.suspended()).isTrue();
    }

    @Test
    void endsTheSessionsOfTheSuspendedAndLetsThemInAgain() {
        Account ann = people.account("ann@example.com");
        NewSession session = people.signIn("ann@example.com", PASSWORD, from(1)).session();

        accounts.setSuspended(ann.id(), true, "test");

        assertThat(people.sessions.authenticate(session.secret())).isEmpty();
        refused(Problem.SIGN_IN_REFUSED, () -> people.signIn("ann@example.com", PASSWORD, from(1)));
        accounts.setSuspended(ann.id(), false, "test");
        people.signIn("ann@example.com", PASSWORD, from(1));
    }

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
