package com.cloudnestle.marketplace.rest.internal.resource;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.ADMIN_KEY;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.COUNTER;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.cloudnestle.marketplace.rest.internal.wire.SolutionDetailView.HealthView;
import com.cloudnestle.marketplace.rest.internal.wire.SolutionDetailView;
import com.cloudnestle.marketplace.solution.PluginReport;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /api/solutions}, one solution, and its keys. */
class SolutionsTest {

    private static final class HealthyPlugins implements PluginReport {
        @Override
        public List<Plugin> plugins() {
            return List.of();
        }

        @Override
        public Optional<SolutionHealth> health(String solutionId) {
            return Optional.of(SolutionHealth.healthy("146 documents"));
        }
    }

    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = Resources.serve(SERVICES);

    private final Http http = SERVER.http();
    private final Http admin = http.bearer(ADMIN_KEY);

    @Nested
    class List200 {

        @Test
        void listsWhatIsRunningForEverybody() {
            SERVICES.catalog.withdraw("timed");

            Answer answer = http.get("/api/solutions");

            assertThat(answer.json().path("solutions").findValuesAsText("id")).containsExactly(FINDER, COUNTER);
            assertThat(answer.json().at("/solutions/0/page_url").asText()).isEqualTo("/solutions/aws-solution-finder/search");
        }

        @Test
        void needsNoCredentialButRefusesOneThatIsNotValid() {
            assertThat(admin.get("/api/solutions").status()).isEqualTo(200);

            Answer answer = http.bearer("sk_of-nobody").get("/api/solutions");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("credentials-invalid");
        }

        @Test
        void findsByWordCategoryAndAlias() {
            assertThat(http.get("/api/solutions?query=FAISS").json().at("/solutions/0/id").asText()).isEqualTo(FINDER);
            assertThat(http.get("/api/solutions?category=text").json().path("solutions")).hasSize(1);
            assertThat(http.get("/api/solutions?query=zzz").json().path("solutions")).isEmpty();
        }

        @Test
        void goesOnAtTheCursor() {
            String cursor = http.get("/api/solutions?limit=1").json().path("next_cursor").asText();

            assertThat(http.get("/api/solutions?limit=1&cursor=" + cursor).json().at("/solutions/0/id").asText())
                    .isNotEqualTo(FINDER);
        }

        @Test
        void boundsWhatIsAsked() {
            assertThat(http.get("/api/solutions?limit=201").field()).isEqualTo("limit");
            assertThat(http.get("/api/solutions?query=" + "a".repeat(201)).field()).isEqualTo("query");
        }
    }

    @Nested
    class Detail200 {

        @Test
        void tellsTiersLimitsMetersAndAddresses() {
            Answer answer = http.get("/api/solutions/faiss");

            assertThat(answer.json().path("id").asText()).isEqualTo(FINDER);
            assertThat(answer.json().path("api_url").asText()).isEqualTo("/solutions/aws-solution-finder/api/");
            assertThat(answer.json().at("/tiers/1").toString()).isEqualTo("{\"tier\":\"registered\",\"limits\":[{\"action\":"
                    + "\"search\",\"window\":\"day\",\"limit\":10,\"zone\":\"Z\"}],\"validity_days\":null,\"price\":null,\"features\":[]}");
            assertThat(answer.json().at("/tiers/2/limits/0/limit").asLong()).isEqualTo(-1);
            assertThat(answer.json().at("/meters/0/action").asText()).isEqualTo("search");
        }

        @Test
        void showsAWithdrawnSolutionAsSuch() {
            SERVICES.catalog.withdraw("timed");

            assertThat(http.get("/api/solutions/timed").json().path("available").asBoolean()).isFalse();
        }

        @Test
        void tellsHealthToAllAndItsMessageToThoseConcerned() {
            SolutionResource resource = (SolutionResource) Resources.all(SERVICES).stream()
                    .filter(SolutionResource.class::isInstance).findFirst().orElseThrow();
            resource.plugins = new HealthyPlugins();

            assertThat(health(resource, null)).isEqualTo(new HealthView(true, null));
            assertThat(health(resource, "Bearer " + SERVICES.key(COUNTER))).isEqualTo(new HealthView(true, null));
            assertThat(health(resource, "Bearer " + SERVICES.key(FINDER))).isEqualTo(new HealthView(true, "146 documents"));
            assertThat(health(resource, "Bearer " + ADMIN_KEY)).isEqualTo(new HealthView(true, "146 documents"));
        }

        private Object health(SolutionResource resource, @Nullable String authorization) {
            return ((SolutionDetailView) resource.detail(authorization, FINDER).getEntity()).health();
        }

        @Test
        void knowsNoOther() {
            assertThat(http.get("/api/solutions/nothing").code()).isEqualTo("solution-unknown");
        }
    }

    @Nested
    class Keys {

        @Test
        void makesListsAndRevokes() {
            Answer made = admin.post("/api/solutions/faiss/keys", "{\"name\":\"web server\"}");

            assertThat(made.status()).isEqualTo(201);
            String secret = made.json().path("key").asText();
            String id = made.json().path("id").asText();
            assertThat(made.json().path("solution_id").asText()).isEqualTo(FINDER);
            assertThat(http.bearer(secret).get("/api/solutions/faiss").status()).isEqualTo(200);
            Answer list = admin.get("/api/solutions/" + FINDER + "/keys");
            assertThat(list.json().path("keys").findValuesAsText("id")).contains(id);
            assertThat(list.text()).doesNotContain(secret).doesNotContain("\"key\":");
            assertThat(admin.delete("/api/solutions/faiss/keys/" + id).status()).isEqualTo(204);
            assertThat(http.bearer(secret).get("/api/solutions/faiss").code()).isEqualTo("credentials-invalid");
        }

        @Test
        void areTheOperatorsAlone() {
            Http own = http.bearer(SERVICES.key(FINDER));

            assertThat(http.get("/api/solutions/faiss/keys").status()).isEqualTo(401);
            assertThat(own.get("/api/solutions/faiss/keys").status()).isEqualTo(403);
            assertThat(own.post("/api/solutions/faiss/keys", "{\"name\":\"x\"}").status()).isEqualTo(403);
            assertThat(own.delete("/api/solutions/faiss/keys/key_1").status()).isEqualTo(403);
        }

        @Test
        void refusesWhatIsNotThere() {
            assertThat(admin.post("/api/solutions/nothing/keys", "{\"name\":\"x\"}").code()).isEqualTo("solution-unknown");
            assertThat(admin.delete("/api/solutions/faiss/keys/key_none").code()).isEqualTo("not-found");
            assertThat(admin.post("/api/solutions/faiss/keys", "{}").field()).isEqualTo("name");
            assertThat(admin.post("/api/solutions/faiss/keys", "{\"name\":\"" + "x".repeat(61) + "\"}").field()).isEqualTo("name");
        }
    }
}
