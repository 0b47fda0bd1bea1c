package com.cloudnestle.marketplace.entitlement.internal;

import static com.cloudnestle.marketplace.entitlement.internal.OldWorld.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.Malformed;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.NotInstalled;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Table;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What does not make sense is told, refused and left as it is. */
class LegacyReaderTest {

    private final OldWorld world = new OldWorld();

    static Stream<Arguments> senseless() {
        Item byEmail = OldItems.byEmail();
        Item byId = OldItems.byId();
        return Stream.of(
                Arguments.of("access_tier is missing", OldItems.with(byEmail, "access_tier", null)),
                Arguments.of("no such tier", OldItems.with(byEmail, "access_tier", "gold")),
                Arguments.of("no such tier", OldItems.with(byEmail, "access_tier", "anonymous")),
                Arguments.of("no such tier", OldItems.with(byEmail, "access_tier", "registered|pro")),
                Arguments.of("access_tier is not text", OldItems.with(byEmail, "access_tier", 1L)),
                Arguments.of("contradict", OldItems.with(byEmail, "accessTier", "pro")),
                Arguments.of("created_at is missing", OldItems.with(byEmail, "created_at", null)),
                Arguments.of("created_at is no date", OldItems.with(byEmail, "created_at", "yesterday")),
                Arguments.of("created_at is no date", OldItems.with(byEmail, "created_at", "2025-11-01T10:00:00")),
                Arguments.of("updated_at is no date", OldItems.with(byEmail, "updated_at", "2025-13-01T10:00:00Z")),
                Arguments.of("is no count", OldItems.with(byEmail, "usage.daily_usage.2025-11-23", -1L)),
                Arguments.of("is no count", OldItems.with(byEmail, "usage.daily_usage.2025-11-23", "5.0")),
                Arguments.of("is no count", OldItems.with(byEmail, "usage.daily_usage.2025-11-23", "")),
                Arguments.of("is no date", OldItems.with(byEmail, "usage.daily_usage.2025-11-31", 1L)),
                Arguments.of("day to come", OldItems.with(byEmail, "usage.daily_usage.2025-12-24", 1L)),
                Arguments.of("two different counts", OldItems.with(byEmail, "usage.dailyUsage.2025-11-23", 6L)),
                Arguments.of("is no count", OldItems.with(byId, "dailyUsage", -5L)),
                Arguments.of("lastUsageDate is missing", OldItems.with(byId, "lastUsageDate", null)),
                Arguments.of("lastUsageDate is no date", OldItems.with(byId, "lastUsageDate", "2025-11-23T00:00:00Z")),
                Arguments.of("token is missing", OldItems.with(byEmail, "token", null)),
                Arguments.of("token is too long", OldItems.with(byEmail, "token", "x".repeat(513))),
                Arguments.of("unknown status", OldItems.with(byEmail, "status", "expired")),
                Arguments.of("not the address of the key", OldItems.with(byEmail, "user_email", "other@example.com")),
                Arguments.of("address cannot be read", OldItems.at(byEmail, "user#not an@address", byEmail.key().sk())),
                Arguments.of("does not begin with user#", OldItems.at(byEmail, "customer#a@example.com", byEmail.key().sk())),
                Arguments.of("does not begin with user#", OldItems.at(byId, "user#", byId.key().sk())),
                Arguments.of("does not begin with solution#", OldItems.at(byEmail, byEmail.key().pk(), "profile")),
                Arguments.of("not the solution of the key", OldItems.with(byEmail, "solution_id", "faiss")));
    }

    @ParameterizedTest
    @MethodSource("senseless")
    void saysWhatIsWrong(String reason, Item item) {
        assertThat(new LegacyReader(world.catalog).read(item, world.clock.instant()))
                .isInstanceOfSatisfying(Malformed.class, malformed -> assertThat(malformed.reason()).contains(reason));
    }

    @ParameterizedTest
    @MethodSource("senseless")
    void changesNothingOfIt(String reason, Item item) {
        OldWorld.Process process = world.with(item).start();
        List<Item> before = all();

        if (item.string("token").filter(token -> token.equals(TOKEN)).isPresent()) {
            assertThatExceptionOfType(MarketplaceException.class)
                    .isThrownBy(() -> process.tokens.authenticate(TOKEN))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.ENTITLEMENT_UNREADABLE))
                    .withMessageContaining(reason);
        } else {
            process.legacy.upgrades().upgrade(item.key());
        }

        assertThat(all()).isEqualTo(before);
        assertThat(world.audit.events()).isEmpty();
    }

    @Test
    void aSolutionThatIsNotInstalledIsNoFault() {
        Item item = OldItems.at(OldItems.with(OldItems.byEmail(), "solution_id", "later"), "user#user@example.com", "solution#later");
        OldWorld.Process process = world.with(item).start();

        assertThat(new LegacyReader(world.catalog).read(item, world.clock.instant())).isEqualTo(new NotInstalled("later"));
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> process.tokens.authenticate(TOKEN))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.SOLUTION_UNAVAILABLE));
    }

    @Test
    void aTokenThatTwoEntitlementsClaimIsNotGivenToTheSecond() {
        Item other = OldItems.at(OldItems.byEmail(), "user#second@example.com", OldItems.byEmail().key().sk());
        OldWorld.Process process = world.with(OldItems.byEmail(), other).start();
        process.legacy.upgrade(OldItems.byEmail().key());

        assertThat(process.legacy.upgrades().upgrade(other.key())).isInstanceOfSatisfying(LegacyUpgrade.Left.class,
                left -> assertThat(((Malformed) left.why()).reason()).contains("belongs to another"));
        assertThat(process.tokens.authenticate(TOKEN).email()).isEqualTo("user@example.com");
        assertThat(world.data.get(other.key())).isPresent();
    }

    @Test
    void anItemThatWasPutRightWorksAtTheNextCall() {
        OldWorld.Process process = world.with(OldItems.with(OldItems.byEmail(), "access_tier", "gold")).start();
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> process.tokens.authenticate(TOKEN));

        world.with(OldItems.byEmail());

        assertThat(process.tokens.authenticate(TOKEN).email()).isEqualTo("user@example.com");
    }

    @Test
    void whatHasNoRoomInTheNewItemIsLeftAsItIs() {
        Item old = OldItems.byEmail();
        for (int i = 0; i < 90; i++) {
            old = OldItems.with(old, "note-" + i, "x".repeat(4_535));
        }
        assertThat(old.sizeBytes()).isBetween(Item.MAX_BYTES - 600, Item.MAX_BYTES);
        OldWorld.Process process = world.with(old).start();

        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> process.tokens.authenticate(TOKEN))
                .withMessageContaining("other attributes cannot be kept");
        assertThat(process.migration.run(false, figures -> {}).quarantined()).hasSize(1);
        assertThat(world.data.get(old.key())).contains(old);
    }

    @Test
    void keysAreShownWithoutAddressesAndControlCharacters() {
        assertThat(LegacyKeys.masked(OldItems.byEmail().key())).isEqualTo("user#u***@example.com solution#aws-solution-finder");
        assertThat(LegacyKeys.masked(OldItems.byId().key())).isEqualTo("user#uuid-123 solution#aws-solution-finder");
        assertThat(LegacyKeys.masked(OldItems.at(OldItems.byId(), "user#a\nb\u001b[31m", "@").key()))
                .doesNotContain("\n").doesNotContain("\u001b");
    }

    private List<Item> all() {
        return Stream.of(Table.ENTITLEMENTS, Table.TOKENS,
                        Table.USAGE)
                .flatMap(table -> world.data.scan(table, 100, null).items().stream())
                .toList();
    }
}
