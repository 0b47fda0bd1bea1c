package com.cloudnestle.marketplace.plugin.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.solution.Metered;
import com.cloudnestle.marketplace.solution.PluginReport;
import com.cloudnestle.marketplace.solution.PluginReport.State;
import com.cloudnestle.marketplace.solution.Solution;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PluginHostTest {

    private static final String VERSION = "/solutions/text/api/version";

    private final Platform platform = new Platform();

    @AfterEach
    void stop() throws Exception {
        platform.close();
    }

    @Test
    void aSolutionIsListedAndServedWhileItsServiceIsThere() throws Exception {
        long service = platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "v1"));

        assertThat(platform.get(VERSION).body()).contains("v1");
        assertThat(platform.catalog.require("text").available()).isTrue();
        assertThat(platform.only()).isEqualTo(new PluginReport.Plugin(
                Optional.of("text"), "com.example.text", "1.0.0", State.RUNNING, "", Platform.NOON));

        platform.host.left(service);

        assertThat(platform.get(VERSION).statusCode()).isEqualTo(404);
        assertThat(platform.catalog.require("text").available()).isFalse();
        assertThat(platform.host.plugins()).isEmpty();
        assertThat(platform.journal).containsExactly(
                "solution.deployed text com.example.text 1.0.0", "solution.withdrawn text com.example.text 1.0.0");
    }

    @Test
    void whatCustomersHaveSurvivesRemovalAndReturn() throws Exception {
        long service = platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "v1"));
        String token = platform.tokenFor("ann@example.com", "text", "registered");
        platform.post("/solutions/text/api/count", "{\"text\":\"a\"}", "Authorization", "Bearer " + token);

        platform.host.left(service);
        platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "v1"));

        assertThat(platform.post("/solutions/text/api/count", "{\"text\":\"a\"}", "Authorization", "Bearer " + token)
                .headers().firstValue("X-Marketplace-Quota-Remaining")).hasValue("8");
    }

    @Test
    void aNewerVersionTakesOverAndTheOldOneGoesUnnoticed() throws Exception {
        long old = platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "v1"));
        platform.clock.advance(Duration.ofMinutes(1));
        platform.deploy("com.example.text", "1.1.0", new TextSolution("text", "v2"));

        assertThat(platform.get(VERSION).body()).contains("v2");
        assertThat(states()).containsExactly("1.0.0 STANDBY", "1.1.0 RUNNING");

        platform.host.left(old);

        assertThat(platform.get(VERSION).body()).contains("v2");
        assertThat(platform.catalog.require("text").available()).isTrue();
        assertThat(platform.only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void anOlderVersionWaitsAndTakesOverWhenTheNewerGoes() throws Exception {
        long newer = platform.deploy("com.example.text", "1.10.0", new TextSolution("text", "new"));
        platform.deploy("com.example.text", "1.9.0", new TextSolution("text", "old"));
        assertThat(platform.get(VERSION).body()).contains("new");

        platform.host.left(newer);

        assertThat(platform.get(VERSION).body()).contains("old");
        assertThat(platform.only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void theSameVersionDeployedAgainTakesOver() throws Exception {
        platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "first"));
        platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "second"));

        assertThat(platform.get(VERSION).body()).contains("second");
    }

    @Test
    void aVersionThatIsBrokenLeavesTheOldOneServing() throws Exception {
        platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "v1"));
        platform.deploy("com.example.text", "1.1.0", new NoJaxRs(SolutionDescriptor.of("text", "Text 2", "", "count")));

        assertThat(platform.get(VERSION).body()).contains("v1");
        assertThat(platform.catalog.require("text").descriptor().name()).isEqualTo("Text");
        assertThat(states()).containsExactly("1.0.0 RUNNING", "1.1.0 FAILED");
    }

    @Test
    void anUpdateMayAddAndDropPagesAndApi() throws Exception {
        platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "v1"));
        platform.deploy("com.example.text", "1.1.0",
                () -> new PagesOnly(SolutionDescriptor.of("text", "Text", "", "count")), Map.of("index.html", "page"));
        assertThat(platform.get("/solutions/text/index.html").statusCode()).isEqualTo(200);
        assertThat(platform.get(VERSION).statusCode()).isEqualTo(404);

        long third = platform.deploy("com.example.text", "1.2.0", new TextSolution("text", "v3"));
        assertThat(platform.get("/solutions/text/index.html").statusCode()).isEqualTo(404);
        assertThat(platform.get(VERSION).statusCode()).isEqualTo(200);

        platform.host.left(third); // 1.1.0 takes over again
        assertThat(platform.get("/solutions/text/index.html").statusCode()).isEqualTo(200);
    }

    @Test
    void anotherBundleWithTheSameIdIsRefusedByName() throws Exception {
        platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "mine"));
        platform.deploy("com.evil.text", "9.0.0", new TextSolution("text", "theirs"));

        assertThat(platform.get(VERSION).body()).contains("mine");
        PluginReport.Plugin refused = platform.host.plugins().get(0);
        assertThat(refused.bundle()).isEqualTo("com.evil.text");
        assertThat(refused.state()).isEqualTo(State.FAILED);
        assertThat(refused.reason()).contains("the id text is taken by bundle com.example.text");
    }

    @Test
    void anAliasOfAnotherSolutionIsRefused() throws Exception {
        platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "mine"));
        platform.deploy("com.example.other", "1.0.0",
                new TextSolution(SolutionDescriptor.of("other", "Other", "", "count").withAliases("text"), "x"));

        assertThat(platform.host.plugins().get(0).reason()).contains("text");
        assertThat(platform.host.plugins().get(0).state()).isEqualTo(State.FAILED);
        assertThat(platform.get("/solutions/other/api/version").statusCode()).isEqualTo(404);
        assertThat(platform.get(VERSION).statusCode()).isEqualTo(200);
    }

    /** Has no @Path. */
    private record NoJaxRs(SolutionDescriptor descriptor) implements Solution {}

    private record PagesOnly(SolutionDescriptor descriptor) implements Solution {
        @Override
        public List<Object> resources() {
            return List.of();
        }
    }

    @Path("/")
    public static final class Misspelt {
        @GET
        @Metered("serach")
        public String get() {
            return "";
        }
    }

    @Path("/")
    public static final class Free {
        @GET
        @Metered(value = "count", units = 0)
        public String get() {
            return "";
        }
    }

    private record With(List<Object> resources) implements Solution {
        @Override
        public SolutionDescriptor descriptor() {
            return SolutionDescriptor.of("broken", "Broken", "", "count");
        }
    }

    private static Arguments broken(String what, Supplier<Solution> solution, String reason) {
        return Arguments.of(Named.of(what, solution), reason);
    }

    private static Solution describing(Supplier<SolutionDescriptor> descriptor) {
        return descriptor::get;
    }

    static Stream<Arguments> brokenPlugins() {
        SolutionDescriptor fine = SolutionDescriptor.of("broken", "Broken", "", "count");
        return Stream.of(
                broken("no service", () -> null, "service could not be made"),
                broken("failing service", () -> { throw new IllegalStateException("no data file"); }, "no data file"),
                broken("null descriptor", () -> describing(() -> null), "descriptor() gave null"),
                broken("invalid descriptor", () -> describing(() -> SolutionDescriptor.of("No Id", "x", "", "a")), "id must be"),
                broken("missing class", () -> describing(() -> { throw new NoClassDefFoundError("com/x/Y"); }), "com/x/Y"),
                broken("endless recursion", () -> describing(() -> { throw new StackOverflowError(); }), "StackOverflowError"),
                broken("unknown profile", () -> new TextSolution(fine.withTierProfile("gold"), "x"), "gold"),
                broken("missing start page", () -> new TextSolution(fine.withStartPath("search"), "x"), "'search' is no file"),
                broken("no @Path", () -> new NoJaxRs(fine), "has no @Path"),
                broken("nothing to serve", () -> new PagesOnly(fine), "neither resources nor pages"),
                broken("misspelt meter", () -> new With(List.of(new Misspelt())), "'serach'"),
                broken("meter without units", () -> new With(List.of(new Free())), "0 units"));
    }

    @ParameterizedTest
    @MethodSource("brokenPlugins")
    void aBrokenPluginIsNamedAndTheOthersGoOn(Supplier<Solution> broken, String reason) throws Exception {
        platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "v1"));
        long service = platform.deploy("com.broken", "2.0.0", broken, Map.of());

        PluginReport.Plugin refused = platform.host.plugins().get(0);
        assertThat(refused.bundle()).isEqualTo("com.broken");
        assertThat(refused.version()).isEqualTo("2.0.0");
        assertThat(refused.state()).isEqualTo(State.FAILED);
        assertThat(refused.reason()).contains(reason);
        assertThat(platform.get(VERSION).statusCode()).isEqualTo(200);
        assertThat(platform.get("/solutions/broken/api").statusCode()).isEqualTo(404);
        assertThat(platform.catalog.find("broken").filter(entry -> entry.available())).isEmpty();

        platform.host.left(service);
        assertThat(platform.only().bundle()).isEqualTo("com.example.text");
    }

    @Test
    void aReasonIsOneLine() {
        platform.deploy("com.broken", "1.0.0",
                () -> { throw new IllegalStateException("first\nERROR second\r\u2028third " + "x".repeat(5000)); }, Map.of());

        assertThat(platform.only().reason()).doesNotContain("\n", "\r", "\u2028").contains("first ERROR second third")
                .hasSizeLessThan(700);
    }

    @Test
    void aRepairedPluginIsTakenIn() throws Exception {
        long broken = platform.deploy("com.example.text", "1.0.0", new NoJaxRs(SolutionDescriptor.of("text", "T", "", "count")));
        platform.host.left(broken);
        platform.deploy("com.example.text", "1.0.1", new TextSolution("text", "repaired"));

        assertThat(platform.get(VERSION).body()).contains("repaired");
        assertThat(platform.only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void asksTheLiveSolutionHowItIs() {
        platform.deploy("com.example.text", "1.0.0", new TextSolution("text", "fine"));
        platform.deploy("com.example.sick", "1.0.0", new Sick());

        assertThat(platform.host.health("text")).hasValue(SolutionHealth.healthy("fine"));
        assertThat(platform.host.health("sick").orElseThrow().ok()).isFalse();
        assertThat(platform.host.health("unknown")).isEmpty();
    }

    @Path("/")
    public static final class Sick implements Solution {
        @Override
        public SolutionDescriptor descriptor() {
            return SolutionDescriptor.of("sick", "Sick", "", "count");
        }

        @Override
        public SolutionHealth health() {
            throw new IllegalStateException("no index");
        }

        @GET
        public String get() {
            return "";
        }
    }

    @Test
    @Timeout(300)
    void aSolutionThatDoesNotSayHowItIsHoldsUpNobody() throws Exception {
        try (Platform impatient = new Platform(HealthInquiry.PATIENCE)) {
            Hanging hanging = new Hanging();
            long service = impatient.deploy("com.example.hanging", "1.0.0", hanging);

            assertThat(impatient.host.health("hanging")).hasValue(SolutionHealth.failing("no answer within 2 s"));
            assertThat(impatient.host.health("hanging")).as("while it hangs").hasValue(SolutionHealth.failing("no answer within 2 s"));
            hanging.interrupted.acquire();
            assertThat(hanging.asked).hasSize(1);

            impatient.host.left(service);
            assertThat(impatient.host.health("hanging")).isEmpty();
            hanging.end.countDown();
        }
    }

    @Test
    @Timeout(300)
    void takingOutASolutionEndsTheQuestionHowItIs() throws Exception {
        Hanging hanging = new Hanging();
        long service = platform.deploy("com.example.hanging", "1.0.0", hanging);
        CompletableFuture<Optional<SolutionHealth>> answer = CompletableFuture.supplyAsync(() -> platform.host.health("hanging"));
        hanging.begun.acquire();

        platform.host.left(service);

        hanging.interrupted.acquire();
        assertThat(answer.get().orElseThrow().message()).isEqualTo("it is being taken out");
        hanging.end.countDown();
    }

    /** Notices that it is interrupted and hangs on: however long the test takes, it is not asked again. */
    @Path("/")
    public static final class Hanging implements Solution {
        final List<Thread> asked = new CopyOnWriteArrayList<>();
        final Semaphore begun = new Semaphore(0);
        final Semaphore interrupted = new Semaphore(0);
        final CountDownLatch end = new CountDownLatch(1);

        @Override
        public SolutionDescriptor descriptor() {
            return SolutionDescriptor.of("hanging", "Hanging", "", "count");
        }

        @Override
        public SolutionHealth health() {
            asked.add(Thread.currentThread());
            begun.release();
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    interrupted.release();
                }
            }
            return SolutionHealth.healthy();
        }

        @GET
        public String get() {
            return "";
        }
    }

    private List<String> states() {
        return platform.host.plugins().stream().map(plugin -> plugin.version() + " " + plugin.state()).toList();
    }
}
