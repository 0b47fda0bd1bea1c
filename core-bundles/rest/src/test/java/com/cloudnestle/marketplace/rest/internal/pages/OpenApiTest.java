package com.cloudnestle.marketplace.rest.internal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.rest.internal.decision.ValidateServlet;
import com.cloudnestle.marketplace.rest.internal.pages.ApiDocument.Operation;
import com.cloudnestle.marketplace.rest.internal.people.PeopleServer;
import com.cloudnestle.marketplace.rest.internal.resource.Resources;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.cloudnestle.marketplace.rest.internal.wire.TokenView;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API document says what the code does, in both directions; and it is served with its page. */
class OpenApiTest {

    private static final Services SERVICES = new Services();
    private static final Map<String, Method> RESOURCES = ServedOperations.ofMounts(new PeopleServer("", "", 1).server.mounts());

    @RegisterExtension
    static final TestServer SERVER = new TestServer().with(new DocsServlet(), "/api/openapi.json", "/docs/*")
            .with(new ValidateServlet(Resources.decisions(SERVICES), SERVICES.clock),
                    "/api/validate-solution-token", "/api/validate-token", "/quota/validate");

    private static ApiDocument document;

    private final Http http = SERVER.http();

    @BeforeAll
    static void load() throws IOException {
        document = ApiDocument.load();
    }

