package com.cloudnestle.marketplace.identity.provider.internal;

import static com.cloudnestle.marketplace.identity.provider.internal.Market.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CeremoniesTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock);
    private final Ceremonies ceremonies = new Ceremonies(store, clock);

    @Test
    void ofTwoWhoEndItAtOnceOneIsRefused() {
        Ceremonies.Begun begun = ceremonies.prepare(Optional.of("cus_1"), Optional.empty());
        ceremonies.remember("people", begun);
        String state = begun.ceremony().state();
        Ceremonies late = new Ceremonies(new ForwardingStore(store) {
            @Override
            public Optional<Item> get(Key key) {
                Optional<Item> seen = super.get(key);
                assertThat(ceremonies.take("people", state, begun.browserSecret())).isEqualTo(begun.ceremony());
                return seen;
            }
        }, clock);

        assertThat(problem(() -> late.take("people", state, begun.browserSecret()))).isEqualTo("sign-in-refused");
    }
}
