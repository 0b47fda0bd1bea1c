package com.cloudnestle.marketplace.rest.internal.resource;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.ADMIN_KEY;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.COUNTER;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/audit}. */
class AuditTest {

    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = Resources.serve(SERVICES);

    private final Http http = SERVER.http();
    private final Http admin = http.bearer(ADMIN_KEY);

    @Test
    void listsTheNewestFirstAndGoesOn() {
        SERVICES.token(FINDER, "registered");
        SERVICES.token(COUNTER, "registered");

        Answer first = admin.get("/api/audit?limit=2");

        long newest = first.json().at("/entries/0/sequence").asLong();
        assertThat(first.json().at("/entries/1/sequence").asLong()).isEqualTo(newest - 1);
        assertThat(first.json().at("/entries/0/hash").asText()).hasSize(64);
        String before = first.json().path("next_before").asText();
        assertThat(admin.get("/api/audit?limit=1&before=" + before).json().at("/entries/0/sequence").asLong()).isEqualTo(newest - 2);
        assertThat(admin.get("/api/audit?before=2").json().get("next_before").isNull()).isTrue();
    }

    @Nested
    class Refused {

        @Test
        void isTheOperatorsAlone() {
            assertThat(http.get("/api/audit").status()).isEqualTo(401);
            assertThat(http.bearer(SERVICES.key(FINDER)).get("/api/audit").status()).isEqualTo(403);
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "x", "1e3", "9999999999999999999"})
        void wantsASequenceNumber(String before) {
            assertThat(admin.get("/api/audit?before=" + before).field()).isEqualTo("before");
        }
    }
}
