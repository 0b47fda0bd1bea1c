package com.cloudnestle.marketplace.identity.internal.factor;

import com.cloudnestle.marketplace.identity.internal.RandomSecret;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.identity.internal.TypedCode;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** One item per account: the authenticator's secret, sealed, the step last used, and hashes of recovery codes. Thread-safe. */
@Component(service = FactorItems.class)
public final class FactorItems {

    private static final Duration ENROLMENT = Duration.ofMinutes(30);
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_LENGTH = 10;

    private static final String SECRET = "secret";
    private static final String PENDING = "pending";
    private static final String PENDING_UNTIL = "pendingUntil";
    private static final String LAST_STEP = "lastStep";
    private static final String RECOVERY = "recovery";
    /** Another one with each enrolment: what is decided on one must not hold for the next. */
    private static final String VERSION = "version";

    private final Store store;
    private final ServerSecrets secrets;
    private final SealedSecret sealed;
    private final InstantSource clock;

    @Activate
    public FactorItems(@Reference Store store, @Reference ServerSecrets secrets, @Reference InstantSource clock) {
        this.store = store;
        this.secrets = secrets;
        this.sealed = new SealedSecret(secrets);
        this.clock = clock;
    }

    /** @return the new secret, which holds for nothing yet */
    byte[] begin(String accountId) {
        byte[] secret = Totp.newSecret();
        store.update(key(accountId), Update.builder()
                .set(PENDING, sealed.seal(accountId, secret))
                .set(PENDING_UNTIL, clock.instant().plus(ENROLMENT).getEpochSecond())
                .build(), Condition.NONE);
        return secret;
    }

    boolean begun(String accountId) {
        return item(accountId).filter(item -> item.number(PENDING_UNTIL, 0) > clock.instant().getEpochSecond()).isPresent();
    }

    boolean enrolled(String accountId) {
        return item(accountId).flatMap(item -> item.bytes(SECRET)).isPresent();
    }

    /** What makes the secret hold that was begun, if the code is its; empty if not. */
    Optional<Write> confirmation(String accountId, String code, List<String> recoveryCodes) {
        Item item = item(accountId).orElseThrow();
        byte[] pending = item.bytes(PENDING).orElseThrow();
        OptionalLong step = Totp.match(sealed.open(accountId, pending), code, clock.instant());
        if (step.isEmpty()) {
            return Optional.empty();
        }
        Update update = Update.builder()
                .set(SECRET, pending)
                .set(LAST_STEP, step.getAsLong())
                .set(RECOVERY, hashes(accountId, recoveryCodes))
                .set(VERSION, RandomSecret.next())
                .remove(PENDING)
                .remove(PENDING_UNTIL)
                .build();
        return Optional.of(new Write.Change(item.key(), update, Condition.equal(PENDING, pending)));
    }

    Write removal(String accountId) {
        return new Write.Delete(key(accountId), Condition.exists(SECRET));
    }

    void erase(String accountId) {
        store.delete(key(accountId), Condition.NONE);
    }

    static List<String> newRecoveryCodes() {
        return Stream.generate(() -> TypedCode.shown(TypedCode.next(RECOVERY_LENGTH))).limit(RECOVERY_CODES).toList();
    }

    /** @return false if there is no authenticator */
    boolean replaceRecoveryCodes(String accountId, List<String> codes) {
        return store.update(key(accountId),
                Update.builder().set(RECOVERY, hashes(accountId, codes)).set(VERSION, RandomSecret.next()).build(),
                Condition.exists(SECRET)).applied();
    }

    int recoveryCodesLeft(String accountId) {
        return item(accountId).map(item -> recovery(item).size()).orElse(0);
    }

    /** Whether it is a code of the authenticator. Each is good once, and those before it are not good any more. */
    boolean useCode(String accountId, String code) {
        Optional<Item> item = item(accountId).filter(found -> found.bytes(SECRET).isPresent());
        if (item.isEmpty()) {
            return false;
        }
        byte[] secret = item.get().bytes(SECRET).orElseThrow();
        OptionalLong step = Totp.match(sealed.open(accountId, secret), code, clock.instant());
        return step.isPresent() && store.update(item.get().key(),
                Update.builder().set(LAST_STEP, step.getAsLong()).build(),
                Condition.all(Condition.equal(SECRET, secret), Condition.less(LAST_STEP, step.getAsLong()))).applied();
    }

    /** Whether it is a recovery code; each is good once. */
    boolean useRecoveryCode(String accountId, String code) {
        Optional<Item> item = item(accountId);
        String hash = hash(accountId, code);
        if (item.isEmpty() || !recovery(item.get()).contains(hash)) {
            return false;
        }
        List<String> left = new ArrayList<>(recovery(item.get()));
        left.remove(hash);
        return store.update(item.get().key(),
                Update.builder().set(RECOVERY, String.join(",", left)).set(VERSION, RandomSecret.next()).build(),
                Condition.equal(VERSION, Stored.text(item.get(), VERSION))).applied();
    }

    private Optional<Item> item(String accountId) {
        return store.get(key(accountId));
    }

    private static List<String> recovery(Item item) {
        return item.string(RECOVERY).filter(text -> !text.isEmpty()).map(text -> Arrays.asList(text.split(","))).orElse(List.of());
    }

    private String hashes(String accountId, List<String> codes) {
        return String.join(",", codes.stream().map(code -> hash(accountId, code)).toList());
    }

    /** Keyed: fifty bits could be tried out by who has the store. */
    private String hash(String accountId, String code) {
        return HexFormat.of().formatHex(secrets.keyedHash("recovery-code", accountId + "|" + TypedCode.normalised(code)));
    }

    private static Key key(String accountId) {
        return new Key(Table.USERS, "user#" + Stored.uuid(accountId).orElseThrow(Stored::noSuchCustomer), "authenticator");
    }
}
