package com.cloudnestle.marketplace.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.identity.ApiKeys;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import com.cloudnestle.marketplace.testing.RecordingNotices;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminKeyTest {

    private static final Optional<String> NOT_SET = Optional.empty();
    private static final String OWN = "0123456789-0123456789-0123456789";
    private static final Pattern KEY = Pattern.compile("adm_[A-Za-z0-9_-]{43}");

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock);
    private final RecordingNotices notices = new RecordingNotices();
    private final RecordingAuditLog audit = new RecordingAuditLog(clock);

    @Test
    void makesAKeyAtTheFirstStartAndTellsItOnce() {
        ApiKeys keys = start(NOT_SET);
        String key = toldKey();

        assertThat(keys.authenticate(key)).contains(new ApiKeys.KeyOwner.Admin());
        assertThat(audit.entries()).extracting(AuditEntry::event, AuditEntry::subject)
                .containsExactly(tuple("key.issued", "admin"));
        assertThat(audit.entries().toString()).doesNotContain(key);
    }

    @Test
    void keepsTheKeyOverARestartWithoutTellingItAgain() {
        start(NOT_SET);
        String key = toldKey();
        notices.post("admin-key", "deleted by the start script");

        assertThat(start(NOT_SET).authenticate(key)).isPresent();
        assertThat(notices.all()).containsEntry("admin-key", "deleted by the start script");
    }

    @Test
    void keepsOnlyTheHash() {
        start(NOT_SET);

        Item item = store.get(new Key(Table.API_KEYS, "admin", "key")).orElseThrow();
        assertThat(item.attributes().values()).doesNotContain(toldKey());
        assertThat(item.string("hash")).contains(Sha256.hex(toldKey()));
    }

    @Test
    void takesTheKeyOfTheEnvironmentInPlaceOfTheStoredOneForThatRun() {
        start(NOT_SET);
        String stored = toldKey();

        ApiKeys keys = start(Optional.of(OWN));
        assertThat(keys.authenticate(OWN)).isPresent();
        assertThat(keys.authenticate(stored)).isEmpty();

        assertThat(start(NOT_SET).authenticate(stored)).isPresent();
    }

    @Test
    void makesNoKeyWhenTheEnvironmentSetsOne() {
        start(Optional.of(OWN));

        assertThat(notices.all()).isEmpty();
        assertThat(store.get(new Key(Table.API_KEYS, "admin", "key"))).isEmpty();
    }

    @Test
    void takesAnEmptyVariableForNotSet() {
        start(Optional.of(""));

        assertThat(toldKey()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "0123456789-0123456789-012345678", "0123456789-0123456789-0123456789\n",
        "0123456789 0123456789 0123456789", "0123456789-0123456789-012345678é"})
    void hasNoAdminAtAllWhenTheKeyOfTheEnvironmentIsNotAcceptable(String given) {
        start(NOT_SET);
        String stored = toldKey();

        ApiKeys keys = start(Optional.of(given));

        assertThat(keys.authenticate(given)).isEmpty();
        assertThat(keys.authenticate(given.strip())).isEmpty();
        assertThat(keys.authenticate(stored)).isEmpty();
    }

    @Test
    void refusesAKeyOfTheEnvironmentThatIsTooLong() {
        assertThat(start(Optional.of("x".repeat(513))).authenticate("x".repeat(513))).isEmpty();
        assertThat(start(Optional.of("x".repeat(512))).authenticate("x".repeat(512))).isPresent();
    }

    @Test
    void doesNotLockTheOperatorOutWhenTheFirstStartFailsHalfWay() {
        ContestedStore full = new ContestedStore(store);
        full.beforeNextWrite(() -> {
            throw new StoreException.Unavailable("disk full");
        });
        assertThatExceptionOfType(StoreException.Unavailable.class)
                .isThrownBy(() -> new AdminKey(full, notices, audit, clock).hash(NOT_SET));
        String lost = toldKey();

        ApiKeys keys = start(NOT_SET);

        assertThat(toldKey()).isNotEqualTo(lost);
        assertThat(keys.authenticate(toldKey())).isPresent();
        assertThat(keys.authenticate(lost)).isEmpty();
    }

    @Test
    void leavesTheKeyOfAnotherNodeThatWasFaster() {
        ContestedStore contested = new ContestedStore(store);
        RecordingNotices others = new RecordingNotices();
        contested.beforeNextWrite(() -> new AdminKey(store, others, audit, clock).hash(NOT_SET));

        Optional<String> hash = new AdminKey(contested, notices, audit, clock).hash(NOT_SET);

        Matcher key = KEY.matcher(others.all().get("admin-key"));
        assertThat(key.find()).isTrue();
        assertThat(hash).contains(Sha256.hex(key.group()));
        assertThat(notices.all().get("admin-key")).contains("Another node").doesNotContain("adm_");
    }

    @Test
    void tellsNoKeyThatNeverHeldWhenTheReplyWasLostAndAnotherNodeWasFaster() {
        ContestedStore contested = new ContestedStore(store);
        contested.beforeNextWrite(() -> {
            new AdminKey(store, new RecordingNotices(), audit, clock).hash(NOT_SET);
            throw new StoreException.OutcomeUnknown("no reply", new IOException("reset"));
        });
        AdminKey key = new AdminKey(contested, notices, audit, clock);
        assertThatExceptionOfType(StoreException.OutcomeUnknown.class).isThrownBy(() -> key.hash(NOT_SET));

        Optional<String> hash = key.hash(NOT_SET);

        assertThat(hash).isEqualTo(new AdminKey(store, new RecordingNotices(), audit, clock).hash(NOT_SET));
        assertThat(notices.all().get("admin-key")).contains("Another node").doesNotContain("adm_");
    }

    @Test
    void waitsForAStoreThatDoesNotAnswerYet() {
        ContestedStore contested = new ContestedStore(store);
        contested.beforeNextWrite(() -> {
            throw new StoreException.Unavailable("too busy");
        });

        ApiKeys keys = new StoredApiKeys(contested, new InMemoryCatalog(), audit, notices, clock);

        assertThat(keys.authenticate(toldKey())).isPresent();
    }

    private ApiKeys start(Optional<String> variable) {
        Optional<String> hash = new AdminKey(store, notices, audit, clock).hash(variable);
        return new StoredApiKeys(store, new InMemoryCatalog(), audit, clock, hash);
    }

    private String toldKey() {
        Matcher matcher = KEY.matcher(notices.all().getOrDefault("admin-key", ""));
        assertThat(matcher.find()).as("a key in the notice").isTrue();
        return matcher.group();
    }
}
