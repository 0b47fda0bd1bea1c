package com.cloudnestle.marketplace.notification.internal;

import static com.cloudnestle.marketplace.notification.internal.Mails.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.notification.MailQueue;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What operators see of the outbox, and what a person takes along. */
class OutboxQueueTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final ServerSecrets secrets = new FixedSecrets();
    private final FakeTransport transport = new FakeTransport();
    private final Outbox outbox = new Outbox(store, secrets, clock);
    private final Postman postman = new Postman(outbox, new Letters("CloudNestle Marketplace"), transport, clock, 0);
    private final MailQueue queue = new OutboxQueue(store, secrets, clock);
    private final InMemoryCustomers customers = new InMemoryCustomers(clock);
    private final OutboxData data = new OutboxData(store, secrets, customers, clock);

    private static void refused(Problem problem, ThrowingCallable call) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void isInOrderWhereverTheServerStands() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("mr-IN-u-nu-deva")); // Marathi has digits of its own
        try {
            assertThat(OutboxEntry.sortKey(NOON, "a")).isEqualTo("1772366400000#a");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void showsWhatWaitsWithoutAddressesAndCodes() {
        outbox.accept(mail("a"));
        clock.advance(Duration.ofSeconds(1));
        outbox.accept(Mails.to("bob@example.com", "b"));

        assertThat(queue.waiting(10)).extracting(MailQueue.Waiting::to).containsExactly("a***@example.com", "b***@example.com");
        assertThat(queue.waiting(10)).extracting(MailQueue.Waiting::due).containsExactly(NOON, NOON.plusSeconds(1));
        assertThat(queue.waiting(10).toString()).doesNotContain(Mails.ADDRESS, Mails.CODE);
        assertThat(queue.waiting(1)).hasSize(1);
        refused(Problem.INVALID_FIELD, () -> queue.waiting(0));
        refused(Problem.INVALID_FIELD, () -> queue.givenUp(1_001));
    }

    @Test
    void doesNotShowAnAddressSealedUnderAnotherSecret() {
        outbox.accept(mail("a"));

        assertThat(new OutboxQueue(store, new FixedSecrets("other"), clock).waiting(10))
                .extracting(MailQueue.Waiting::to).containsExactly("");
    }

    @Test
    void remembersForAMonthWhatWasGivenUpAndWhy() {
        transport.answer = letter -> new Delivery.Refused("550");
        outbox.accept(mail("a"));
        postman.round();
        clock.advance(Duration.ofMinutes(1));
        transport.answer = letter -> new Delivery.Deferred("451");
        outbox.accept(mail("b", Mail.Kind.WELCOME, "en", Duration.ofMinutes(5)));
        postman.round();
        clock.advance(Duration.ofMinutes(6));
        postman.round();

        assertThat(queue.waiting(10)).isEmpty();
        assertThat(queue.givenUp(10)).extracting(MailQueue.GivenUp::reason).containsExactly("too-late", "550");
        assertThat(queue.givenUp(10).get(1)).satisfies(first -> {
            assertThat(first.kind()).isEqualTo(Mail.Kind.VERIFY_EMAIL);
            assertThat(first.to()).isEqualTo("a***@example.com");
            assertThat(first.acceptedAt()).isEqualTo(NOON);
            assertThat(first.at()).isEqualTo(NOON);
            assertThat(first.attempts()).isEqualTo(1);
        });
        assertThat(queue.givenUp(1)).hasSize(1);
        assertThat(store.scan(Table.SYSTEM, 100, null).items().toString()).doesNotContain("asha");
        clock.advance(Duration.ofDays(31));
        assertThat(queue.givenUp(10)).isEmpty();
    }

    @Test
    void triesADeferredMailAgainAtOnceWhenAsked() {
        transport.answer = letter -> new Delivery.Deferred("451");
        outbox.accept(mail("a"));
        postman.round();
        transport.answer = letter -> new Delivery.Accepted();
        postman.round();
        assertThat(transport.delivered).as("not due").isEmpty();

        MailQueue.Waiting waiting = queue.waiting(10).get(0);
        assertThat(waiting.attempts()).isEqualTo(1);
        assertThat(waiting.due()).isAfter(NOON);
        queue.retry(waiting.id());
        clock.advance(Duration.ofMillis(1));
        postman.round();

        assertThat(transport.delivered).hasSize(1);
        refused(Problem.NOT_FOUND, () -> queue.retry(waiting.id()));
        refused(Problem.NOT_FOUND, () -> queue.retry("no such mail"));
    }

    @Test
    void leavesAMailAloneThatIsBeingDelivered() {
        outbox.accept(mail("a"));
        OutboxEntry claimed = outbox.claim(outbox.all().get(0)).orElseThrow();

        assertThat(queue.waiting(10).get(0).beingDelivered()).isTrue();
        refused(Problem.CONFLICT, () -> queue.retry(claimed.id()));

        clock.advance(Outbox.CLAIM);
        assertThat(queue.waiting(10).get(0).beingDelivered()).as("its node died").isFalse();
    }

    @Test
    void waitingMailsGoWithThePersonButForTheLastOne() {
        String ann = customers.findOrCreate(Mails.ADDRESS).id();
        outbox.accept(mail("a"));
        outbox.accept(Mails.to("bob@example.com", "b"));
        outbox.accept(mail("gone", Mail.Kind.ACCOUNT_DELETED, "en", Duration.ofDays(1)));
        assertThat(data.export(ann)).contains("{\"kind\":\"VERIFY_EMAIL\",\"accepted_at\":\"2026-03-01T12:00:00Z\"}");

        data.erase(ann, "test");
        data.erase(ann, "test");
        data.erase("cus_00000000-0000-4000-8000-000000000000", "test");

        assertThat(queue.waiting(10)).extracting(MailQueue.Waiting::kind)
                .containsExactlyInAnyOrder(Mail.Kind.ACCOUNT_DELETED, Mail.Kind.VERIFY_EMAIL);
        assertThat(queue.waiting(10)).extracting(MailQueue.Waiting::to).contains("b***@example.com");
        assertThat(data.name()).isEqualTo("mails");
    }
}
