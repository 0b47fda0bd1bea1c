package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.Together;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications, from the door to what becomes of them. */
class WebhooksTest {

    private final World world = new World();
    private final Process process = world.start();
    private final Payment payment = process.initiate("k");

    private static void refused(Problem problem, ThrowingCallable call) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private RawWebhook webhook(String event) {
        return world.provider.webhook(event, payment.id(), world.clock.instant());
    }

    private void accept(RawWebhook webhook) {
        process.payments.accept(Optional.of("lab"), webhook);
    }

    private List<Item> stored() {
        return ((StoreScan) world.data).scan(Table.PAYMENT_TRANSACTIONS, 1000, null).items();
    }

    private long kept() {
        return stored().stream().filter(item -> item.key().sk().equals("webhook")).count();
    }

    private void paidOnce() {
        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(world.audited("payment.captured")).isEqualTo(1);
        world.assertBalanced();
    }

    @Test
    void genuineNotificationLeadsToALookAtTheProviderWhichGrants() {
        world.provider.pay(payment.id());

        accept(webhook("captured"));

        paidOnce();
        assertThat(process.payments.inspect(payment.id()).timeline()).extracting("kind").contains("webhook.accepted");
    }

    @Test
    void missingOrForgedSignatureHasNoEffect() {
        world.provider.pay(payment.id());
        int before = stored().size();
        RawWebhook bare = new RawWebhook(List.of(), webhook("captured").body(), World.NOON);

        refused(Problem.WEBHOOK_REFUSED, () -> accept(bare));
        refused(Problem.WEBHOOK_REFUSED, () -> accept(Provider.signed("forged", "payment=" + payment.id(), World.NOON)));
        refused(Problem.WEBHOOK_REFUSED, () -> process.payments.accept(Optional.empty(), bare));

        assertThat(stored()).hasSize(before);
        assertThat(process.find(payment).state()).isEqualTo(State.OPEN);
    }

    @Test
    void bodyThatSaysMoreThanTheProviderGrantsNothing() {
        accept(webhook("captured")); // invented: nobody paid

        assertThat(process.find(payment).state()).isEqualTo(State.OPEN);
        assertThat(world.tier()).isEqualTo("registered");
    }

    @Test
    void lowerAmountInBodyAndAtTheProviderIsHeld() {
        world.provider.order(payment.id()).amount = new Money(100, "INR");
        world.provider.pay(payment.id());

        accept(webhook("captured"));

        assertThat(process.find(payment).state()).isEqualTo(State.HELD);
        assertThat(world.tier()).isEqualTo("registered");
    }

    @Test
    void paymentThatIsNotOursIsAcceptedAndPutAside() {
        accept(Provider.genuine("event=captured\norder=order_of_somebody", World.NOON));
        process.pass(Duration.ofHours(1), Duration.ofSeconds(30));

        assertThat(stored()).filteredOn(item -> item.string("quarantined").isPresent()).hasSize(1);
        assertThat(process.find(payment).state()).isNotEqualTo(State.PAID);
    }

    @Test
    void paymentOfAnotherAccountIsPutAside() {
        Provider other = new Provider("lab2", "acc_9");
        world.gateways.add(other);
        Process both = world.start();

        both.payments.accept(Optional.of("lab2"), webhook("captured"));

        assertThat(stored()).filteredOn(item -> item.string("quarantined").isPresent()).hasSize(1);
        assertThat(other.calls()).isEmpty();
    }

    @Test
    void sameDeliveryFiftyTimesAtOnceIsWorkedOnOnce() {
        world.provider.pay(payment.id());
        RawWebhook webhook = webhook("captured");

        Together.run(50, () -> {
            accept(webhook);
            return true;
        });

        paidOnce();
        assertThat(kept()).isEqualTo(1);
        assertThat(world.provider.calls()).filteredOn("fetch"::equals).hasSize(1);
    }

