package com.cloudnestle.marketplace.gateway.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.WebhookResult.Accepted;
import com.cloudnestle.marketplace.testing.ManualClock;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buying with buttons, over a real server: the page, what the gateway says afterwards, and what comes in at the webhook route. */
class PayPageJourneyTest {

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-01T06:30:00Z"));
    private final HttpClient browser = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final Server server = new Server();
    private final BlockingQueue<RawWebhook> notified = new LinkedBlockingQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private SandboxProvider provider;
    private SandboxGateway gateway;
    private String shop = "";
    private int opened;

    @BeforeEach
    void start() throws Exception {
        provider = new SandboxProvider(folder.resolve("orders.json"), clock, URI.create("http://127.0.0.1:9"));
        gateway = new SandboxGateway(provider);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new SandboxPages(provider)), "/sandbox-pay/*");
        context.addServlet(new ServletHolder(new WebhookRoute()), "/api/payments/webhook/sandbox");
        server.setHandler(context);
        server.start();
        shop = "http://127.0.0.1:" + connector.getLocalPort();
    }

    @AfterEach
    void stop() throws Exception {
        provider.stop();
        server.stop();
    }

    /** Stands for the marketplace: keeps what comes in. */
    private final class WebhookRoute extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (refusals.getAndDecrement() > 0) {
                response.setStatus(503);
                return;
            }
            List<RawWebhook.Header> headers = Collections.list(request.getHeaderNames()).stream()
                    .map(name -> new RawWebhook.Header(name, request.getHeader(name))).toList();
            notified.add(new RawWebhook(headers, request.getInputStream().readAllBytes(), clock.instant()));
        }
    }

    private record Buying(CheckoutRequest request, Checkout checkout, URI page, Expected expected) {}

    private Buying open(String description) throws GatewayException {
        String id = "pay_" + String.format("%026d", ++opened);
        CheckoutRequest request = new CheckoutRequest(id, new Money(117_882, "INR"), description, "cus_1", "a@example.invalid", "A",
                URI.create(shop + "/pay/" + id), clock.instant().plus(Duration.ofMinutes(30)));
        Checkout checkout = gateway.createCheckout(request);
        return new Buying(request, checkout, ((Checkout.Redirect) checkout.action()).url(), new Expected(id,
                Optional.of(checkout.providerOrderId()), Optional.empty(), request.amount(), "cus_1", clock.instant(), request.expiresAt()));
    }

    private HttpResponse<String> get(URI address) throws Exception {
        return browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> choose(Buying buying, String choice) throws Exception {
        URI address = URI.create(buying.page() + "/" + choice);
        return browser.send(HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    private Accepted nextNotification() throws InterruptedException {
        RawWebhook webhook = notified.poll(60, TimeUnit.SECONDS);
        assertThat(webhook).as("a notification").isNotNull();
        assertThat(gateway.authenticate(webhook)).isInstanceOf(Accepted.class);
        return (Accepted) gateway.authenticate(webhook);
    }

    private State state(Buying buying) throws GatewayException {
        return gateway.fetchPayment(buying.expected()).state();
    }

    private static ReturnProof brought(HttpResponse<String> answer) {
        String query = URI.create(answer.headers().firstValue("Location").orElseThrow()).getRawQuery();
        Map<String, String> parameters = query == null ? Map.of() : Arrays.stream(query.split("&")).map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return new ReturnProof(parameters);
    }

    @Test
    void thePageSaysWhatIsPaidAndThatItIsATest() throws Exception {
        Buying buying = open("Pro <b>for</b> a \"month\"");

        HttpResponse<String> page = get(buying.page());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("No money moves", "INR 1178.82", buying.request().paymentId(), "<strong>Open</strong>", "waits for you until 07:00 UTC")
                .contains("Pro &lt;b&gt;for&lt;/b&gt; a &quot;month&quot;").doesNotContain("<script", " style=", " onclick=");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .startsWith("default-src 'none'; style-src 'sha256-").contains("frame-ancestors 'none'", "form-action 'self' " + shop)
                .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void buttonsSendNothingButTheirAddressSoThatTheEdgeLetsThemPass() throws Exception {
        String page = get(open("Pro").page()).body();

        assertThat(page).doesNotContain("<input", "name=\"\"").containsPattern("<form method=\"post\" action=\"/sandbox-pay/sbo_[a-z2-7]+/pay\">");
        assertThat(page.split("<form ")).as("buttons of an open payment").hasSize(8);
    }

    @Test
    void payingLeadsBackWithAProofAndIsNotifiedOf() throws Exception {
        Buying buying = open("Pro");

        HttpResponse<String> back = choose(buying, "pay");

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(back.headers().firstValue("Location")).hasValueSatisfying(
                address -> assertThat(address).startsWith(buying.request().returnUrl() + "?sandbox_order="));
        PaymentSnapshot snapshot = gateway.verifyReturn(brought(back), buying.expected());
        assertThat(snapshot.state()).isEqualTo(State.CAPTURED);
        assertThat(snapshot.amount()).isEqualTo(buying.request().amount());
        Accepted notification = nextNotification();
        assertThat(notification.event()).isEqualTo("order.paid");
        assertThat(notification.paymentId()).hasValue(buying.request().paymentId());
        assertThat(get(buying.page()).body()).contains("<strong>Paid</strong>", "is paid").doesNotContain("<form");
    }

    @Test
    void aSecondClickChangesNothing() throws Exception {
        Buying buying = open("Pro");
        choose(buying, "pay");
        nextNotification();

        assertThat(choose(buying, "pay").statusCode()).isEqualTo(409);
        assertThat(choose(buying, "fail").statusCode()).isEqualTo(409);

        assertThat(state(buying)).isEqualTo(State.CAPTURED);
        assertThat(notified).isEmpty();
    }

    @Test
    void failingLeadsBackAndTheMoneyMayComeAllTheSame() throws Exception {
        Buying buying = open("Pro");

        HttpResponse<String> back = choose(buying, "fail");

        assertThat(back.headers().firstValue("Location")).hasValue(buying.request().returnUrl().toString());
        assertThat(state(buying)).isEqualTo(State.FAILED);
        assertThat(nextNotification().event()).isEqualTo("order.failed");
        assertThat(get(buying.page()).body()).contains("Let the money come all the same");
        choose(buying, "late");
        assertThat(state(buying)).isEqualTo(State.CAPTURED);
        assertThat(nextNotification().event()).isEqualTo("order.paid");
    }

    @Test
    void whoseTryFailedMayTryAgainOnTheSamePage() throws Exception {
        Buying buying = open("Pro");
        choose(buying, "fail");
        Accepted first = nextNotification();
        assertThat(get(buying.page()).body()).contains("<strong>Declined</strong>", "You can try again until 07:00 UTC", "/pay\"", "/fail\"");

        assertThat(choose(buying, "fail").statusCode()).isEqualTo(303);
        Accepted second = nextNotification();
        assertThat(second.event()).isEqualTo("order.failed");
        assertThat(second.duplicateKeys()).as("another try, not the same told again").doesNotContainAnyElementsOf(first.duplicateKeys());
        assertThat(state(buying)).isEqualTo(State.FAILED);

        HttpResponse<String> back = choose(buying, "pay");
        assertThat(gateway.verifyReturn(brought(back), buying.expected()).state()).isEqualTo(State.CAPTURED);
        assertThat(nextNotification().event()).isEqualTo("order.paid");
        assertThat(choose(buying, "fail").statusCode()).as("it is paid").isEqualTo(409);
    }

    @Test
    void afterItsTimeAFailedPaymentCanOnlyBeLate() throws Exception {
        Buying buying = open("Pro");
        choose(buying, "fail");
        nextNotification();
        clock.advance(Duration.ofMinutes(30));

        String page = get(buying.page()).body();
        assertThat(page).contains("<strong>Declined</strong>", "the time to pay is over", "Let the money come all the same");
        assertThat(page.split("<form ")).as("one button").hasSize(2);
        assertThat(choose(buying, "pay").statusCode()).isEqualTo(409);
        assertThat(choose(buying, "fail").body()).contains("Too late for that", "<strong>Declined</strong>");
        assertThat(state(buying)).isEqualTo(State.FAILED);
        choose(buying, "late");
        assertThat(state(buying)).isEqualTo(State.CAPTURED);
        assertThat(nextNotification().event()).isEqualTo("order.paid");
    }

    @Test
    void abandoningLeavesThePaymentOpenUntilItsTimeIsOver() throws Exception {
        Buying buying = open("Pro");

        assertThat(choose(buying, "abandon").statusCode()).isEqualTo(303);

        assertThat(state(buying)).isEqualTo(State.CREATED);
        clock.advance(Duration.ofMinutes(30));
        assertThat(state(buying)).isEqualTo(State.EXPIRED);
        provider.books().tick();
        assertThat(nextNotification().event()).as("the first notification of all").isEqualTo("order.expired");
    }

    @Test
    void moneyThatTakesItsTimeComesAfterTenSeconds() throws Exception {
        Buying buying = open("Pro");
        choose(buying, "later");

        clock.advance(Duration.ofSeconds(9));
        provider.books().tick();
        assertThat(state(buying)).isEqualTo(State.PENDING);
        clock.advance(Duration.ofSeconds(1));
        provider.books().tick();

        assertThat(state(buying)).isEqualTo(State.CAPTURED);
        assertThat(nextNotification().event()).isEqualTo("order.paid");
    }

    @Test
    void aFailureCanBeFollowedByTheMoney() throws Exception {
        Buying buying = open("Pro");
        choose(buying, "fail-then-pay");
        assertThat(state(buying)).isEqualTo(State.FAILED);
        Accepted failure = nextNotification();

        clock.advance(SandboxProvider.LATER);
        provider.books().tick();

        assertThat(state(buying)).isEqualTo(State.CAPTURED);
        assertThat(nextNotification().duplicateKeys()).doesNotContainAnyElementsOf(failure.duplicateKeys());
    }

    @Test
    void theSameNotificationComesThreeTimes() throws Exception {
        choose(open("Pro"), "twice");

        Accepted first = nextNotification();
        assertThat(nextNotification()).isEqualTo(first);
        assertThat(nextNotification()).isEqualTo(first);
        assertThat(notified).isEmpty();
    }

    @Test
    void aSilentSuccessIsOnlyFoundByAsking() throws Exception {
        Buying silent = open("Pro");
        choose(silent, "silent");
        Buying loud = open("Pro");
        choose(loud, "pay");

        assertThat(nextNotification().paymentId()).as("the first notification of all").hasValue(loud.request().paymentId());
        assertThat(notified).isEmpty();
        assertThat(state(silent)).isEqualTo(State.CAPTURED);
    }

    @Test
    void aNotificationThatIsNotTakenComesAgain() throws Exception {
        refusals.set(1);
        choose(open("Pro"), "pay");

        assertThat(nextNotification().event()).isEqualTo("order.paid");
        assertThat(refusals.get()).as("tries that were refused, and the one that was not").isEqualTo(-1);
    }

    @Test
    void aRefundIsMadeAfterThreeSecondsAndNotifiedOf() throws Exception {
        Buying buying = open("Pro");
        choose(buying, "pay");
        nextNotification();
        RefundRequest request = new RefundRequest("rfd_" + "a".repeat(26), buying.expected(), new Money(5_000, "INR"), "asked for");

        RefundSnapshot asked = gateway.refund(request);
        clock.advance(Duration.ofSeconds(3));
        provider.books().tick();

        assertThat(asked.state()).isEqualTo(RefundSnapshot.State.PENDING);
        assertThat(gateway.fetchRefund(request, Optional.of(asked.providerRefundId())).state()).isEqualTo(RefundSnapshot.State.PROCESSED);
        Accepted notification = nextNotification();
        assertThat(notification.refundId()).hasValue(request.refundId());
        assertThat(gateway.fetchPayment(buying.expected()).refunded()).isEqualTo(new Money(5_000, "INR"));
    }

    @Test
    void whatIsNoPaymentIsNotFoundAndWrongWaysAreNotAllowed() throws Exception {
        Buying buying = open("Pro");

        assertThat(get(URI.create(shop + "/sandbox-pay/sbo_nobody")).statusCode()).isEqualTo(404);
        assertThat(get(URI.create(shop + "/sandbox-pay/")).statusCode()).isEqualTo(404);
        assertThat(get(URI.create(buying.page() + "/pay/more")).statusCode()).isEqualTo(404);
        assertThat(get(URI.create(buying.page() + "/steal")).statusCode()).isEqualTo(404);
        assertThat(get(URI.create(buying.page() + "/pay")).statusCode()).as("a look is no deed").isEqualTo(405);
        assertThat(state(buying)).isEqualTo(State.CREATED);
    }

    @Test
    void aRestartKeepsWhatWasBought() throws Exception {
        Buying paid = open("Pro");
        choose(paid, "pay");
        Buying later = open("Pro");
        choose(later, "later");
        provider.stop();

        SandboxProvider next = new SandboxProvider(folder.resolve("orders.json"), clock, URI.create(shop));
        gateway = new SandboxGateway(next);
        clock.advance(SandboxProvider.LATER);
        next.books().tick();

        assertThat(state(paid)).isEqualTo(State.CAPTURED);
        assertThat(state(later)).as("what was on its way arrives").isEqualTo(State.CAPTURED);
        next.stop();
    }
}
