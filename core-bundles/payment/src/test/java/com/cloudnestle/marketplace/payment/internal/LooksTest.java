package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One look at the provider is enough for all notifications that came before it began. */
class LooksTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final World world = new World();
    private final Process process = world.start();
    private final Payment payment = process.initiate("k");

    private RawWebhook told(String event) {
        return world.provider.webhook(event, payment.id(), world.clock.instant());
    }

    private void accept(RawWebhook webhook) {
        process.payments.accept(Optional.of("lab"), webhook);
    }

    private long asked() {
        return world.provider.calls().stream().filter("fetch"::equals).count();
    }

    private long acknowledged() {
        return process.payments.inspect(payment.id()).timeline().stream().filter(event -> event.kind().equals("webhook.accepted")).count();
    }

    @Test
    void notificationsThatCameBeforeALookBeganNeedNoneOfTheirOwn() {
        RawWebhook authorised = told("authorized");
        RawWebhook captured = told("captured");
        world.provider.pay(payment.id());
        world.clock.advance(MOMENT);

        accept(authorised);
        accept(captured);

        assertThat(asked()).isEqualTo(1);
        assertThat(acknowledged()).as("each is told of").isEqualTo(2);
        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
    }

    @Test
    void aNotificationThatCameAfterwardsIsLookedInto() {
        RawWebhook authorised = told("authorized");
        world.clock.advance(MOMENT);
        accept(authorised);

        world.provider.pay(payment.id());
        accept(told("captured")); // at the moment in which the look began, which may not have seen it

        assertThat(asked()).isEqualTo(2);
        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
    }

    @Test
    void aLookThatWasNotAnsweredCountsForNothing() {
        RawWebhook authorised = told("authorized");
        RawWebhook captured = told("captured");
        world.provider.pay(payment.id());
        world.provider.next(Kind.OUTCOME_UNKNOWN, false);
        world.clock.advance(MOMENT);

        accept(authorised);
        accept(captured);

        assertThat(asked()).isEqualTo(2);
        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
    }

    @Test
    void aNotificationThatIsTakenUpAgainIsLookedIntoWhateverItsTimeSays() {
        RawWebhook captured = told("captured");
        world.provider.next(Kind.OUTCOME_UNKNOWN, false);
        world.clock.advance(MOMENT);
        accept(captured);
        accept(told("authorized"));
        long before = asked();
        world.provider.pay(payment.id());

        process.pass(Duration.ofSeconds(35), Duration.ofSeconds(35));

        assertThat(asked()).isGreaterThan(before);
        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
    }

    @Test
    void looksAreRememberedForAMinuteAndTheLatestOfEach() {
        Looks looks = new Looks();
        looks.answered("pay_1", World.NOON);
        looks.answered("pay_1", World.NOON.minusSeconds(5)); // began earlier, ended later

        assertThat(looks.since("pay_1", World.NOON.minus(MOMENT), World.NOON)).isTrue();
        assertThat(looks.since("pay_1", World.NOON, World.NOON)).isFalse();
        assertThat(looks.since("pay_2", World.NOON.minus(MOMENT), World.NOON)).isFalse();
        assertThat(looks.since("pay_1", World.NOON.minus(MOMENT), World.NOON.plus(Looks.KEPT))).isFalse();
        assertThat(looks.since("pay_1", World.NOON.minusSeconds(9), World.NOON.minusSeconds(1))).as("the clock was set back").isFalse();
    }

    @Test
    void noMoreIsRememberedThanTheLatest() {
        Looks looks = new Looks();
        for (int i = 0; i <= Looks.MOST; i++) {
            looks.answered("pay_" + i, World.NOON);
        }

        assertThat(looks.since("pay_0", World.NOON.minus(MOMENT), World.NOON)).isFalse();
        assertThat(looks.since("pay_1", World.NOON.minus(MOMENT), World.NOON)).isTrue();
    }
}
