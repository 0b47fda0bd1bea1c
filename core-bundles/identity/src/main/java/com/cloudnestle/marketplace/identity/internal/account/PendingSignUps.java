package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.identity.SignUp.Request;
import com.cloudnestle.marketplace.identity.internal.RandomSecret;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps sign-ups that wait, for half an hour. Five wrong codes end one. Thread-safe. */
@Component(service = PendingSignUps.class)
public final class PendingSignUps {

    static final Duration VALID = Duration.ofMinutes(30);

    private static final int MAX_TRIES = 5;
    private static final int MAX_RESENT = 5;

    /** @param secret for the browser that asked */
    record Begun(PendingSignUp signUp, SignUpCodes codes, String secret) {
        @Override
        public String toString() {
            return "Begun[]";
        }
    }

    private final Store store;
    private final InstantSource clock;

    @Activate
    public PendingSignUps(@Reference Store store, @Reference InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Begun begin(Request request, String passwordHash) {
        String secret = RandomSecret.next();
        String id = Sha256.hex(secret);
        SignUpCodes codes = SignUpCodes.next();
        Instant expires = clock.instant().plus(VALID).truncatedTo(ChronoUnit.SECONDS);
        PendingSignUp pending = new PendingSignUp(id, request.email(), request.name(), request.language(), passwordHash,
                request.visit(), PendingSignUp.typedHash(id, codes.typed()), Sha256.hex(codes.link()), expires);
        boolean applied = store.transact(List.of(
                        new Write.Put(pending.item(), Condition.itemAbsent()),
                        new Write.Put(PendingSignUp.link(id, pending.linkHash(), expires), Condition.itemAbsent())))
                .applied();
        if (!applied) {
            throw new IllegalStateException("a fresh random secret already exists");
        }
        return new Begun(pending, codes, secret);
    }

    Optional<PendingSignUp> bySecret(String secret) {
        return Optional.of(secret)
                .filter(RandomSecret::wellFormed)
                .flatMap(text -> store.get(PendingSignUp.key(Sha256.hex(text))))
                .map(PendingSignUp::of);
    }

    Optional<PendingSignUp> byLink(String code) {
        return Optional.of(code)
                .filter(RandomSecret::wellFormed)
                .flatMap(text -> store.get(PendingSignUp.linkKey(Sha256.hex(text))))
                .flatMap(link -> store.get(PendingSignUp.key(Stored.text(link, "signUp"))))
                .map(PendingSignUp::of)
                .filter(pending -> pending.hasCode(code)); // an older link of the same sign-up is no good
    }

    /** Counts a try before its outcome is known. False: there were too many, or it is over. */
    boolean mayTry(PendingSignUp pending) {
        return store.update(pending.key(), Update.builder().add(PendingSignUp.TRIES, 1).build(),
                Condition.all(Condition.itemExists(), Condition.less(PendingSignUp.TRIES, MAX_TRIES))).applied();
    }

    /** What ends a sign-up in the transaction that makes the account: it can be used once. */
    List<Write> end(PendingSignUp pending) {
        return List.of(new Write.Delete(pending.key(), Condition.itemExists()),
                new Write.Delete(PendingSignUp.linkKey(pending.linkHash()), Condition.NONE));
    }

    /** Other codes; those before hold no longer. Tries go on being counted. Empty: it was sent often enough. */
    Optional<SignUpCodes> renew(PendingSignUp pending) {
        SignUpCodes codes = SignUpCodes.next();
        String linkHash = Sha256.hex(codes.link());
        WriteResult result = store.update(pending.key(), Update.builder()
                        .set(PendingSignUp.TYPED, PendingSignUp.typedHash(pending.id(), codes.typed()))
                        .set(PendingSignUp.LINK, linkHash)
                        .add(PendingSignUp.RESENT, 1)
                        .build(),
                Condition.all(Condition.itemExists(), Condition.less(PendingSignUp.RESENT, MAX_RESENT)));
        if (!result.applied()) {
            return Optional.empty();
        }
        Item link = PendingSignUp.link(pending.id(), linkHash, pending.expiresAt());
        store.put(link);
        return Optional.of(codes);
    }
}
