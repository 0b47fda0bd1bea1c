package com.cloudnestle.marketplace.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.Together;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedServerSecretsTest {

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore shared = new InMemoryStore(clock, true);
    private final InMemoryStore own = new InMemoryStore(clock);

    @Test
    void worksOnAStoreThatKnowsNoSecretYetAndNotesItsFingerprint() {
        CheckedServerSecrets secrets = started(shared, "a");

        assertThat(secrets.problem()).isEmpty();
        assertThat(secrets.keyedHash("tokens", "x")).hasSize(32);
        assertThat(fingerprint(shared)).matches("[0-9a-f]{16}");
    }

    @Test
    void tellsNothingOfTheSecretButItsFingerprint() throws IOException {
        CheckedServerSecrets secrets = started(shared, "a");

        String key = Files.readString(data("a").resolve("secrets/server.key")).strip();
        assertThat(shared.scan(Table.SYSTEM, 10, null).items().toString()).doesNotContain(key);
        assertThat(key).doesNotContain(fingerprint(shared));
        assertThat(secrets.name()).isEqualTo("secrets");
    }

    @Test
    void worksWithTheSecretOfAnotherNode() throws IOException {
        CheckedServerSecrets first = started(shared, "a");
        copyKey("a", "b");

        CheckedServerSecrets second = started(shared, "b");

        assertThat(second.problem()).isEmpty();
        assertThat(second.keyedHash("tokens", "x")).isEqualTo(first.keyedHash("tokens", "x"));
    }

    @Test
    void refusesToWorkWithAnotherSecretThanTheOtherNodesAndSaysWhichFileToTake() {
        started(shared, "a");
        String expected = fingerprint(shared);

        CheckedServerSecrets second = started(shared, "b");

        assertThat(second.problem()).hasValueSatisfying(text -> assertThat(text)
                .contains(expected)
                .contains(data("a").resolve("secrets/server.key").toString())
                .contains(data("b").resolve("secrets/server.key").toString()));
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> second.keyedHash("tokens", "x"))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.STORE_UNAVAILABLE))
                .withMessageNotContaining(folder.toString());
        assertThat(fingerprint(shared)).as("the note of the first").isEqualTo(expected);
    }

    @Test
    void agreesOnOneOfSeveralSecretsThatStartTogether() {
        AtomicInteger node = new AtomicInteger();

        List<Boolean> ready = Together.run(3, () -> started(shared, "node" + node.incrementAndGet()).problem().isEmpty());

        assertThat(ready).containsExactlyInAnyOrder(true, false, false);
    }

    @Test
    void onlyWarnsWhereTheStoreBelongsToOneProcess() throws IOException {
        started(own, "a");
        String noted = fingerprint(own);
        Files.delete(data("a").resolve("secrets/server.key"));

        CheckedServerSecrets restarted = started(own, "a");

        assertThat(restarted.problem()).isEmpty();
        assertThat(restarted.keyedHash("tokens", "x")).hasSize(32);
        assertThat(fingerprint(own)).as("so that the next start warns, too").isEqualTo(noted);
    }

    @Test
    void takesANewSecretThatTheOperatorAccepts() throws IOException {
        started(shared, "a");
        String text = started(shared, "b").problem().orElseThrow();
        Matcher setting = Pattern.compile("set (\\S+) = ([0-9a-f]{16}) in etc/(\\S+)\\.cfg").matcher(text);
        assertThat(setting.find()).as(text).isTrue();
        String offered = setting.group(2);
        assertThat(componentDescription()).as("the file and key that the container hands to the component")
                .contains("configuration-pid=\"" + setting.group(3) + "\"", "name=\"" + setting.group(1) + "\"");

        assertThat(started(shared, "b", "0123456789abcdef").problem()).isPresent();
        assertThat(started(shared, "b", offered).problem()).isEmpty();

        assertThat(fingerprint(shared)).isEqualTo(offered);
        assertThat(started(shared, "a").problem()).as("the former one").isPresent();
    }

    @Test
    void isNotReadyWhileTheStoreDoesNotAnswerAndAsksAgain() {
        ContestedStore broken = new ContestedStore(shared);
        broken.beforeNextWrite(() -> {
            throw new StoreException.Unavailable("throttled");
        });
        CheckedServerSecrets secrets = new CheckedServerSecrets(broken, clock, "", data("a"));
        assertThat(secrets.problem()).as("before the first look").isPresent();

        assertThat(secrets.check()).isFalse();
        assertThat(secrets.problem()).hasValueSatisfying(text -> assertThat(text).contains("throttled"));

        assertThat(secrets.check()).isTrue();
        assertThat(secrets.problem()).isEmpty();
    }

    @Test
    void worksWithoutAnAnswerOfAStoreThatBelongsToOneProcess() {
        ContestedStore broken = new ContestedStore(own);
        broken.beforeNextWrite(() -> {
            throw new StoreException.Unavailable("disk full");
        });
        CheckedServerSecrets secrets = new CheckedServerSecrets(broken, clock, "", data("a"));

        assertThat(secrets.check()).isTrue();
        assertThat(secrets.problem()).isEmpty();
    }

    private CheckedServerSecrets started(Store store, String node) {
        return started(store, node, "");
    }

    private CheckedServerSecrets started(Store store, String node, String accepted) {
        CheckedServerSecrets secrets = new CheckedServerSecrets(store, clock, accepted, data(node));
        assertThat(secrets.check()).isTrue();
        secrets.close();
        return secrets;
    }

    private Path data(String node) {
        return folder.resolve(node);
    }

    private void copyKey(String from, String to) throws IOException {
        Path folderOfKey = Files.createDirectories(data(to).resolve("secrets"));
        Files.copy(data(from).resolve("secrets/server.key"), folderOfKey.resolve("server.key"),
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static String fingerprint(Store store) {
        Item item = store.get(ServerSecrets.FINGERPRINT_KEY).orElseThrow();
        return item.string(ServerSecrets.FINGERPRINT).orElseThrow();
    }

    private static String componentDescription() throws IOException {
        String file = "/OSGI-INF/" + CheckedServerSecrets.class.getName() + ".xml";
        try (InputStream xml = Objects.requireNonNull(CheckedServerSecrets.class.getResourceAsStream(file), file)) {
            return new String(xml.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
