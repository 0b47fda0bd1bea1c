package com.cloudnestle.marketplace.rest.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsOverHttpTest {

    private final TestServer server = new TestServer();

    @Path("/")
    @Produces("application/json")
    @Consumes("application/json")
    public static final class Failing {
        @GET
        @Path("throw/{what}")
        public Map<String, String> fail(@PathParam("what") String what) throws Throwable {
            throw switch (what) {
                case "expected" -> MarketplaceException.invalid("units", "must be 1 or more");
                case "no-credential" -> new MarketplaceException(Problem.CREDENTIALS_MISSING, "Send a key.");
                case "revoked" -> new MarketplaceException(Problem.TOKEN_REVOKED, "Ask for a new one.");
                case "jaxrs" -> new BadRequestException("internal text");
                case "unavailable" -> new ServiceUnavailableException();
                case "own" -> new WebApplicationException(Response.status(418).entity(Map.of("tea", "pot")).build());
                case "error" -> new NoClassDefFoundError("com/secret/Missing");
                case "stack" -> new StackOverflowError();
                default -> new IllegalStateException("password=hunter2");
            };
        }

        @GET
        @Path("number")
        public Map<String, Integer> number(@QueryParam("n") int n) {
            return Map.of("n", n);
        }

        @GET
        @Path("unwritable")
        public Object unwritable() {
            return Map.of("a", "fine", "b", new Object() {
                @SuppressWarnings("unused")
                public String getText() {
                    throw new IllegalStateException("boom");
                }
            });
        }

        @POST
        @Path("post")
        public Map<String, String> post(Map<String, Object> body) {
            return Map.of();
        }
    }

    @BeforeEach
    void mount() {
        server.mount("/api", new Failing());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void rendersAFailureTheCallerCanActOn() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/api/throw/expected").header("X-Request-Id", "abc-1"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("abc-1");
        assertThat(answer.body()).isEqualTo("{\"type\":\"/problems/invalid-field\","
                + "\"title\":\"A field of the request is not acceptable\",\"status\":422,"
                + "\"detail\":\"units: must be 1 or more\",\"instance\":\"abc-1\",\"code\":\"invalid-field\","
                + "\"errors\":[{\"field\":\"units\",\"message\":\"must be 1 or more\"}]}");
    }

    @ParameterizedTest
    @CsvSource({"no-credential,Bearer", "revoked,'Bearer error=\"invalid_token\"'"})
    void asksForACredentialWith401(String what, String challenge) throws Exception {
        HttpResponse<String> answer = server.get("/api/throw/" + what);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue(challenge);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "error", "stack"})
    void tellsNothingOfABug(String what) throws Exception {
        HttpResponse<String> answer = server.get("/api/throw/" + what);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"code\":\"internal\"").doesNotContain("hunter2", "Exception", "secret");
    }

    @Test
    void rendersJaxRsExceptionsWithoutTheirText() throws Exception {
        HttpResponse<String> answer = server.get("/api/throw/jaxrs");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"bad-request\"").doesNotContain("internal text");
        assertThat(server.get("/api/throw/unavailable").body()).contains("\"status\":503", "solution-unavailable");
    }

    @Test
    void leavesAnAnswerAloneThatAResourceWroteItself() throws Exception {
        HttpResponse<String> answer = server.get("/api/throw/own");

        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo("{\"tea\":\"pot\"}");
    }

    @Test
    void anAnswerThatCannotBeWrittenIsACleanProblem() throws Exception {
        HttpResponse<String> answer = server.get("/api/unwritable");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).startsWith("{\"type\":\"/problems/internal\"").doesNotContain("fine", "boom");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/api/nothing", "/api", "/api/throw", "/apis/throw/x", "/api/../x"})
    void answers404ForUnknownAddresses(String path) throws Exception {
        String answer = server.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 404").contains("application/problem+json", "\"code\":\"not-found\"");
    }

    @Test
    void survivesAnAddressOfManySlashes() throws Exception {
        assertThat(server.raw("GET " + "/a".repeat(3500) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void answers405WithTheMethodsThatArePossible() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/api/post").DELETE());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("POST");
        assertThat(answer.body()).contains("\"code\":\"method-not-allowed\"");
        assertThat(server.send(server.request("/api/post").method("BREW", BodyPublishers.noBody())).statusCode()).isEqualTo(405);
    }

    @Test
    void answers406WhenJsonIsNotAccepted() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/api/number").header("Accept", "image/png"));

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).contains("\"code\":\"not-acceptable\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
    void answers415ForOtherMediaTypes(String type) throws Exception {
        HttpResponse<String> answer =
                server.send(server.request("/api/post").header("Content-Type", type).POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("\"code\":\"unsupported-media-type\"");
    }

    @Test
    void answers415ForCompressedBodies() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/api/post").header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip").POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void refusesOneWayRequests() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/api/post").header("Content-Type", "application/json")
                .header("OnewayRequest", "true").POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void explainsAQueryParameterOfTheWrongForm() throws Exception {
        HttpResponse<String> answer = server.get("/api/number?n=many");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("wrong form").doesNotContain("many", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "has space", "<script>", "a\tb", "0123456789012345678901234567890123456789012345678901234567890123X"})
    void makesAnIdForRequestsWithoutASaneOne(String id) throws Exception {
        HttpResponse<String> answer = server.send(server.request("/nothing").header("X-Request-Id", id));

        assertThat(answer.headers().allValues("X-Request-Id")).singleElement().asString().matches("req_[0-9a-f-]{36}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Basic", "Basic !!!", "Negotiate", "x"})
    void doesNotStumbleOverCredentials(String value) throws Exception {
        assertThat(server.send(server.request("/api/number?n=1").header("Authorization", value)).statusCode()).isEqualTo(200);
    }
}