    private static Set<String> documented() {
        return document.operations().stream().map(Operation::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void describesEveryResourceMethodAndNoOther() throws IOException {
        Set<String> servlets = ServedOperations.servletPatterns();

        Set<String> ofResources = document.operations().stream()
                .filter(operation -> !servlets.contains(operation.path()) && !servlets.contains(ServedOperations.pattern(operation.path())))
                .map(Operation::name)
                .collect(Collectors.toSet());

        assertThat(RESOURCES).hasSizeGreaterThan(65).containsKeys("PUT /api/user-tier", "GET /api/auth/providers/{id}/callback");
        assertThat(ofResources).containsExactlyInAnyOrderElementsOf(RESOURCES.keySet());
    }

    @Test
    void describesEveryServletOfTheApi() throws IOException {
        Set<String> patterns = ServedOperations.servletPatterns();

        assertThat(patterns).contains("/api/validate-solution-token", "/quota/validate", "/health/ready", "/docs/*");
        assertThat(patterns.stream().filter(p -> p.startsWith("/api/") || p.startsWith("/quota/") || p.startsWith("/health/")))
                .allMatch(pattern -> documented().stream()
                        .anyMatch(name -> name.endsWith(" " + pattern) || ServedOperations.pattern(name).endsWith(" " + pattern)));
    }

    @Test
    void namesTheMethodsTheServletsAnswer() {
        for (String path : List.of("/api/validate-solution-token", "/api/validate-token", "/quota/validate", "/api/openapi.json")) {
            List<String> methods = document.operations().stream()
                    .filter(operation -> operation.path().equals(path))
                    .map(Operation::method)
                    .toList();
            assertThat(http.send("OPTIONS", path, BodyPublishers.noBody()).header("Allow").split(", ")).containsAll(methods);
        }
    }

    @Test
    void describesTheParametersTheMethodsTake() {
        for (Operation operation : document.operations()) {
            Method method = RESOURCES.get(operation.name());
            if (method != null) {
                assertThat(document.parameters(operation, "query")).as(operation.name())
                        .isEqualTo(ServedOperations.queryParameters(method));
                assertThat(document.parameters(operation, "path")).as(operation.name())
                        .containsAll(ServedOperations.pathParameters(method));
            }
        }
    }

    @Test
    void describesEachFieldOfEachBody() throws Exception {
        Map<String, String> nested = Map.of(
                "UsageView$Day", "UsageDay", "AuditView$Entry", "AuditEntry", "Views$StatusView", "MailSent");
        int checked = 0;
        for (Class<?> type : Stream.concat(wireRecords().stream(), PeopleServer.bodies()).toList()) {
            String simple = type.getName().substring(type.getName().lastIndexOf('.') + 1);
            String name = nested.getOrDefault(simple, type.getSimpleName());
            Set<String> fields = Arrays.stream(type.getRecordComponents()).map(OpenApiTest::wireName).collect(Collectors.toSet());
            Set<String> properties = new TreeSet<>();
            document.schema(name).path("properties").fieldNames().forEachRemaining(properties::add);
            assertThat(properties).as("schema " + name).isEqualTo(fields);
            checked++;
        }
        assertThat(checked).isGreaterThan(70);
    }

    private static List<Class<?>> wireRecords() throws Exception {
        Path folder = Path.of(TokenView.class.getResource("TokenView.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".class", ""))
                    .filter(name -> !name.equals("package-info"))
                    .<Class<?>>map(name -> load(TokenView.class.getPackageName() + "." + name))
                    .filter(Class::isRecord)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String wireName(RecordComponent component) {
        JsonProperty explicit = component.getAnnotation(JsonProperty.class);
        return explicit != null ? explicit.value() : new SnakeCaseStrategy().translate(component.getName());
    }

    @Test
    void documentsEveryProblemCodeAtItsStatus() {
        Set<String> codes = Arrays.stream(Problem.values()).map(Problem::code).collect(Collectors.toSet());
        Set<String> listed = new TreeSet<>();
        document.schema("Problem").at("/properties/code/enum").forEach(code -> listed.add(code.asText()));
        assertThat(listed).isEqualTo(codes);

        for (Problem problem : Problem.values()) {
            assertThat(document.root().path("components").path("responses").findParents(problem.code()))
                    .as(problem.code())
                    .isNotEmpty()
                    .allMatch(examples -> examples.at("/" + problem.code() + "/value/status").asInt() == problem.status());
        }
    }

    @Test
    void hasSoundExamplesAndReferences() {
        assertThat(document.brokenReferences()).isEmpty();
        document.root().at("/components/schemas").fields().forEachRemaining(schema -> {
            JsonNode example = schema.getValue().path("example");
            if (!example.isMissingNode()) {
                assertThat(document.misfits(schema.getValue(), example, schema.getKey())).isEmpty();
            }
        });
    }

    @Test
    void saysOfEachCallWhatItDoesWhoMayAndHowItFails() {
        assertThat(document.operations()).allSatisfy(operation -> {
            assertThat(operation.json().path("summary").asText()).as(operation.name()).isNotBlank();
            assertThat(operation.json().path("security").isArray()).as(operation.name()).isTrue();
            assertThat(operation.json().path("responses").has("405")).as(operation.name()).isTrue();
        });
        assertThat(document.operations().stream().map(o -> o.json().path("operationId").asText())).doesNotHaveDuplicates();
        assertThat(document.root().path("openapi").asText()).startsWith("3.1");
    }

    @Test
    void isServedWithItsPageFromThisServerOnly() {
        assertThat(http.get("/api/openapi.json").json().at("/info/title").asText()).isEqualTo("CloudNestle Marketplace");
        assertThat(http.get("/docs").header("Location")).isEqualTo("/docs/");
        Http.Answer page = http.get("/docs/");
        assertThat(page.text()).contains("swagger-ui-bundle.js").doesNotContain("http://", "https://");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self';").doesNotContain("unsafe");
        assertThat(http.get("/docs/swagger-ui-bundle.js").text()).hasSizeGreaterThan(1_000_000);
        assertThat(http.get("/docs/swagger-ui.css").header("Content-Type")).startsWith("text/css");
        assertThat(http.get("/docs/docs.js").status()).isEqualTo(200);
        assertThat(http.get("/docs/../openapi/openapi.json").status()).isIn(400, 404);
        assertThat(http.get("/docs/nothing").status()).isEqualTo(404);
    }
}
