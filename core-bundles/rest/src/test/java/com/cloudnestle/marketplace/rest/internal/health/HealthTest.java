package com.cloudnestle.marketplace.rest.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.rest.internal.resource.Resources;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.cloudnestle.marketplace.platform.ReadinessCheck;
import com.cloudnestle.marketplace.solution.PluginReport;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** {@code /health/live} and {@code /health/ready}. */
class HealthTest {

    private static final CoreServices CORE = new CoreServices();
    private static final List<ComponentDescriptionDTO> DESCRIPTIONS = new ArrayList<>();
    private static final List<ComponentConfigurationDTO> CONFIGURATIONS = new ArrayList<>();
    private static final List<PluginReport.Plugin> PLUGINS = new ArrayList<>();
    private static volatile boolean changing;

    @RegisterExtension
    static final TestServer SERVER = new TestServer()
            .with(new LiveServlet(), "/health/live")
            .with(new ReadyServlet(CORE, new MissingServices(components())), "/health/ready");

    private final Http http = SERVER.http();

    @BeforeEach
    void allIsThere() {
        changing = false;
        DESCRIPTIONS.clear();
        CONFIGURATIONS.clear();
        PLUGINS.clear();
        complete(CORE);
    }

    private static void complete(CoreServices core) {
        Services services = new Services();
        core.more.clear();
        core.store = new InMemoryStore(services.clock);
        core.refusal = null;
        core.bootFinished = "yes";
        core.bundlesStarted = () -> true;
        core.catalog = services.catalog;
        core.customers = services.customers;
        core.keys = services.keys;
        core.entitlements = services.entitlements;
        core.tokens = services.tokens;
        core.quota = services.quota;
        core.audit = services.audit;
        core.api = Resources.controlPlane(services, (path, resources, gate) -> new Resources.Closed(path));
        core.plugins = new PluginReport() {
            @Override
            public List<Plugin> plugins() {
                return List.copyOf(PLUGINS);
            }

            @Override
            public Optional<SolutionHealth> health(String solutionId) {
                return Optional.empty();
            }
        };
    }

    /** Asked while the server starts, for each request to an address that is not served yet: so without the store. */
    @AfterEach
    void theShortAnswerAgreesInAllButTheStore() {
        boolean othersAreGood = true;
        for (JsonNode check : http.get("/health/ready").json().path("checks")) {
            othersAreGood &= check.path("ok").asBoolean() || check.path("name").asText().equals("store");
        }
        assertThat(CORE.ready()).isEqualTo(othersAreGood && CORE.store != null);
    }

    @Test
    void isLiveWhateverIsMissing() {
        CORE.store = null;

        assertThat(http.get("/health/live").text()).isEqualTo("{\"status\":\"live\"}");
        assertThat(http.send("HEAD", "/health/live", BodyPublishers.noBody()).status()).isEqualTo(200);
        assertThat(http.post("/health/live", "{}").status()).isEqualTo(405);
    }

    @Test
    void remembersThatItWasReadyBeforeItSaysSo() {
        CoreServices core = new CoreServices();
        assertThat(core.ready()).isFalse();
        assertThat(core.wasReady()).isFalse();

        complete(core);
        core.checks(new MissingServices(components()));
        assertThat(core.wasReady()).isTrue();

        core.quota = null;
        assertThat(core.ready()).isFalse();
        assertThat(core.wasReady()).isTrue();
    }

    @Test
    void isReadyWithAllServices() {
        Answer answer = http.get("/health/ready");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("ready");
        assertThat(answer.json().path("checks").findValues("ok")).allMatch(ok -> ok.asBoolean()).hasSize(11);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void tellsABrokenPluginAndStaysReady() {
        PLUGINS.add(new PluginReport.Plugin(Optional.empty(), "acme.broken", "1.0", PluginReport.State.UNRESOLVED,
                "missing package acme.absent", Services.START));

        Answer answer = http.get("/health/ready");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/plugins/0/state").asText()).isEqualTo("unresolved");
        assertThat(answer.json().at("/plugins/0/reason").asText()).contains("acme.absent");
    }

    @Nested
    class Unready503 {

        @Test
        void aCheckThatAnotherBundleBringsIsAskedToo() {
            List<String> problems = new ArrayList<>();
            CORE.more.add(new ReadinessCheck() {
                @Override
                public String name() {
                    return "secrets";
                }

                @Override
                public Optional<String> problem() {
                    return problems.stream().findFirst();
                }
            });
            assertThat(http.get("/health/ready").status()).isEqualTo(200);

            problems.add("the key is another one");

            Answer answer = http.get("/health/ready");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().at("/checks/11/name").asText()).isEqualTo("secrets");
            assertThat(answer.json().at("/checks/11/reason").asText()).isEqualTo("the key is another one");
        }

        @Test
        void waitsForTheSolutionsItStartsWith() {
            CORE.bootFinished = null;

            Answer answer = http.get("/health/ready");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().at("/checks/10/name").asText()).isEqualTo("start");
            assertThat(answer.json().at("/checks/10/reason").asText()).contains("still being installed");
        }

