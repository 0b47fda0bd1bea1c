package com.cloudnestle.marketplace.rest.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.RestRuntime;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountingTest {

    private final TestServer server = new TestServer();

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Path("/")
    public static final class Greeter {
        private final String greeting;

        Greeter(String greeting) {
            this.greeting = greeting;
        }

        @GET
        @Path("hello/{name}")
        public Greeting hello(@PathParam("name") String name) {
            return new Greeting(greeting + " " + name);
        }

        @GET
        @Path("base")
        public Greeting base(@Context UriInfo uri) {
            return new Greeting(uri.getBaseUri().getPath());
        }

        public record Greeting(String text) {}
    }

    @Test
    void servesJsonFromRecordsWithoutFurtherAnnotations() throws Exception {
        server.mount("/solutions/greeter/api", new Greeter("Hello"));

        HttpResponse<String> answer = server.get("/solutions/greeter/api/hello/Ann");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo("{\"text\":\"Hello Ann\"}");
    }

    @Test
    void whatNoMountServesGoesToThePagesIfTheyAreThere() throws Exception {
        server.mount("/a", new Greeter("Hello"));
        assertThat(server.get("/somewhere/else").statusCode()).isEqualTo(404);

        server.runtime.pages = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().print("page " + request.getRequestURI());
            }
        };

        assertThat(server.get("/somewhere/else").body()).isEqualTo("page /somewhere/else");
        assertThat(server.get("/").body()).isEqualTo("page /");
        assertThat(server.get("/a/hello/Ann").body()).contains("Hello Ann");
        assertThat(server.get("/a/nothing").body()).as("below a mount").contains("not-found");
        assertThat(server.post("/somewhere/else", "{}").statusCode()).as("pages are only read").isEqualTo(404);
    }

    @Test
    void servesABrowserThatPrefersHtml() throws Exception {
        server.mount("/a", new Greeter("Hello"));

        HttpResponse<String> answer = server.send(server.request("/a/hello/Ann")
                .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"text\":\"Hello Ann\"}");
    }

    @Test
    void tellsResourcesThePublicAddress() throws Exception {
        server.mount("/solutions/greeter/api", new Greeter("Hello"));

        assertThat(server.get("/solutions/greeter/api/base").body()).contains("\"/solutions/greeter/api\"");
    }

    @Test
    void choosesTheMountWithTheLongestPath() throws Exception {
        server.mount("/solutions/greeter", new Greeter("page"));
        server.mount("/solutions/greeter/api", new Greeter("api"));

        assertThat(server.get("/solutions/greeter/api/hello/x").body()).contains("api x");
        assertThat(server.get("/solutions/greeter/hello/x").body()).contains("page x");
        assertThat(server.get("/solutions/greeter2/hello/x").statusCode()).isEqualTo(404);
    }

    @Test
    void letsOtherServletsGoFirst() throws Exception {
        server.mount("/api", new Greeter("jaxrs"));
        server.add(new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().print("servlet");
            }
        }, "/api/hello/fast");

        assertThat(server.get("/api/hello/fast").body()).isEqualTo("servlet");
        assertThat(server.get("/api/hello/slow").body()).contains("jaxrs slow");
    }

    @Test
    void answers404AfterClosing() throws Exception {
        RestRuntime.Mount mount = server.mount("/a", new Greeter("Hello"));
        assertThat(server.get("/a/hello/x").statusCode()).isEqualTo(200);

        mount.close();
        mount.close();

        assertThat(server.get("/a/hello/x").statusCode()).isEqualTo(404);
        assertThat(server.get("/a/hello/x").body()).contains("\"code\":\"not-found\"");
    }

    @Test
    void aClosedPathIsFreeAgain() throws Exception {
        server.mount("/a", new Greeter("old")).close();
        server.mount("/a", new Greeter("new"));

        assertThat(server.get("/a/hello/x").body()).contains("new x");
    }

    @Path("/")
    public static final class Slow {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);

        @GET
        public String slow() throws InterruptedException {
            entered.countDown();
            return go.await(60, TimeUnit.SECONDS) ? "finished" : "late";
        }
    }

    @Test
    void finishesCallsInFlightAfterClosing() throws Exception {
        Slow slow = new Slow();
        RestRuntime.Mount mount = server.mount("/a", slow);
        CompletableFuture<HttpResponse<String>> call = CompletableFuture.supplyAsync(() -> quietGet("/a"));
        assertThat(slow.entered.await(60, TimeUnit.SECONDS)).isTrue();

        mount.close();
        assertThat(server.get("/a").statusCode()).isEqualTo(404);
        slow.go.countDown();

        assertThat(call.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(call.get().body()).contains("finished");
    }

    @Test
    void replacesWithoutAGap() throws Exception {
        Slow slow = new Slow();
        RestRuntime.Mount old = server.mount("/a", slow);
        CompletableFuture<HttpResponse<String>> call = CompletableFuture.supplyAsync(() -> quietGet("/a"));
        assertThat(slow.entered.await(60, TimeUnit.SECONDS)).isTrue();

        RestRuntime.Mount fresh = old.replace(List.of(new Greeter("new")), CallGate.OPEN);

        assertThat(server.get("/a/hello/x").body()).contains("new x");
        slow.go.countDown();
        assertThat(call.get(60, TimeUnit.SECONDS).body()).contains("finished");
        old.close(); // must not take down what replaced it
        assertThat(server.get("/a/hello/x").statusCode()).isEqualTo(200);
        fresh.close();
        assertThat(server.get("/a/hello/x").statusCode()).isEqualTo(404);
    }

    @Test
    void everyCallSucceedsWhileAMountIsReplacedAgainAndAgain() throws Exception {
        RestRuntime.Mount mount = server.mount("/a", new Greeter("v0"));
        CompletableFuture<Integer> calls = CompletableFuture.supplyAsync(() -> {
            int good = 0;
            for (int i = 0; i < 200; i++) {
                good += quietGet("/a/hello/x").statusCode() == 200 ? 1 : 0;
            }
            return good;
        });
        for (int i = 1; i <= 30 || !calls.isDone() && i < 2000; i++) {
            mount = mount.replace(List.of(new Greeter("v" + i)), CallGate.OPEN);
        }

        assertThat(calls.get(5, TimeUnit.MINUTES)).isEqualTo(200);
    }

    @Test
    void mountsThatGoAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        for (int round = 0; round < 10; round++) {
            List<RestRuntime.Mount> mounts = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                mounts.add(server.mount("/a" + i, new Greeter("x")));
            }
            CyclicBarrier together = new CyclicBarrier(4);
            List<CompletableFuture<Void>> ends = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                List<RestRuntime.Mount> own = mounts.subList(thread * 10, thread * 10 + 10);
                ends.add(CompletableFuture.runAsync(() -> {
                    try {
                        together.await(60, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    own.forEach(RestRuntime.Mount::close);
                }, work -> new Thread(work, "closing").start()));
            }
            for (CompletableFuture<Void> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void keepsTheOldWhenTheNewIsNotValid() throws Exception {
        RestRuntime.Mount mount = server.mount("/a", new Greeter("old"));

        assertThatIllegalArgumentException().isThrownBy(() -> mount.replace(List.of("no resource"), CallGate.OPEN));

        assertThat(server.get("/a/hello/x").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesToReplaceAClosedMount() {
        RestRuntime.Mount mount = server.mount("/a", new Greeter("old"));
        mount.close();

        assertThatIllegalStateException().isThrownBy(() -> mount.replace(List.of(new Greeter("new")), CallGate.OPEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a", "/a/", "//a", "/A", "/a b", "/a/../b", "/a/{id}", "/a/b/c/d/e/f/g"})
    void refusesMalformedPaths(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> server.mount(path, new Greeter("x")));
    }

    @Test
    void refusesAPathInUse() {
        server.mount("/a", new Greeter("x"));

        assertThatIllegalArgumentException().isThrownBy(() -> server.mount("/a", new Greeter("y"))).withMessageContaining("in use");
    }

    @Path("/")
    public static final class Nothing {}

    @Test
    void refusesWhatIsNoJaxRs() {
        assertThatIllegalArgumentException().isThrownBy(() -> server.runtime.mount("/a", List.of(), CallGate.OPEN));
        assertThatIllegalArgumentException().isThrownBy(() -> server.mount("/a", "text")).withMessageContaining("@Path");
        assertThatIllegalArgumentException().isThrownBy(() -> server.mount("/a", new Nothing())).withMessageContaining("Nothing");
    }

    private HttpResponse<String> quietGet(String path) {
        try {
            return server.get(path);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
