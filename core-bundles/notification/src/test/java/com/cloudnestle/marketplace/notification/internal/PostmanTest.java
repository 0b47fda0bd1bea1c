package com.cloudnestle.marketplace.notification.internal;

import static com.cloudnestle.marketplace.notification.internal.Mails.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.Together;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostmanTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Letters LETTERS = new Letters("CloudNestle Marketplace");

    private final ManualClock clock = new ManualClock(NOON);
    private final InMemoryStore store = new InMemoryStore(clock, true);
    private final ServerSecrets secrets = new FixedSecrets();
    private final FakeTransport transport = new FakeTransport();
    private final Outbox outbox = new Outbox(store, secrets, clock);
    private final Postman postman = postman(store);

    private Postman postman(Store throughStore) {
        return new Postman(new Outbox(throughStore, secrets, clock), LETTERS, transport, clock, 0);
    }

    private List<Item> waiting() {
        return IntStream.range(0, OutboxEntry.SHARDS)
                .mapToObj(shard -> outbox.page(shard, Store.MAX_PAGE, null).items())
                .flatMap(List::stream)
                .toList();
    }

    private void after(Duration duration) {
        clock.advance(duration);
        postman.round();
    }

    @Test
    void deliversWhatIsAcceptedAndForgetsIt() {
        assertThat(outbox.accept(mail("a"))).isTrue();

        postman.round();
        postman.round();

        assertThat(transport.delivered).singleElement().satisfies(letter -> {
            assertThat(letter.to().value()).isEqualTo(Mails.ADDRESS);
            assertThat(letter.text()).contains(Mails.CODE);
            assertThat(letter.acceptedAt()).isEqualTo(NOON);
        });
        assertThat(waiting()).isEmpty();
    }

    @Test
    void sendsOncePerKeyHoweverManyAskAtOnce() {
        List<Boolean> accepted = Together.run(8, () -> outbox.accept(mail("welcome:usr_1")));
        postman.round();
        outbox.accept(mail("welcome:usr_1"));
        postman.round();

        assertThat(accepted).containsOnlyOnce(true);
        assertThat(transport.delivered).hasSize(1);
    }

    @Test
    void forgetsAKeyAfterItsTime() {
        outbox.accept(mail("a", Mail.Kind.WELCOME, "en", Duration.ofHours(1)));
        postman.round();

        clock.advance(Duration.ofDays(30));
        assertThat(outbox.accept(mail("a"))).isFalse();
        clock.advance(Duration.ofHours(1));
        assertThat(outbox.accept(mail("a"))).as("the expired mark is still in the store").isTrue();
    }

    @Test
    void tellsTheStoreNeitherAddressNorSecret() {
        outbox.accept(mail("a"));

        Item item = waiting().get(0);
        String all = item.key() + " " + item.attributes().values().stream()
                .map(value -> value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : value.toString())
                .toList();
        assertThat(all).doesNotContain(Mails.CODE, "asha", "example.com", "market.example");
    }

    @Test
    void losesNoMailAndSendsItAtMostTwiceWhereverAProcessDies() {
        Set<Integer> copies = new HashSet<>();
        boolean died = true;
        for (int call = 0; died; call++) {
            died = false;
            for (boolean after : List.of(false, true)) {
                transport.delivered.clear();
                String key = "mail " + call + after;
                outbox.accept(mail(key));
                DyingStore dying = new DyingStore(store, call, after);
                int shard = OutboxEntry.of(waiting().get(0)).orElseThrow().shard(); // it is at hand at once: a query, a claim, a removal
                try {
                    new Postman(new Outbox(dying, secrets, clock), LETTERS, transport, clock, shard).round();
                } catch (StoreException e) {
                    died |= dying.died();
                }
                // another process, and the claim of the dead one runs out
                postman(store).round();
                clock.advance(Outbox.CLAIM);
                postman(store).round();

                assertThat(transport.delivered).as("death at call %d, after=%s", call, after).hasSizeBetween(1, 2);
                assertThat(transport.delivered).extracting(Letter::id).as("copies of one mail").containsOnly(
                        transport.delivered.get(0).id());
                assertThat(waiting()).isEmpty();
                copies.add(transport.delivered.size());
            }
        }
        assertThat(copies).as("the crash between delivery and removal was met").containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void acceptsAgainAfterAnUnknownOutcomeWithoutASecondCopy() {
        for (boolean after : List.of(false, true)) {
            Outbox dying = new Outbox(new DyingStore(store, 0, after), secrets, clock);
            assertThatThrownBy(() -> dying.accept(mail("a" + after))).isInstanceOf(StoreException.class);
            assertThat(outbox.accept(mail("a" + after))).isEqualTo(!after);
        }
        postman.round();

        assertThat(transport.delivered).hasSize(2);
    }

    @Test
    void removesADeliveredMailLaterWhenTheStoreDidNotAnswer() {
        outbox.accept(mail("a"));
        ContestedStore contested = new ContestedStore(store);
        Postman other = postman(contested);
        transport.answer = letter -> {
            contested.beforeNextWrite(() -> {
                throw new StoreException.Unavailable("not now");
            });
            return new Delivery.Accepted();
        };
        assertThatThrownBy(other::round).isInstanceOf(StoreException.Unavailable.class);
        assertThat(waiting()).hasSize(1);

        clock.advance(Outbox.CLAIM);
        other.round();

        assertThat(transport.delivered).as("its claim has run out, yet it is not sent again").hasSize(1);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void nodesShareTheWork() {
        List<String> keys = IntStream.range(0, 200).mapToObj(i -> "mail " + i).toList();
        keys.forEach(key -> outbox.accept(mail(key)));
        AtomicInteger number = new AtomicInteger();

        Together.run(4, () -> {
            new Postman(new Outbox(store, secrets, clock), LETTERS, transport, clock, number.getAndIncrement() % 2).round();
            return true;
        });

        assertThat(transport.delivered).extracting(Letter::id).doesNotHaveDuplicates().hasSize(200);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void leavesAMailToWhoeverClaimedItFirst() {
        outbox.accept(mail("a"));
        ContestedStore contested = new ContestedStore(store);
        contested.beforeNextWrite(postman::round);

        postman(contested).round();

        assertThat(transport.delivered).hasSize(1);
    }

    @Test
    void doesNotTouchAClaimedMailBeforeTheClaimEnds() {
        outbox.accept(mail("a"));
        assertThat(outbox.claim(OutboxEntry.of(waiting().get(0)).orElseThrow())).isPresent();

        after(Outbox.CLAIM.minusMillis(1));
        assertThat(transport.delivered).isEmpty();
        after(Duration.ofMillis(1));
        assertThat(transport.delivered).hasSize(1);
    }

    @Test
    void neitherRemovesNorReleasesWhatSomebodyElseHasClaimedSince() {
        outbox.accept(mail("a"));
        OutboxEntry first = outbox.claim(OutboxEntry.of(waiting().get(0)).orElseThrow()).orElseThrow();
        clock.advance(Outbox.CLAIM);
        OutboxEntry second = outbox.claim(OutboxEntry.of(waiting().get(0)).orElseThrow()).orElseThrow();

        assertThat(outbox.remove(first)).isFalse();
        assertThat(outbox.release(first, clock.instant(), 1)).isFalse();
        assertThat(waiting()).containsExactly(second.item());
        assertThat(second.attempts()).isEqualTo(2);
    }

    @Test
    void triesAgainAfterWaitsThatDoubleAndGivesUpInTime() {
        transport.answer = letter -> new Delivery.Deferred("reply 451");
        outbox.accept(mail("a", Mail.Kind.WELCOME, "en", Duration.ofHours(4)));
        List<Long> seconds = new ArrayList<>();
        while (!waiting().isEmpty()) {
            int before = transport.attempts.size();
            postman.round();
            if (transport.attempts.size() > before) {
                seconds.add(Duration.between(NOON, clock.instant()).toSeconds());
            }
            clock.advance(Duration.ofSeconds(10));
        }

        assertThat(seconds).containsExactly(0L, 30L, 90L, 210L, 450L, 930L, 1_890L, 3_810L, 7_410L, 11_010L);
        assertThat(Duration.between(NOON, clock.instant()).toSeconds()).isEqualTo(4 * 3_600 + 10);
        assertThat(transport.delivered).isEmpty();
    }

    @Test
    void givesUpAtOnceWhatIsRefused() {
        transport.answer = letter -> new Delivery.Refused("reply 550 5.1.1");
        outbox.accept(mail("a"));
        postman.round();

        assertThat(waiting()).isEmpty();
        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void tellsOfGivenUpMailsWithoutAddressOrValues() {
        transport.answer = letter -> new Delivery.Refused("reply 550 5.1.1");
        String log = LogFile.during(() -> {
            outbox.accept(mail("a"));
            postman.round();
            transport.down = true;
            outbox.accept(mail("b"));
            after(Duration.ofHours(2));
        });

        assertThat(log).contains("event=mail_given_up why=refused", "kind=VERIFY_EMAIL to=a***@example.com reason=\"reply 550 5.1.1\"")
                .contains("ERROR").contains("event=mail_given_up why=too_late")
                .doesNotContain(Mails.ADDRESS, Mails.CODE, "market.example");
    }

    @Test
    void waitsWhileNothingCanLeaveAndDeliversAllOnceItCan() {
        transport.down = true;
        IntStream.range(0, 60).forEach(i -> outbox.accept(mail("mail " + i)));
        for (int i = 0; i < 60; i++) {
            after(Duration.ofSeconds(10));
        }
        assertThat(transport.refusedOpenings).as("in ten minutes, with pauses of 30, 60, 120, 240 and 300 s").hasValue(5);
        assertThat(waiting()).hasSize(60);

        transport.down = false;
        after(Postman.PAUSES.longest());

        assertThat(transport.delivered).hasSize(60);
        assertThat(transport.opened).as("20 mails on each connection").hasValue(3);
        assertThat(transport.closed).hasValue(3);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void pausesBrieflyAgainAfterItOnceWorked() {
        for (int i = 0; i < 5; i++) {
            transport.down = true;
            outbox.accept(mail("mail " + i));
            postman.round();
            transport.down = false;
            after(Duration.ofSeconds(30));
        }

        assertThat(transport.delivered).hasSize(5);
    }

    @Test
    void givesUpOldMailsAlsoWhileNothingCanLeave() {
        transport.down = true;
        outbox.accept(mail("a", Mail.Kind.VERIFY_EMAIL, "en", Duration.ofMinutes(10)));
        outbox.accept(mail("b", Mail.Kind.WELCOME, "en", Duration.ofDays(2)));
        postman.round();
        after(Duration.ofMinutes(10));

        assertThat(waiting()).hasSize(1);
    }

    @Test
    void takesARefusedSenderForATransportThatIsDown() {
        transport.answer = letter -> new Delivery.Down("sender-refused 550");
        outbox.accept(mail("a"));
        outbox.accept(mail("b"));
        postman.round();
        assertThat(transport.attempts).as("one is enough to see it").hasSize(1);

        transport.answer = letter -> new Delivery.Accepted();
        after(Duration.ofSeconds(30));
        assertThat(transport.delivered).hasSize(2);
    }

    @Test
    void goesOnWithTheOthersWhenOneMailMakesItFail() {
        transport.answer = letter -> {
            if (letter.kind() == Mail.Kind.WELCOME) {
                throw new IllegalStateException("bug");
            }
            return new Delivery.Accepted();
        };
        outbox.accept(mail("a", Mail.Kind.WELCOME, "en", Duration.ofHours(1)));
        outbox.accept(mail("b"));
        postman.round();

        assertThat(transport.delivered).hasSize(1);
        assertThat(waiting()).as("may go when the bug is mended").hasSize(1);
    }

    @Test
    void keepsMailsThatItCannotReadForThoseWhoCan() {
        outbox.accept(mail("a"));
        Item strange = new Item(new Key(Table.SYSTEM, OutboxEntry.partition(3), OutboxEntry.sortKey(NOON, "strange")),
                Map.of("kind", "FROM_THE_FUTURE"));
        store.put(strange);
        Postman stranger = new Postman(new Outbox(store, new FixedSecrets("other"), clock), LETTERS, transport, clock, 0);

        stranger.round();
        stranger.round();
        assertThat(transport.attempts).isEmpty();
        assertThat(waiting()).hasSize(2).allSatisfy(item ->
                assertThat(OutboxEntry.due(item.key())).contains(NOON.plus(Duration.ofHours(1))));

        after(Duration.ofHours(1));
        assertThat(transport.delivered).hasSize(1);
    }

    @Test
    void stopsAfterTheMailItIsAt() {
        List<String> keys = new ArrayList<>(Collections.nCopies(10, "mail "));
        IntStream.range(0, keys.size()).forEach(i -> outbox.accept(mail(keys.get(i) + i)));
        transport.answer = letter -> {
            postman.stop();
            return new Delivery.Accepted();
        };
        postman.round();

        assertThat(transport.delivered).hasSize(1);
        assertThat(waiting()).hasSize(9);
    }
}
