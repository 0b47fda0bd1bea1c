package com.cloudnestle.marketplace.rest.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.platform.Readiness;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server whose bundles are still being started. */
class StartPhaseTest {

    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final AtomicBoolean told = new AtomicBoolean();
    private final TestServer server = new TestServer(new StartPhase(new Readiness() {
        @Override
        public boolean ready() {
            looks.incrementAndGet();
            return started.get();
        }

        @Override
        public boolean wasReady() {
            return told.get();
        }
    }, nanos::get));

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Path("/")
    public static final class Greeter {
        @GET
        @Path("hello")
        public String hello() {
            return "hello";
        }
    }

    private static final class Home extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("home");
        }
    }

    @Test
    void anAddressThatMayComeYetIsToBeTriedAgain() throws Exception {
        server.runtime.pages = new Home();

        HttpResponse<String> early = server.get("/solutions/greeter/api/hello");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).contains("\"code\":\"starting\"");
        assertThat(early.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(server.post("/api/payments/webhook/sandbox", "{}").statusCode()).isEqualTo(503);

        server.mount("/solutions/greeter/api", new Greeter());
        assertThat(server.get("/solutions/greeter/api/hello").body()).as("what is there is served").isEqualTo("hello");
        assertThat(server.get("/solutions/greeter/api/nothing").statusCode()).as("its own matter").isEqualTo(404);
        assertThat(server.get("/account").statusCode()).as("a page would ask for what is not there").isEqualTo(503);

        started.set(true);
        nanos.addAndGet(StartPhase.LOOK_EVERY.toNanos());
        assertThat(server.get("/account").body()).isEqualTo("home");
        assertThat(server.post("/api/payments/webhook/sandbox", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void itDoesNotComeAgainWhenABundleIsInstalledLater() throws Exception {
        started.set(true);
        assertThat(server.get("/nowhere").statusCode()).isEqualTo(404);

        started.set(false);
        assertThat(server.get("/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void peopleGetAPageThatAsksAgainByItself() throws Exception {
        HttpResponse<String> page = server.send(server.request("/account").header("Accept", "text/html,*/*;q=0.8"));
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(page.body()).contains("The marketplace is starting", "http-equiv=\"refresh\"");

        assertThat(server.send(server.request("/account").header("Accept", "application/json")).body()).contains("\"code\":\"starting\"");
    }

    @Test
    void aWaveOfRequestsLooksOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.get("/nowhere");
        }
        assertThat(looks).hasValue(1);

        nanos.addAndGet(StartPhase.LOOK_EVERY.toNanos());
        server.get("/nowhere");
        assertThat(looks).hasValue(2);
    }

    @Test
    void itIsOverAsSoonAsSomebodyWasToldThatTheServerIsReady() throws Exception {
        assertThat(server.get("/nowhere").statusCode()).isEqualTo(503);

        told.set(true);
        assertThat(server.get("/nowhere").statusCode()).as("though it is not time to look again").isEqualTo(404);
    }

    @Test
    void itIsOverAfterAMinuteWhateverHasNotStarted() throws Exception {
        nanos.addAndGet(StartPhase.LONGEST.toNanos());
        assertThat(server.get("/nowhere").statusCode()).isEqualTo(503);

        nanos.addAndGet(StartPhase.LOOK_EVERY.toNanos());
        assertThat(server.get("/nowhere").statusCode()).isEqualTo(404);
    }
}