    @Test
    void sameBodyWithANewHeaderIsTheSameNotification() {
        world.provider.pay(payment.id());
        RawWebhook webhook = webhook("captured");
        accept(webhook);
        List<RawWebhook.Header> headers = new ArrayList<>(webhook.headers());
        headers.add(new RawWebhook.Header("x-event-id", "new"));

        accept(new RawWebhook(headers, webhook.body(), World.NOON));

        paidOnce();
        assertThat(kept()).isEqualTo(1);
        assertThat(world.provider.calls()).as("not even asked again").filteredOn("fetch"::equals).hasSize(1);
    }

    @Test
    void capturedBeforeAuthorizedStaysCaptured() {
        world.provider.pay(payment.id());
        accept(webhook("captured"));
        world.provider.set(payment.id(), PaymentSnapshot.State.AUTHORIZED);
        accept(webhook("authorized"));

        paidOnce();
    }

    @Test
    void failedAfterCapturedIsIgnored() {
        world.provider.pay(payment.id());
        accept(webhook("captured"));
        world.provider.set(payment.id(), PaymentSnapshot.State.FAILED);
        accept(webhook("failed"));

        paidOnce();
    }

    @Test
    void threeNotificationsAndTheReturnPageGrantOnce() {
        world.provider.pay(payment.id());
        List<String> events = List.of("authorized", "captured", "order.paid", "return");
        Iterator<String> next = events.iterator();

        Together.run(4, () -> {
            String event;
            synchronized (events) {
                event = next.next();
            }
            if (event.equals("return")) {
                process.verify(payment);
            } else {
                accept(webhook(event));
            }
            return true;
        });

        paidOnce();
        assertThat(world.provider.charges()).isEqualTo(1);
    }

    @Test
    void replayAfterFifteenDaysGrantsNothingAgain() {
        world.provider.pay(payment.id());
        RawWebhook webhook = webhook("captured");
        accept(webhook);
        process.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin");
        world.clock.advance(Duration.ofDays(15));
        int calls = world.provider.calls().size();

        accept(webhook);

        assertThat(world.provider.calls()).hasSize(calls);
        assertThat(stored()).filteredOn(item -> item.key().sk().equals("webhook")).allSatisfy(item ->
                assertThat(item.number(Item.TTL).orElseThrow()).as("remembered for longer than providers send again")
                        .isGreaterThan(World.NOON.plus(Duration.ofDays(16)).getEpochSecond()));
        assertThat(process.find(payment).state()).isEqualTo(State.REFUNDED);
        assertThat(world.tier()).isEqualTo("registered");
    }

    @Test
    void crashAfterItWasTakenInLosesNothingAndTheRetryDoesNothing() {
        world.provider.pay(payment.id());
        RawWebhook webhook = webhook("captured");
        try {
            world.new Process(new Mortal(1, Mortal.Last.DONE)).payments.accept(Optional.of("lab"), webhook);
        } catch (MarketplaceException e) {
            assertThat(e.problem()).isEqualTo(Problem.OUTCOME_UNKNOWN); // the sender gets 503 and tries again
        }
        assertThat(process.find(payment).state()).isEqualTo(State.OPEN);

        accept(webhook);
        assertThat(kept()).isEqualTo(1);
        process.pass(Duration.ofMinutes(2), Duration.ofSeconds(5));
        paidOnce();
        assertThat(process.payments.inspect(payment.id()).timeline()).as("not only because somebody asked anyway")
                .extracting("kind").contains("webhook.accepted");
    }

    @Test
    void gatewayThatIsNotThereIsAReasonToTryAgain() {
        world.gateways.clear();
        Process without = world.start();

        refused(Problem.PROVIDER_UNAVAILABLE, () -> without.payments.accept(Optional.of("lab"), webhook("captured")));
        refused(Problem.PROVIDER_UNAVAILABLE, () -> without.payments.accept(Optional.empty(), webhook("captured")));
    }

    @Test
    void gatewayThatIsStoppedInTheMiddleOfACallIsAskedAgainWhenItIsBack() {
        world.provider.pay(payment.id());
        AtomicBoolean stopped = new AtomicBoolean(true);
        world.gateways.set(0, (PaymentGateway) Proxy.newProxyInstance(PaymentGateway.class.getClassLoader(),
                new Class<?>[] {PaymentGateway.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("fetchPayment") && stopped.get()) {
                        throw new IllegalStateException("the bundle is stopped");
                    }
                    return method.invoke(world.provider, arguments);
                }));
        Process node = world.start();
        node.payments.accept(Optional.of("lab"), webhook("captured"));
        assertThat(process.find(payment).state()).isEqualTo(State.OPEN);
        world.clock.advance(Duration.ofMinutes(1));
        refused(Problem.PROVIDER_UNAVAILABLE, () -> node.payments.verify(world.ann, payment.id(), ReturnProof.none()));
        stopped.set(false);

