package com.cloudnestle.marketplace.rest.internal.edge;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.rest.internal.people.PeopleServer;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CallRatesTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "127.0.0.1", 3);

    private static final PeopleServer OF_ACCOUNT = new PeopleServer(Edges.settings("", "127.0.0.1", 1000, 10), true);

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    @RegisterExtension
    static final TestServer SERVER_OF_ACCOUNT = OF_ACCOUNT.server;

    private static Answer signIn(String address) {
        Http from = PEOPLE.browser().header("X-Forwarded-For", address);
        return from.post("/api/auth/sign-in", "{\"email\":\"a@example.com\",\"password\":\"x\"}");
    }

    @Test
    void refusesMoreThanTheLimitOfOneAddressAndTellsWhenToComeBack() {
        for (int i = 0; i < 3; i++) {
            assertThat(signIn("203.0.113.1").status()).isEqualTo(401);
        }
        Answer refused = signIn("203.0.113.1");

        assertThat(refused.code()).isEqualTo("too-many-requests");
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        assertThat(refused.header("RateLimit")).isEqualTo("\"people\";r=0;t=60");
        assertThat(signIn("203.0.113.2").status()).as("another address").isEqualTo(401);
        assertThat(SERVER.http().header("X-Forwarded-For", "203.0.113.1").get("/api/account").code()).as("reading")
                .isEqualTo("credentials-missing");
        assertThat(SERVER.http().header("X-Forwarded-For", "203.0.113.1").send("OPTIONS", "/api/account", BodyPublishers.noBody()).status())
                .as("asking what there is").isEqualTo(200);
        PEOPLE.services.clock.advance(Duration.ofSeconds(60));
        assertThat(signIn("203.0.113.1").status()).isEqualTo(401);
    }

    @Test
    void countsAHouseholdOfIpv6AsOne() {
        for (int i = 0; i < 3; i++) {
            signIn("2001:db8:1:2::" + i);
        }

        assertThat(signIn("2001:db8:1:2:ffff::1").status()).isEqualTo(429);
        assertThat(signIn("2001:db8:1:3::1").status()).isEqualTo(401);
    }

    @Test
    void countsAnAccountWithAllItsSessionsWhereverTheyAre() {
        Account ann = OF_ACCOUNT.services.accounts.make("ann@example.com");
        Http phone = from(ann, "203.0.113.1");
        Http desk = from(ann, "198.51.100.7");
        for (int i = 0; i < 5; i++) {
            assertThat(phone.get("/api/account").status()).isEqualTo(200);
            assertThat(desk.json("PATCH", "/api/account", "{}").status()).isEqualTo(200);
        }

        Answer refused = desk.get("/api/account/solutions");
        assertThat(refused.code()).isEqualTo("too-many-requests");
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        assertThat(refused.header("RateLimit")).isEqualTo("\"account\";r=0;t=60");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"account\";q=10;w=60");
        assertThat(phone.delete("/api/account").status()).isEqualTo(429);
        Http other = from(OF_ACCOUNT.services.accounts.make("bob@example.com"), "203.0.113.1");
        assertThat(other.get("/api/account").header("RateLimit")).as("another account").isEqualTo("\"account\";r=9;t=60");
        OF_ACCOUNT.services.clock.advance(Duration.ofSeconds(60));
        assertThat(phone.get("/api/account").status()).isEqualTo(200);
    }

    @Test
    void tellsBothLimitsWhereBothCount() {
        Http browser = from(OF_ACCOUNT.services.accounts.make("eve@example.com"), "203.0.113.5");

        assertThat(browser.json("PATCH", "/api/account", "{}").header("RateLimit"))
                .isEqualTo("\"people\";r=999;t=60, \"account\";r=9;t=60");
    }

    @Test
    void countsNoCallsOfSolutions() {
        Account ann = OF_ACCOUNT.services.accounts.make("zoe@example.com");
        Http page = from(ann, "203.0.113.6");
        for (int i = 0; i < 20; i++) {
            assertThat(page.post("/api/validate-token", "{\"solution_id\":\"word-count\",\"check_only\":true}").header("RateLimit"))
                    .doesNotContain("people", "account");
        }

        assertThat(page.get("/api/account").header("RateLimit")).isEqualTo("\"account\";r=9;t=60");
        assertThat(page.header("Authorization", "Bearer " + ADMIN_KEY).get("/api/admin/users").header("RateLimit"))
                .as("a credential wins over the cookie").isEmpty();
    }

    private static Http from(Account account, String address) {
        return OF_ACCOUNT.browser(OF_ACCOUNT.services.accounts.signIn(account)).header("X-Forwarded-For", address);
    }

    @Test
    void remembersNoMoreThanItHasRoomFor() {
        CallRates rates = new CallRates("people", new ManualClock(Instant.EPOCH), 1);
        for (int i = 0; i < 60_000; i++) {
            rates.count("key" + i);
        }

        assertThat(rates.count("key59999").allowed()).isFalse();
        assertThat(rates.count("key0").allowed()).as("forgotten").isTrue();
    }

    @Test
    void isNotConfiguredByGuessing() {
        for (String wrong : new String[] {"10.0.0.0/33", "proxy.example", "300.1.1.1", "10.0.0.0/", "::1/129"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new EdgeSettings("", wrong, 0, 1, 1));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new EdgeSettings("market.example", "", 0, 1, 1));
    }

    @Test
    void isConfiguredByTheKeysOfTheShippedFile() throws Exception {
        Properties shipped = new Properties();
        shipped.load(new StringReader(Files.readString(
                Path.of("../../assembly/src/main/resources/etc/com.cloudnestle.marketplace.edge.cfg"))));
        String component = Files.readString(Path.of(
                "target/classes/OSGI-INF/com.cloudnestle.marketplace.rest.internal.edge.EdgeSettings.xml"));

        assertThat(shipped.stringPropertyNames()).hasSize(5).allMatch(key -> component.contains("name=\"" + key + "\""));
    }
}
