package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import com.cloudnestle.marketplace.identity.UserKeys.IssuedKey;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.notification.MailQueue;
import com.cloudnestle.marketplace.quota.QuotaMetrics;
import com.cloudnestle.marketplace.testing.InMemoryAccounts;
import com.cloudnestle.marketplace.testing.InMemorySessions;
import com.cloudnestle.marketplace.testing.InMemoryUserKeys;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands about people: accounts, sessions, their keys, their mails. */
class PeopleCommandsTest {

    private final Bench bench = new Bench();
    private final InMemoryAccounts accounts = new InMemoryAccounts(bench.clock);
    private final InMemorySessions sessions = new InMemorySessions(bench.clock);
    private final InMemoryUserKeys keys = new InMemoryUserKeys(bench.entitlements, bench.clock);
    private final Customer ann = bench.entitled("word-count", "registered");
    private final Queue mails = new Queue();

    @BeforeEach
    void people() {
        accounts.put(account(ann));
        bench.platform.accounts = accounts;
        bench.platform.sessions = sessions;
        bench.platform.userKeys = keys;
        bench.platform.mails = mails;
    }

    private Account account(Customer customer) {
        return new Account(customer.id(), customer.email(), "Ann", "en", Set.of(Role.CUSTOMER), false, true, false, bench.clock.instant());
    }

    private static UserCommand user(String who) {
        UserCommand command = new UserCommand();
        command.who = who;
        return command;
    }

    private static SessionsCommand sessions(String who) {
        SessionsCommand command = new SessionsCommand();
        command.who = who;
        return command;
    }

    private static UserKeysCommand keys(String who) {
        UserKeysCommand command = new UserKeysCommand();
        command.who = who;
        return command;
    }

    @Test
    void findsAnAccountByAddressAndById() {
        assertThat(bench.json(user(Bench.ANN)).get("id").asText()).isEqualTo(ann.id());
        assertThat(bench.json(user(ann.id())).get("email").asText()).isEqualTo(Bench.ANN);
        assertThat(bench.text(user("  ANN@example.com "))).contains(ann.id(), "customer", "active");
    }

    @Test
    void listsAccountsByTheBeginningOfTheirAddresses() {
        accounts.put(account(bench.customers.findOrCreate("bob@example.com")));
        UserCommand all = user(null);
        all.list = true;
        UserCommand some = user("bo");
        some.list = true;
        some.limit = 1;

        assertThat(bench.json(all).get("users").findValuesAsText("email")).containsExactly(Bench.ANN, "bob@example.com");
        assertThat(bench.json(some).get("users").findValuesAsText("email")).containsExactly("bob@example.com");
        all.limit = 1;
        all.json = false;
        assertThat(bench.text(all)).contains("There are more").doesNotContain("bob@");
    }

    @Test
    void givesRolesSuspendsAndLetsInAgain() {
        UserCommand roles = user(Bench.ANN);
        roles.roles = "admin, partner";
        assertThat(bench.json(roles).get("roles").toString()).isEqualTo("[\"admin\",\"customer\",\"partner\"]");
        assertThat(accounts.find(ann.id()).orElseThrow().roles()).containsExactlyInAnyOrder(Role.CUSTOMER, Role.ADMIN, Role.PARTNER);

        UserCommand suspend = user(Bench.ANN);
        suspend.suspend = true;
        assertThat(bench.text(suspend)).contains("is suspended");
        assertThat(accounts.find(ann.id()).orElseThrow().suspended()).isTrue();
        UserCommand resume = user(ann.id());
        resume.resume = true;
        assertThat(bench.text(resume)).contains("may sign in again");
        assertThat(accounts.find(ann.id()).orElseThrow().suspended()).isFalse();
    }

