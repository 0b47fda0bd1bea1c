package com.cloudnestle.marketplace.identity.internal.account;

import static com.cloudnestle.marketplace.identity.internal.People.PASSWORD;
import static com.cloudnestle.marketplace.identity.internal.People.email;
import static com.cloudnestle.marketplace.identity.internal.People.from;
import static com.cloudnestle.marketplace.identity.internal.People.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Accounts.AccountPage;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.identity.internal.People;
import com.cloudnestle.marketplace.testing.Together;
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
}
