package com.cloudnestle.marketplace.rest.internal.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.rest.internal.people.PeopleServer;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CallRatesTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "127.0.0.1", 3);

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

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
    void remembersNoMoreThanItHasRoomFor() {
        CallRates rates = new CallRates(new ManualClock(Instant.EPOCH), 1);
        for (int i = 0; i < 60_000; i++) {
            rates.count("key" + i);
        }

        assertThat(rates.count("key59999").allowed()).isFalse();
        assertThat(rates.count("key0").allowed()).as("forgotten").isTrue();
    }

    @Test
    void isNotConfiguredByGuessing() {
        for (String wrong : new String[] {"10.0.0.0/33", "proxy.example", "300.1.1.1", "10.0.0.0/", "::1/129"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new EdgeSettings("", wrong, 0, 1));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new EdgeSettings("market.example", "", 0, 1));
    }

    @Test
    void isConfiguredByTheKeysOfTheShippedFile() throws Exception {
        Properties shipped = new Properties();
        shipped.load(new StringReader(Files.readString(
                Path.of("../../assembly/src/main/resources/etc/com.cloudnestle.marketplace.edge.cfg"))));
        String component = Files.readString(Path.of(
                "target/classes/OSGI-INF/com.cloudnestle.marketplace.rest.internal.edge.EdgeSettings.xml"));

        assertThat(shipped.stringPropertyNames()).hasSize(4).allMatch(key -> component.contains("name=\"" + key + "\""));
    }
}