    @Test
    void refusesUnknownPeopleRolesAndContradictions() {
        assertThat(bench.refusal(user("eve@example.com"))).hasMessageContaining("has no account");
        bench.customers.findOrCreate("guest@example.com");
        assertThat(bench.refusal(user("guest@example.com"))).hasMessageContaining("has no account");
        assertThat(bench.refusal(user("not an address"))).hasMessageContaining("e-mail address");
        assertThat(bench.refusal(user(null))).hasMessageContaining("missing");
        UserCommand root = user(Bench.ANN);
        root.roles = "root";
        assertThat(bench.refusal(root)).hasMessageContaining("customer, partner, admin, operator");
        UserCommand both = user(Bench.ANN);
        both.suspend = true;
        both.resume = true;
        assertThat(bench.refusal(both)).hasMessageContaining("only one of");
        UserCommand many = user(null);
        many.list = true;
        many.limit = 1_001;
        assertThat(bench.refusal(many)).hasMessageContaining("1 to 1000");
        assertThat(accounts.find(ann.id()).orElseThrow().roles()).containsExactly(Role.CUSTOMER);
        assertThat(accounts.find(ann.id()).orElseThrow().suspended()).isFalse();
    }

    @Test
    void showsWhereSomebodyIsSignedInAndSignsThemOut() {
        String first = sessions.open(ann.id(), Method.PASSWORD).session().id();
        sessions.open(ann.id(), Method.PASSKEY);
        assertThat(bench.text(sessions(Bench.ANN))).contains(first, "passkey", "Firefox on Linux");

        SessionsCommand end = sessions(Bench.ANN);
        end.end = first;
        JsonNode left = bench.json(end);
        assertThat(left.get("ended").asInt()).isEqualTo(1);
        assertThat(left.get("sessions")).hasSize(1);
        SessionsCommand all = sessions(ann.id());
        all.endAll = true;
        assertThat(bench.text(all)).contains("1 session of " + Bench.ANN + " ended");
        assertThat(sessions.ofAccount(ann.id())).isEmpty();
    }

    @Test
    void refusesSessionsOfOthersAndContradictions() {
        Customer bob = bench.customers.findOrCreate("bob@example.com");
        accounts.put(account(bob));
        String his = sessions.open(bob.id(), Method.PASSWORD).session().id();
        SessionsCommand end = sessions(Bench.ANN);
        end.end = his;
        assertThat(bench.refusal(end)).hasMessageContaining("no such session");
        end.endAll = true;
        assertThat(bench.refusal(end)).hasMessageContaining("only one of");
        assertThat(bench.refusal(sessions("eve@example.com"))).hasMessageContaining("has no account");
        assertThat(sessions.ofAccount(bob.id())).hasSize(1);
    }

    @Test
    void listsAndRevokesKeysOfAPersonWithoutTheirSecrets() {
        IssuedKey issued = keys.issue(ann.id(), "wc", "laptop", Set.of("count"), Optional.of(Bench.NOON.plus(Duration.ofDays(1))));
        assertThat(bench.text(keys(Bench.ANN))).contains(issued.info().id(), "laptop", "count").doesNotContain(issued.secret());

        UserKeysCommand revoke = keys(ann.id());
        revoke.revoke = issued.info().id();
        assertThat(bench.json(revoke).get("keys").get(0).get("revoked_at").asText()).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(keys.ofCustomer(ann.id()).get(0).revokedAt()).isPresent();
    }

    @Test
    void refusesKeysOfOthersAndUnknownPeople() {
        Customer bob = bench.customers.findOrCreate("bob@example.com");
        bench.entitlements.grant(bob.id(), "wc", "registered", "test");
        String his = keys.issue(bob.id(), "wc", "x", Set.of(), Optional.empty()).info().id();
        UserKeysCommand revoke = keys(Bench.ANN);
        revoke.revoke = his;

        assertThat(bench.refusal(revoke)).hasMessageContaining("no such key");
        assertThat(bench.refusal(keys("eve@example.com"))).hasMessageContaining("no customer");
        assertThat(keys.ofCustomer(bob.id()).get(0).revokedAt()).isEmpty();
    }