        node.pass(Duration.ofMinutes(1), Duration.ofSeconds(5));

        paidOnce();
    }

    @Test
    void gatewaysComeAndGo() {
        InstalledGateways installed = new InstalledGateways(List.of(world.provider));
        Provider preferred = new Provider("zeta", "acc");
        installed.addGateway(preferred, Map.of("service.ranking", 5));
        assertThat(installed.all()).containsExactly(preferred, world.provider);
        assertThat(installed.find("lab", "acc_1")).contains(world.provider);
        assertThat(installed.find("lab", "acc_2")).isEmpty();

        installed.removeGateway(world.provider);

        assertThat(installed.all()).containsExactly(preferred);
        assertThat(installed.named("lab")).isEmpty();
    }

    @Test
    void providerThatDoesNotAnswerIsAskedAgain() {
        world.provider.pay(payment.id());
        world.provider.next(Kind.OUTCOME_UNKNOWN, false);
        accept(webhook("captured"));
        assertThat(process.find(payment).state()).isEqualTo(State.OPEN);

        process.pass(Duration.ofMinutes(1), Duration.ofSeconds(5));

        paidOnce();
    }

    @Test
    void gatewayThatMovesNoMoneyIsNotHeardInProduction() {
        world.provider.pay(payment.id());
        world.provider.mode = GatewayCapabilities.Mode.TEST;
        world.production = true;
        Process live = world.start();

        refused(Problem.PROVIDER_UNAVAILABLE, () -> live.payments.accept(Optional.of("lab"), webhook("captured")));
        refused(Problem.PROVIDER_UNAVAILABLE, () -> live.verify(payment));
        assertThat(live.find(payment).state()).isEqualTo(State.OPEN);
        assertThat(world.tier()).isEqualTo("registered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"captured", "order.paid"})
    void notificationThatKnowsOnlyTheProvidersKeyFindsItsPayment(String event) {
        world.provider.pay(payment.id());

        accept(Provider.genuine("event=" + event + "\norder=order_" + payment.id(), World.NOON));

        paidOnce();
    }

    @Test
    void notificationThatIsFasterThanTheReplyToTheOpeningWaitsForIt() {
        Payment other = process.payments.initiate(new Purchase(
                world.ann, World.FINDER, "enterprise", World.BUYER, null, null, "e"));
        world.data.delete(Keys.order("lab", "acc_1", "order_" + other.id()), Condition.NONE);
        world.provider.pay(other.id());
        accept(Provider.genuine("event=captured\norder=order_" + other.id(), World.NOON));
        assertThat(process.find(other).state()).isEqualTo(State.OPEN);

        process.pass(Duration.ofMinutes(2), Duration.ofSeconds(5));

        assertThat(process.find(other).state()).isEqualTo(State.PAID);
    }

    @Test
    void disputeIsKeptWithThePayment() {
        world.provider.pay(payment.id());
        accept(webhook("captured"));
        accept(webhook("dispute.created"));

        assertThat(world.audited("payment.disputed")).isEqualTo(1);
        assertThat(process.payments.inspect(payment.id()).timeline()).anySatisfy(event ->
                assertThat(event.details()).containsEntry("subject", "DISPUTE"));
    }

    @Test
    void textOfANotificationIsNotKept() {
        world.provider.pay(payment.id());
        accept(Provider.genuine("event=captured\npayment=" + payment.id() + "\nvpa=ann@bank\ncard=4111111111111111", World.NOON));

        assertThat(stored().stream().filter(item -> !item.key().sk().equals("webhook")))
                .allSatisfy(item -> assertThat(item.attributes().toString()).doesNotContain("ann@bank", "4111111111111111"));
    }
}
