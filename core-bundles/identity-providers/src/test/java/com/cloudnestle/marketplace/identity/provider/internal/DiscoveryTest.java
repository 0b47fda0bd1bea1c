package com.cloudnestle.marketplace.identity.provider.internal;

import static com.cloudnestle.marketplace.identity.provider.internal.Market.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    private final AtomicLong nanos = new AtomicLong();
    private ForgedProvider provider;
    private Discovery discovery;

    @BeforeEach
    void start() throws Exception {
        provider = new ForgedProvider();
        Settings settings = new Settings(
                Map.of("people.issuer", provider.url(), "people.client_id", "market"), name -> null,
                new PublicAddress(Map.of(), name -> null));
        discovery = new Discovery(settings.provider("people"), new ProviderHttp(Market.PATIENCE), nanos::get);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void asksOnceAnHour() {
        Discovery.Known first = discovery.get();
        nanos.addAndGet(Discovery.FRESH.toNanos() - 1);
        assertThat(discovery.get()).isSameAs(first);
        assertThat(provider.asked(WELL_KNOWN)).hasSize(1);

        nanos.addAndGet(1);
        assertThat(discovery.get().validator()).isSameAs(first.validator()); // its keys stay in memory
        assertThat(provider.asked(WELL_KNOWN)).hasSize(2);
    }

    @Test
    void doesNotAskAgainAtOnceWhatIsDown() {
        provider.json(WELL_KNOWN, 503, "");
        assertThat(problem(() -> discovery.get())).isEqualTo("provider-unavailable");
        assertThat(problem(() -> discovery.get())).isEqualTo("provider-unavailable");
        assertThat(provider.asked(WELL_KNOWN)).hasSize(1);

        nanos.addAndGet(Discovery.PAUSE.toNanos());
        assertThat(problem(() -> discovery.get())).isEqualTo("provider-unavailable");
        assertThat(provider.asked(WELL_KNOWN)).hasSize(2);
    }

    @Test
    void goesOnWithWhatItKnewWhileTheProviderIsDown() {
        Discovery.Known known = discovery.get();
        provider.close();
        nanos.addAndGet(Discovery.FRESH.toNanos());

        assertThat(discovery.get()).isSameAs(known);
    }

    @Test
    void believesNoMetadataOfAnotherIssuerWithoutEncryptionOrWithoutSense() {
        String good = "\"response_types_supported\":[\"code\"],\"subject_types_supported\":[\"public\"],"
                + "\"id_token_signing_alg_values_supported\":[\"RS256\"],\"jwks_uri\":\"https://i.example/jwks\"";
        refuses("<html>");
        refuses("[]");
        refuses("{\"issuer\":\"https://i.example\",\"authorization_endpoint\":\"https://i.example/a\","
                + "\"token_endpoint\":\"https://i.example/t\"," + good + "}");
        refuses("{\"issuer\":\"" + provider.url() + "\",\"authorization_endpoint\":\"http://i.example/a\","
                + "\"token_endpoint\":\"https://i.example/t\"," + good + "}");
        refuses("{\"issuer\":\"" + provider.url() + "\",\"authorization_endpoint\":\"https://i.example/a\"," + good + "}");
        refuses(("{\"issuer\":\"" + provider.url() + "\",\"authorization_endpoint\":\"https://i.example/a\","
                + "\"token_endpoint\":\"https://i.example/t\"," + good + "}").replace("RS256", "HS256"));
    }

    private void refuses(String metadata) {
        provider.json(WELL_KNOWN, 200, metadata);
        nanos.addAndGet(Discovery.PAUSE.toNanos());
        assertThat(problem(() -> discovery.get())).as(metadata).isEqualTo("provider-unavailable");
    }
}