    @Test
    void showsMailsThatWaitAndThoseGivenUpAndTriesOneAgain() {
        assertThat(bench.text(new MailCommand())).contains("m1", "verify-email", "a***@example.com", "under way");
        MailCommand failed = new MailCommand();
        failed.failed = true;
        assertThat(bench.json(failed).get("failed").get(0).get("reason").asText()).isEqualTo("too-late");
        MailCommand retry = new MailCommand();
        retry.retry = "m1";
        assertThat(bench.text(retry)).contains("m1 is due now");
        assertThat(mails.retried).containsExactly("m1");
    }

    @Test
    void refusesToTryMailsThatAreGoneAndLimitsThatAreNone() {
        MailCommand unknown = new MailCommand();
        unknown.retry = "m9";
        assertThat(bench.refusal(unknown)).hasMessageContaining("No such mail");
        MailCommand gone = new MailCommand();
        gone.retry = "m2";
        gone.failed = true;
        assertThat(bench.refusal(gone)).hasMessageContaining("given up is gone");
        MailCommand none = new MailCommand();
        none.limit = 0;
        assertThat(bench.refusal(none)).hasMessageContaining("1 to 1000");
        assertThat(mails.retried).isEmpty();
    }

    @Test
    void showsWhatTheNodeHasCounted() {
        assertThat(bench.refusal(new QuotaMetricsCommand())).hasMessageContaining("quota service is not running");
        bench.platform.metrics = metrics();

        JsonNode view = bench.json(new QuotaMetricsCommand());

        assertThat(view.get("decisions").asLong()).isEqualTo(400);
        assertThat(view.get("store_writes_per_decision").asDouble()).isEqualTo(0.02);
        assertThat(view.get("units_lost").asLong()).isEqualTo(3);
        assertThat(bench.text(new QuotaMetricsCommand())).contains("0.0200");
    }

    @Test
    void saysWhichServiceIsMissing() {
        bench.platform.accounts = null;
        bench.platform.sessions = null;
        bench.platform.userKeys = null;
        bench.platform.mails = null;

        assertThat(bench.refusal(user(Bench.ANN))).hasMessageContaining("account service is not running");
        assertThat(bench.refusal(sessions(Bench.ANN))).hasMessageContaining("account service is not running");
        assertThat(bench.refusal(keys(Bench.ANN))).hasMessageContaining("key service of people is not running");
        assertThat(bench.refusal(new MailCommand())).hasMessageContaining("outbox is not running");
    }

    private static QuotaMetrics metrics() {
        long[] numbers = {400, 7, 6, 8, 5, 3, 2, 1};
        return (QuotaMetrics) java.lang.reflect.Proxy.newProxyInstance(QuotaMetrics.class.getClassLoader(),
                new Class<?>[] {QuotaMetrics.class}, (proxy, method, arguments) -> numbers[List.of("decisions", "denials",
                        "blocksTaken", "storeWrites", "unitsHandedBack", "unitsLost", "liveBlocks", "accounts").indexOf(method.getName())]);
    }

    private static final class Queue implements MailQueue {
        private final List<String> retried = new ArrayList<>();

        @Override
        public List<Waiting> waiting(int limit) {
            return List.of(new Waiting("m1", Mail.Kind.VERIFY_EMAIL, "a***@example.com", Bench.NOON, Bench.NOON.plusSeconds(180),
                    Bench.NOON.plusSeconds(900), 1, true));
        }

        @Override
        public List<GivenUp> givenUp(int limit) {
            return List.of(new GivenUp("m2", Mail.Kind.WELCOME, "b***@example.com", Bench.NOON, Bench.NOON, "too-late", 4));
        }

        @Override
        public void retry(String id) {
            if (!id.equals("m1")) {
                throw new MarketplaceException(Problem.NOT_FOUND, "No such mail waits.");
            }
            retried.add(id);
        }
    }
}
