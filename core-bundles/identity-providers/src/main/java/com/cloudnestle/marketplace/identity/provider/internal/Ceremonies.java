package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.identity.Visit;
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

/**
 * The ceremonies that have begun. They lie in the store, for the browser may come back to another node; each ends once, in the
 * browser it began in, and by itself after {@link #LIFE}.
 */
@Component(service = Ceremonies.class)
public final class Ceremonies {

    static final Duration LIFE = Duration.ofMinutes(10);

    private static final String PROVIDER = "provider";
    private static final String BROWSER = "browser";
    private static final String NONCE = "nonce";
    private static final String VERIFIER = "verifier";
    private static final String LINK_TO = "link_to";
    private static final String SOLUTION = "solution_id";
    private static final String RETURN_URL = "return_url";
    private static final String CHALLENGE = "code_challenge";

    private final Store store;
    private final InstantSource clock;

    @Activate
    public Ceremonies(@Reference Store store, @Reference InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @param browserSecret what the browser must show when it comes back */
    record Begun(Ceremony ceremony, String browserSecret) {
        @Override
        public String toString() {
            return "Begun[]";
        }
    }

    /** One that is nowhere yet. */
    Begun prepare(Optional<String> linkTo, Optional<Visit> visit) {
        return new Begun(new Ceremony(Secrets.next(), Secrets.next(), Secrets.next(), linkTo, visit), Secrets.next());
    }

    void remember(String providerId, Begun begun) {
        Ceremony ceremony = begun.ceremony();
        Map<String, Object> attributes = new HashMap<>(Map.of(PROVIDER, providerId, BROWSER, Secrets.hash(begun.browserSecret()),
                NONCE, ceremony.nonce(), VERIFIER, ceremony.verifier(),
                Item.TTL, clock.instant().plus(LIFE).getEpochSecond()));
        ceremony.linkTo().ifPresent(account -> attributes.put(LINK_TO, account));
        ceremony.visit().ifPresent(why -> {
            attributes.put(SOLUTION, why.solutionId());
            attributes.put(RETURN_URL, why.returnUrl());
            why.codeChallenge().ifPresent(challenge -> attributes.put(CHALLENGE, challenge));
        });
        store.put(new Item(key(ceremony.state()), attributes), Condition.itemAbsent());
    }

    /**
     * Ends one.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code sign-in-refused} (401): unknown, over or ended before,
     *     of another provider or another browser; it goes on for its own browser then
     */
    Ceremony take(String providerId, String state, String browserSecret) {
        Item item = store.get(key(state)).filter(found -> text(found, PROVIDER).equals(providerId)).orElseThrow(() -> over());
        if (!Secrets.same(text(item, BROWSER), Secrets.hash(browserSecret))) {
            throw Refusals.refused("This sign-in was begun in another browser, or cookies are switched off. Please start again.");
        }
        if (!store.delete(item.key(), Condition.equal(BROWSER, text(item, BROWSER))).applied()) {
            throw over();
        }
        return new Ceremony(state, text(item, NONCE), text(item, VERIFIER), item.string(LINK_TO), visit(item));
    }

    private static RuntimeException over() {
        return Refusals.refused("This sign-in took too long or has ended already. Please start again.");
    }

    private static Optional<Visit> visit(Item item) {
        return item.string(SOLUTION).map(solution -> new Visit(solution, text(item, RETURN_URL), item.string(CHALLENGE)));
    }

    private static Key key(String state) {
        return new Key(Table.SESSIONS, "provider#" + Secrets.hash(state), "ceremony");
    }

    private static String text(Item item, String attribute) {
        return item.string(attribute).orElse("");
    }
}
