package com.cloudnestle.marketplace.testing.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayHealth;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport.Result;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport.Verdict;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How the kit goes on whatever gateway and lab do. That it finds what is wrong with gateways is shown beside the sandbox gateway. */
class GatewayConformanceTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private static final Duration LONG = Duration.ofMinutes(2);

    private static ConformanceReport tried(Case... cases) {
        return GatewayConformance.run(new UselessLab(), List.of(cases), LONG, LONG);
    }

    private static final Case SOUND = new Case("a fact that holds", trial -> {});

    @Test
    void casesHaveNamesOfTheirOwnAndAreMany() {
        List<String> names = GatewayConformance.cases();

        assertThat(new HashSet<>(names)).hasSameSizeAs(names).hasSizeGreaterThan(80);
    }

    @Test
    void aGatewayThatCanDoNothingFailsInOrder() {
        ConformanceReport report = GatewayConformance.run(new UselessLab());

        assertThat(report.passed()).isFalse();
        assertThat(report.results()).hasSameSizeAs(GatewayConformance.cases());
        assertThat(report.count(Verdict.FAILED)).isGreaterThan(20);
        assertThat(report.text()).startsWith("useless: ").contains("failed: a payment that was paid is captured");
    }

    @Test
    void aCaseThatNeverEndsIsCutOffAndTheNextIsTried() {
        CountDownLatch never = new CountDownLatch(1);

        ConformanceReport report = GatewayConformance.run(new UselessLab(),
                List.of(new Case("a gateway that hangs", trial -> never.await()), SOUND), Duration.ofSeconds(3), LONG);

        assertThat(report.results()).extracting(Result::verdict).containsExactly(Verdict.FAILED, Verdict.PASSED);
        assertThat(report.results().get(0).detail()).isEqualTo("still not done after 3000 ms");
    }

    @Test
    void casesBeyondTheTimeOfAllAreToldAsFailed() {
        CountDownLatch never = new CountDownLatch(1);

        ConformanceReport report = GatewayConformance.run(new UselessLab(),
                List.of(new Case("a gateway that hangs", trial -> never.await()), SOUND), LONG, SHORT);

        assertThat(report.results()).extracting(Result::verdict).containsExactly(Verdict.FAILED, Verdict.FAILED);
        assertThat(report.results().get(1).detail()).startsWith("not tried");
    }

    @Test
    void whateverIsThrownIsAFailureOfItsCase() {
        ConformanceReport report = tried(
                new Case("throws", trial -> {
                    throw new IllegalStateException("oh");
                }),
                new Case("overflows", GatewayConformanceTest::deeper),
                SOUND);

        assertThat(report.results()).extracting(Result::verdict).containsExactly(Verdict.FAILED, Verdict.FAILED, Verdict.PASSED);
        assertThat(report.results().get(0).detail()).contains("IllegalStateException: oh").contains("GatewayConformanceTest");
    }

    private static void deeper(Trial trial) throws Exception {
        deeper(trial);
        trial.check(true, "never said");
    }

    @Test
    void aSecretThatIsSaidFailsTheCaseInWhichItIsSaid() {
        ConformanceReport report = tried(new Case("talks", trial -> trial.said("the key is " + UselessLab.SECRET)), SOUND);

        assertThat(report.results()).extracting(Result::verdict).containsExactly(Verdict.FAILED, Verdict.PASSED);
        assertThat(report.text()).doesNotContain(UselessLab.SECRET);
    }

    @Test
    void whatALabCannotDoIsToldAndDoesNotCountAsPassed() {
        ConformanceReport report = tried(new Case("needs more", trial -> trial.needs(GatewayLab.Fault.SILENCE)));

        assertThat(report.results()).containsExactly(new Result("needs more", Verdict.NOT_APPLICABLE, "the lab has no SILENCE"));
        assertThat(report.passed()).as("nothing was tried").isFalse();
    }

    @Test
    void someCasesCanBeTriedAlone() {
        ConformanceReport report = GatewayConformance.run(new UselessLab(), name -> name.startsWith("its id"));

        assertThat(report.results()).hasSize(1);
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(report.summary()).matches("useless: 1 passed, 0 failed, 0 not applicable, \\d+\\.\\d s");
    }

    @Test
    void whatMustBeQuickFailsIfItIsSlowEachTimeAndNotIfTheMachineWasBusyOnce() {
        AtomicInteger tries = new AtomicInteger();
        Case never = new Case("slow", trial -> trial.within(Duration.ZERO, "it takes long", tries::incrementAndGet));
        AtomicInteger others = new AtomicInteger();
        Case once = new Case("slow once", trial -> trial.within(SHORT, "it takes long", () -> {
            long begin = System.nanoTime();
            while (others.get() == 0 && System.nanoTime() - begin < SHORT.toNanos()) {
                Thread.onSpinWait();
            }
            others.incrementAndGet();
        }));

        ConformanceReport report = tried(never, once);

        assertThat(report.results()).containsExactly(
                new Result("slow", Verdict.FAILED, "it takes long"), new Result("slow once", Verdict.PASSED, ""));
        assertThat(tries).hasValue(Trial.TRIES);
        assertThat(others.get()).isGreaterThan(1);
    }

    private static final class UselessLab implements GatewayLab {

        static final String SECRET = "sesame-open-up";

        @Override
        public PaymentGateway gateway() {
            return new UselessGateway();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public List<String> secrets() {
            return List.of(SECRET);
        }

        @Override
        public Set<Deed> deeds() {
            return Set.of(Deed.PAY, Deed.FAIL);
        }

        @Override
        public void happen(Deed deed, String key) {}

        @Override
        public Set<Fault> faults() {
            return Set.of();
        }

        @Override
        public void disturb(Fault fault, int requests) {}

        @Override
        public void calm() {}

        @Override
        public int orders(String paymentId) {
            return 0;
        }

        @Override
        public List<Money> refunds(String paymentId) {
            return List.of();
        }

        @Override
        public List<RawWebhook> notifications(String paymentId) {
            return List.of();
        }

        @Override
        public Set<Signer> signers() {
            return Set.of();
        }

        @Override
        public RawWebhook signed(Signer signer, byte[] body) {
            throw new IllegalStateException("asked for what it cannot do");
        }

        @Override
        public Set<String> signatureHeaders() {
            return Set.of();
        }
    }

    private record UselessGateway() implements PaymentGateway {

        @Override
        public String id() {
            return "useless";
        }

        @Override
        public String account() {
            return "acc_1";
        }

        @Override
        public GatewayCapabilities capabilities() {
            return new GatewayCapabilities("Useless", List.of(), Set.of("INR"), 1, 1_000_000, GatewayCapabilities.Mode.TEST, true, true,
                    List.of(), 0);
        }

        @Override
        public GatewayHealth health() {
            return GatewayHealth.failing("it can do nothing");
        }

        @Override
        public Checkout createCheckout(CheckoutRequest request) throws GatewayException {
            throw no();
        }

        @Override
        public PaymentSnapshot verifyReturn(ReturnProof proof, Expected expected) throws GatewayException {
            throw no();
        }

        @Override
        public PaymentSnapshot fetchPayment(Expected expected) throws GatewayException {
            throw no();
        }

        @Override
        public WebhookResult authenticate(RawWebhook webhook) {
            return new WebhookResult.NotForUs();
        }

        @Override
        public RefundSnapshot refund(RefundRequest request) throws GatewayException {
            throw no();
        }

        @Override
        public RefundSnapshot fetchRefund(RefundRequest request, Optional<String> providerRefundId) throws GatewayException {
            throw no();
        }

        private static GatewayException no() {
            return new GatewayException(GatewayException.Kind.UNSUPPORTED, "it can do nothing");
        }
    }
}
