package com.cloudnestle.marketplace.notification.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Takes what a test lets it take, and remembers it. May be shared by several postmen, as a mail server is. */
final class FakeTransport implements MailTransport {

    final List<Letter> attempts = new CopyOnWriteArrayList<>();
    final List<Letter> delivered = new CopyOnWriteArrayList<>();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger refusedOpenings = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    volatile boolean down;
    volatile Function<Letter, Delivery> answer = letter -> new Delivery.Accepted();

    @Override
    public Connection open() throws TransportDownException {
        if (down) {
            refusedOpenings.incrementAndGet();
            throw new TransportDownException("connect-failed", null);
        }
        opened.incrementAndGet();
        return new Connection() {
            @Override
            public Delivery deliver(Letter letter) {
                attempts.add(letter);
                Delivery delivery = answer.apply(letter);
                if (delivery instanceof Delivery.Accepted) {
                    delivered.add(letter);
                }
                return delivery;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Override
    public void close() {
        // nothing to end
    }
}
