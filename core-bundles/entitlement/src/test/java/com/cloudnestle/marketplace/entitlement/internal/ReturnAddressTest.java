package com.cloudnestle.marketplace.entitlement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Visit;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where people may be sent back to, and the ways to send them elsewhere that are refused. */
class ReturnAddressTest {

    private final Handovers world = new Handovers();
    private final StoredHandover handover = world.handover();

    @ParameterizedTest
    @CsvSource({
        "https://finder.example/app?q=a%20b, https://finder.example/app?q=a%20b",
        "https://FINDER.example:443/, https://FINDER.example:443/",
        "https://finder.example, https://finder.example",
        "https://finder.example/a#old, https://finder.example/a",
        "http://localhost:3000/dev, http://localhost:3000/dev",
        "/solutions/finder/search?q=1, /solutions/finder/search?q=1",
        "/solutions/faiss/, /solutions/faiss/",
        "https://market.example/solutions/finder/search?q=1, /solutions/finder/search?q=1"})
    void goesBackToPagesOfTheSolution(String given, String kept) {
        assertThat(handover.check("faiss", given, null).returnUrl()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // other servers, plainly and by look-alikes
        "https://evil.example/", "https://finder.example.evil.example/", "https://evil-finder.example/", "https://finder.exampleevil/",
        "https://sub.finder.example/", "https://finder.example./", "https://finder.exаmple/", "https://finder。example/",
        "https://xn--finder-x.example/", "https://simple.example/", "https://plain.example/",
        // the same host, but not the same origin
        "http://finder.example/", "https://finder.example:8443/", "http://localhost:3001/", "http://localhost/", "http://127.0.0.1:3000/",
        // users and passwords that look like a host
        "https://finder.example@evil.example/", "https://finder.example:443@evil.example/", "https://u@finder.example/",
        "https://finder.example%40evil.example/", "https://finder.example%2eevil.example/",
        // what browsers repair and libraries do not
        "//evil.example/", "///evil.example", "\\\\evil.example", "/\\evil.example", "https:\\\\finder.example", "https:/evil.example",
        "https:evil.example", "https:///evil.example", "https://evil.example\\@finder.example/", "https://finder.example\\.evil.example/",
        "/\t/evil.example", "https://finder.example\t.evil.example", "\thttps://finder.example/", "https://finder.example/\r\nSet-Cookie:a=b",
        " https://finder.example/", "https://evil.example#@finder.example/", "https://evil.example?@finder.example/",
        "https://evil.example/https://finder.example/", "HTTPS:\\evil.example",
        // other schemes
        "javascript:alert(1)", "JavaScript://finder.example/%0aalert(1)", "data:text/html,x", "ftp://finder.example/", "blob:https://finder.example/1",
        "view-source:https://finder.example", "file:///etc/passwd",
        // this server, but another solution's page or none
        "/", "/solutions/plain/", "/solutions/finder", "/solutions/finder/../plain/", "/solutions/finder/%2e%2e/plain/",
        "/solutions/finder/%2E%2E%2Fplain/", "/solutions/finder/..%5cplain/", "/solutions/finder/%252e%252e/", "/solutions/finder//evil",
        "/solutions/finder/..;/plain/", "/admin", "solutions/finder/", "?x", "#x", "https://market.example/admin",
        "https://market.example:8443/solutions/finder/", "http://market.example/solutions/finder/", "https://u@market.example/solutions/finder/",
        // not an address at all
        "null", "https://", "https://[", "https://finder.example/ü", "https://finder.example/%zz"})
    void isRefusedWhereItCouldLeadElsewhere(String evil) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> handover.check("finder", evil, null))
                .satisfies(e -> assertThat(e.fieldErrors()).extracting("field").containsExactly("return_url"));
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> handover.depart(world.ann, new Visit("finder", evil, Optional.empty())));
    }

    @Test
    void isRefusedWhenItIsTooLong() {
        assertThat(handover.check("finder", "https://finder.example/" + "a".repeat(1_977), null).returnUrl()).hasSize(2_000);
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> handover.check("finder", "https://finder.example/" + "a".repeat(1_978), null));
    }

    @Test
    void isTheStartPageWhereNoneIsGiven() {
        assertThat(handover.check("faiss", null, null)).isEqualTo(new Visit("finder", "/solutions/finder/search", Optional.empty()));
        assertThat(handover.check("plain", "", null).returnUrl()).isEqualTo("/solutions/plain/");
    }

    @Test
    void mayBeWhereTheOperatorAllows() {
        assertThat(handover.check("plain", "https://two.example:8443/x", null).returnUrl()).isEqualTo("https://two.example:8443/x");
        assertThat(handover.origins("plain")).containsExactlyInAnyOrder("https://plain.example", "https://two.example:8443");
        assertThat(handover.origins("finder")).containsExactlyInAnyOrder("https://finder.example", "http://localhost:3000");
        assertThat(handover.origins("nothing")).isEmpty();
    }

    @Test
    void isNowhereByGuessingWhatTheOperatorMeant() {
        for (String wrong : new String[] {"plain", "plain http://plain.example", "plain *", "plain https://a.example/x", "a b c"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new HandoverOrigins(Handovers.config("", wrong)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new HandoverOrigins(Handovers.config("market.example", "")));
    }

    @Test
    void isConfiguredByTheKeysOfTheShippedFile() throws Exception {
        Properties shipped = new Properties();
        shipped.load(new StringReader(Files.readString(
                Path.of("../../assembly/src/main/resources/etc/com.cloudnestle.marketplace.handover.cfg"))));
        String component = Files.readString(Path.of(
                "target/classes/OSGI-INF/com.cloudnestle.marketplace.entitlement.internal.HandoverOrigins.xml"));

        assertThat(shipped.stringPropertyNames()).hasSize(2).allMatch(key -> component.contains("name=\"" + key + "\""));
    }

    @Test
    void takesOnlyChallengesOfTheRightForm() {
        assertThat(handover.check("finder", null, "a".repeat(43)).codeChallenge()).contains("a".repeat(43));
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> handover.check("finder", null, "short"))
                .satisfies(e -> assertThat(e.fieldErrors()).extracting("field").containsExactly("code_challenge"));
    }
}
