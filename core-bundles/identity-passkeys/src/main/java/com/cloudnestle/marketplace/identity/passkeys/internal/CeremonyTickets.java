package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Challenges that were given out, each good once and for five minutes, and only for what it was asked for. Thread-safe. */
@Component(service = CeremonyTickets.class)
public final class CeremonyTickets {

    static final Duration VALID = Duration.ofMinutes(5);

    private static final int BYTES = 32;
    private static final String PURPOSE = "purpose";
    private static final String ACCOUNT = "accountId";
    private static final String CHALLENGE = "challenge";

    enum Purpose {
        REGISTRATION,
        SIGN_IN
    }

    /** @param secret goes to the browser, which brings it back */
    record Issued(String secret, byte[] challenge) {
        @Override
        public String toString() {
            return "Issued[]";
        }
    }

    /** @param accountId whose ceremony it is; empty: whoever can prove to be somebody */
    record Ticket(byte[] challenge, Optional<String> accountId) {}

    private final Store store;
    private final InstantSource clock;

    @Activate
    public CeremonyTickets(@Reference Store store, @Reference InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Issued issue(Purpose purpose, Optional<String> accountId) {
        String secret = Secrets.base64(Secrets.random(BYTES));
        byte[] challenge = Secrets.random(BYTES);
        Map<String, Object> attributes = new HashMap<>(Map.of(PURPOSE, purpose.name(), CHALLENGE, challenge,
                Item.TTL, clock.instant().plus(VALID).getEpochSecond()));
        accountId.ifPresent(account -> attributes.put(ACCOUNT, account));
        store.put(new Item(key(secret), attributes), Condition.itemAbsent());
        return new Issued(secret, challenge);
    }

    /**
     * Uses a ticket up, whatever comes of it.
     *
     * @throws MarketplaceException {@code code-invalid} (410)
     */
    Ticket use(Purpose purpose, String secret) {
        return store.get(key(secret))
                .filter(item -> item.string(PURPOSE).filter(purpose.name()::equals).isPresent())
                .filter(item -> store.delete(item.key(), Condition.itemExists()).applied())
                .map(item -> new Ticket(item.bytes(CHALLENGE).orElseThrow(), item.string(ACCOUNT)))
                .orElseThrow(CeremonyTickets::invalid);
    }

    static MarketplaceException invalid() {
        return new MarketplaceException(Problem.CODE_INVALID, "This took too long or was done before; begin again.");
    }

    private static Key key(String secret) {
        return new Key(Table.SESSIONS, "passkey-ticket#" + Secrets.sha256(secret), "ticket");
    }
}
