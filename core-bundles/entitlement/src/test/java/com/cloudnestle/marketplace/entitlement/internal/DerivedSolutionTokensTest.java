package com.cloudnestle.marketplace.entitlement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenState;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.SolutionTokensContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedSolutionTokensTest extends SolutionTokensContract {

    private final InMemoryStore store = new InMemoryStore(clock);

    @Override
    protected Services services() {
        return new Services(Caches.entitlements(Caches.of(store), catalog, customers, audit, clock), tokens("secret"));
    }

    private SolutionTokens tokens(String secret) {
        return Caches.tokens(Caches.of(store), catalog, customers, new FixedSecrets(secret), audit, clock);
    }

    @Test
    void showsTheSameTokenAfterARestart() {
        IssuedToken issued = tokens.issue(ann, "finder", "admin");

        SolutionTokens restarted = tokens("secret");

        assertThat(restarted.issue(ann, "finder", "admin").token()).isEqualTo(issued.token());
        assertThat(restarted.authenticate(issued.token())).isEqualTo(issued.holder());
    }

    @Test
    void makesTokensOf256BitsThatKeepTheirForm() {
        assertThat(tokens.issue(ann, "finder", "admin").token()).matches("tok_permanent_[A-Za-z0-9_-]{43}");
        assertThat(tokens.issue(ann, "timed", "admin").token()).matches("tok_timed_[A-Za-z0-9_-]{43}");
    }

    @Test
    void keepsNothingFromWhichATokenCanBeRead() {
        IssuedToken issued = tokens.issue(ann, "finder", "admin");
        String secret = issued.token().substring("tok_permanent_".length());

        List<Item> stored = new ArrayList<>(
                store.index(Table.TOKENS, "user#" + uuid() + "#solution#finder", "", 10, null).items());
        assertThat(stored).hasSize(1);
        assertThat(stored.get(0).key().pk()).matches("token#[0-9a-f]{64}");
        stored.add(store.get(entitlementKey("finder")).orElseThrow());
        assertThat(stored).allSatisfy(item -> assertThat(item.toString()).doesNotContain(secret));
    }

    @Test
    void makesANewTokenBesideTheOldOneWhenTheServerSecretIsLost() {
        IssuedToken old = tokens.issue(ann, "finder", "admin");
        SolutionTokens other = tokens("another secret");

        IssuedToken fresh = other.issue(ann, "finder", "admin");

        assertThat(fresh.token()).isNotEqualTo(old.token());
        assertThat(other.authenticate(old.token())).isEqualTo(old.holder());
        assertThat(other.authenticate(fresh.token())).isEqualTo(fresh.holder());
        assertThat(other.issue(ann, "finder", "admin").token()).isEqualTo(fresh.token());

        other.revokeAll(ann, "finder", "admin");
        assertThat(other.inspect(old.token()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
        assertThat(other.inspect(fresh.token()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
    }

    /** A restored backup counts the generations again; what was leaked and revoked meanwhile must not come back. */
    @Test
    void neverMakesTheSameTokenTwiceEvenFromABackup() {
        Item backup = store.get(entitlementKey("finder")).orElseThrow();
        IssuedToken leaked = tokens.issue(ann, "finder", "admin");
        tokens.revoke(leaked.token(), "admin");

        store.put(backup);
        store.delete(TokenItem.key(new SolutionToken(leaked.token()).hash()), Condition.itemExists());

        assertThat(tokens.issue(ann, "finder", "admin").token()).isNotEqualTo(leaked.token());
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> tokens.authenticate(leaked.token()))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.TOKEN_UNKNOWN));
    }

    @Test
    void keepsThePermanenceATokenWasMadeWith() {
        IssuedToken permanent = tokens.issue(ann, "finder", "admin");
        catalog.publish(SolutionDescriptor.of("finder", "Finder", "Finds.", "search").withTokenLifetimeDays(5));

        assertThat(tokens.issue(ann, "finder", "admin").token()).isEqualTo(permanent.token());
        assertThat(tokens.refresh(permanent.token()).holder().expiresAt()).isEmpty();
        assertThat(tokens.rotate(ann, "finder", Duration.ofDays(1), "admin").token()).startsWith("tok_timed_");
    }

    @Test
    void refreshesByTheLifetimeItWasMadeWithWhenTheSolutionGaveUpLifetimes() {
        IssuedToken timed = tokens.issue(ann, "timed", "admin");
        catalog.publish(SolutionDescriptor.of("timed", "Timed", "Ends.", "count"));
        clock.advance(Duration.ofDays(1));

        assertThat(tokens.refresh(timed.token()).holder().expiresAt())
                .contains(clock.instant().plus(Duration.ofDays(10)));
    }

    @Test
    void refusesAnotherGraceWhenTwentyOlderTokensStillWork() {
        List<IssuedToken> made = new ArrayList<>(List.of(tokens.issue(ann, "finder", "admin")));
        for (int i = 0; i < 20; i++) {
            made.add(tokens.rotate(ann, "finder", Duration.ofDays(30), "admin"));
        }

        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> tokens.rotate(ann, "finder", Duration.ofDays(1), "admin"))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_FIELD));
        made.forEach(each -> assertThat(tokens.authenticate(each.token()).customerId()).isEqualTo(ann));

        made.add(tokens.rotate(ann, "finder", Duration.ZERO, "admin"));
        tokens.revokeAll(ann, "finder", "admin");
        assertThat(made)
                .extracting(each -> tokens.inspect(each.token()).orElseThrow().state())
                .containsOnly(TokenState.REVOKED);
    }

    @Test
    void forgetsOlderTokensSomeTimeAfterTheirEnd() {
        for (int i = 0; i < 100; i++) {
            tokens.rotate(ann, "finder", Duration.ofDays(1), "admin");
            clock.advance(Duration.ofDays(2));
        }

        assertThat(store.get(entitlementKey("finder")).orElseThrow().sizeBytes()).isLessThan(4_000);
    }

    @Test
    void goesOnWhenTheTierChangesAtTheSameTime() {
        StoredEntitlements entitlements = Caches.entitlements(Caches.of(store), catalog, customers, audit, clock);
        IssuedToken issued = tokens.issue(ann, "finder", "admin");
        entitlements.changeTier(ann, "finder", "pro", "admin");
        entitlements.setStatus(ann, "finder", Entitlement.Status.SUSPENDED, "admin");

        assertThat(tokens.authenticate(issued.token())).isEqualTo(issued.holder());
        assertThat(tokens.issue(ann, "finder", "admin").token()).isEqualTo(issued.token());
    }

    @Test
    void saysSoWhenAStoredTokenIsDamaged() {
        IssuedToken issued = tokens.issue(ann, "finder", "admin");
        Key key = TokenItem.key(new SolutionToken(issued.token()).hash());
        store.update(key, Update.builder().remove("email").build(), Condition.itemExists());

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> tokens.authenticate(issued.token()))
                .withMessageContaining("email");
    }

    private String uuid() {
        return ann.substring("cus_".length());
    }

    private Key entitlementKey(String solution) {
        return new Key(Table.ENTITLEMENTS, "user#" + uuid(), "solution#" + solution);
    }
}