        @Test
        void waitsForTheBundlesThatARestartStartsOneAfterTheOther() {
            CORE.bundlesStarted = () -> false;

            Answer answer = http.get("/health/ready");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().at("/checks/10/reason").asText()).isEqualTo("the bundles are still being started");
        }

        @Test
        void saysWhichServiceFailedAtTheRoot() {
            CORE.store = null;
            CORE.quota = null;
            DESCRIPTIONS.add(description(1, "SqliteStore", Store.class.getName()));
            CONFIGURATIONS.add(failed(1, "java.lang.reflect.InvocationTargetException\n\tat x\n"
                    + "Caused by: com.x.StoreRefusal: the file is damaged\n\tat y\n"));
            DESCRIPTIONS.add(waiting(2, "Counter", com.cloudnestle.marketplace.quota.QuotaService.class.getName()));
            CONFIGURATIONS.add(unsatisfied(2));

            Answer answer = http.get("/health/ready");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().path("status").asText()).isEqualTo("not-ready");
            assertThat(answer.json().at("/checks/0/reason").asText()).isEqualTo("SqliteStore failed: the file is damaged");
            assertThat(answer.json().at("/checks/6/reason").asText()).isEqualTo("SqliteStore failed: the file is damaged");
        }

        @Test
        void tellsNoReasonOfItsOwnWhileComponentsChangeUnderIt() {
            CORE.quota = null;
            DESCRIPTIONS.add(waiting(2, "Counter", com.cloudnestle.marketplace.quota.QuotaService.class.getName()));
            changing = true;

            Answer answer = http.get("/health/ready");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().at("/checks/6/reason").asText()).isEqualTo("is being started");
        }

        @Test
        void repeatsWhatTheStoreSaidWhenItRefusedToOpen() {
            CORE.store = null;
            CORE.refusal = () -> "the data directory is held by process 4711";

            assertThat(http.get("/health/ready").json().at("/checks/0/reason").asText())
                    .isEqualTo("the data directory is held by process 4711");
        }

        @Test
        void saysWhenNobodyProvidesAService() {
            CORE.audit = null;

            assertThat(http.get("/health/ready").text()).contains("no active bundle provides com.cloudnestle.marketplace.audit");
        }

        @Test
        void noticesAStoreThatCannotBeRead() {
            CORE.store = (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, (p, m, a) -> {
                throw new com.cloudnestle.marketplace.store.StoreException.Unavailable("the disk is gone");
            });

            Answer answer = http.get("/health/ready");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().at("/checks/0/reason").asText()).isEqualTo("the disk is gone");
        }
    }

    @Test
    void tellsReasonsOnlyToThisMachine() {
        assertThat(ReadyServlet.local("127.0.0.1")).isTrue();
        assertThat(ReadyServlet.local("[::1]")).isTrue();
        assertThat(ReadyServlet.local("10.0.0.1")).isFalse();
        assertThat(ReadyServlet.local("2001:db8::1")).isFalse();
    }

    private static ServiceComponentRuntime components() {
        return (ServiceComponentRuntime) Proxy.newProxyInstance(
                ServiceComponentRuntime.class.getClassLoader(),
                new Class<?>[] {ServiceComponentRuntime.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getComponentDescriptionDTOs" -> (Collection<?>) List.copyOf(DESCRIPTIONS);
                    case "getComponentConfigurationDTOs" -> changing ? changed() : CONFIGURATIONS.stream()
                            .filter(c -> c.id == (int) ((ComponentDescriptionDTO) arguments[0]).properties.get("n"))
                            .toList();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Collection<?> changed() {
        throw new ConcurrentModificationException();
    }

    private static ComponentDescriptionDTO description(int number, String name, String service) {
        ComponentDescriptionDTO description = new ComponentDescriptionDTO();
        description.name = name;
        description.serviceInterfaces = new String[] {service};
        description.references = new ReferenceDTO[0];
        description.properties = Map.of("n", number);
        return description;
    }

    private static ComponentDescriptionDTO waiting(int number, String name, String service) {
        ComponentDescriptionDTO description = description(number, name, service);
        ReferenceDTO reference = new ReferenceDTO();
        reference.name = "store";
        reference.interfaceName = Store.class.getName();
        description.references = new ReferenceDTO[] {reference};
        return description;
    }

    private static ComponentConfigurationDTO failed(int number, String failure) {
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.id = number;
        configuration.state = ComponentConfigurationDTO.FAILED_ACTIVATION;
        configuration.failure = failure;
        return configuration;
    }

    private static ComponentConfigurationDTO unsatisfied(int number) {
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.id = number;
        configuration.state = ComponentConfigurationDTO.UNSATISFIED_REFERENCE;
        UnsatisfiedReferenceDTO reference = new UnsatisfiedReferenceDTO();
        reference.name = "store";
        configuration.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {reference};
        return configuration;
    }
}
