package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.UserKeys;
import com.cloudnestle.marketplace.identity.UserKeys.IssuedKey;
import com.cloudnestle.marketplace.identity.UserKeys.KeyInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link UserKeys} keeps. */
public abstract class UserKeysContract {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final InMemoryCustomers customers = new InMemoryCustomers(clock);
    private final InMemoryCatalog catalog = InMemoryCatalog.of(
            SolutionDescriptor.of("finder", "Finder", "Finds.", "search"), SolutionDescriptor.of("other", "Other", "", "page"));
    private final EntitlementService entitlements =
            new InMemoryEntitlements(catalog, customers, new RecordingAuditLog(clock), clock);
    private final String ann = customers.findOrCreate("ann@example.com").id();
    private final String eve = customers.findOrCreate("eve@example.com").id();

    /** Empty keys over these. */
    protected abstract UserKeys keys(EntitlementService entitlements, CatalogService catalog, InstantSource clock);

    private UserKeys prepared() {
        entitlements.grant(ann, "finder", "registered", "test");
        return keys(entitlements, catalog, clock);
    }

    private static IssuedKey issue(UserKeys keys, String customer) {
        return keys.issue(customer, "finder", "laptop", Set.of(), Optional.empty());
    }

    @Test
    void namesItsHolder() {
        UserKeys keys = prepared();
        IssuedKey issued = keys.issue(ann, "finder", "laptop", Set.of("search"), Optional.empty());

        UserKeys.KeyHolder holder = keys.authenticate(issued.secret());

        assertThat(holder).isEqualTo(new UserKeys.KeyHolder(issued.info().id(), ann, "finder", Set.of("search")));
        assertThat(holder.mayUse("search")).isTrue();
        assertThat(holder.mayUse("page")).isFalse();
        assertThat(issued.secret()).matches("cnk_[0-9A-Za-z]{38}");
    }

    @Test
    void showsEnoughToRecogniseAKeyAndNotTheKey() {
        IssuedKey issued = issue(prepared(), ann);

        assertThat(issued.info().hint()).startsWith(issued.secret().substring(0, 8)).endsWith(issued.secret().substring(38));
        assertThat(issued.toString()).doesNotContain(issued.secret());
        assertThat(issued.info().toString()).doesNotContain(issued.secret());
    }

    @Test
    void refusesWhoHasNoAccess() {
        UserKeys keys = prepared();

        refused(Problem.ENTITLEMENT_UNKNOWN, () -> issue(keys, eve));
    }

    @Test
    void refusesBadNamesAndTimes() {
        UserKeys keys = prepared();

        refused(Problem.INVALID_FIELD, () -> keys.issue(ann, "finder", " ", Set.of(), Optional.empty()));
        refused(Problem.INVALID_FIELD, () -> keys.issue(ann, "finder", "x".repeat(61), Set.of(), Optional.empty()));
        refused(Problem.INVALID_FIELD, () -> keys.issue(ann, "finder", "x", Set.of(), Optional.of(START)));
    }

    @Test
    void endsAtItsExpiry() {
        UserKeys keys = prepared();
        IssuedKey issued = keys.issue(ann, "finder", "laptop", Set.of(), Optional.of(START.plusSeconds(60)));

        clock.advance(Duration.ofSeconds(59));
        assertThat(keys.authenticate(issued.secret()).customerId()).isEqualTo(ann);

        clock.advance(Duration.ofSeconds(1));
        refused(Problem.CREDENTIALS_INVALID, () -> keys.authenticate(issued.secret()));
    }

    @Test
    void endsAtOnceWhenRevokedAndIsStillListed() {
        UserKeys keys = prepared();
        IssuedKey issued = issue(keys, ann);
        keys.authenticate(issued.secret());

        keys.revoke(ann, issued.info().id(), ann);
        keys.revoke(ann, issued.info().id(), ann);

        refused(Problem.CREDENTIALS_INVALID, () -> keys.authenticate(issued.secret()));
        assertThat(keys.ofCustomer(ann)).singleElement().satisfies(info -> assertThat(info.revokedAt()).contains(START));
    }

    @Test
    void isNobodyElsesToChange() {
        UserKeys keys = prepared();
        String id = issue(keys, ann).info().id();

        refused(Problem.NOT_FOUND, () -> keys.revoke(eve, id, eve));
        refused(Problem.NOT_FOUND, () -> keys.rotate(eve, id, Duration.ZERO));
        assertThat(keys.ofCustomer(eve)).isEmpty();
    }

    @Test
    void rotatesWithGrace() {
        UserKeys keys = prepared();
        IssuedKey old = keys.issue(ann, "finder", "laptop", Set.of("search"), Optional.empty());

        IssuedKey next = keys.rotate(ann, old.info().id(), Duration.ofDays(2));

        assertThat(next.info()).extracting(KeyInfo::name, KeyInfo::actions).containsExactly("laptop", Set.of("search"));
        assertThat(keys.authenticate(old.secret()).keyId()).isEqualTo(old.info().id());
        assertThat(keys.authenticate(next.secret()).keyId()).isEqualTo(next.info().id());
        clock.advance(Duration.ofDays(2));
        refused(Problem.CREDENTIALS_INVALID, () -> keys.authenticate(old.secret()));
        assertThat(keys.authenticate(next.secret()).customerId()).isEqualTo(ann);
    }

    @Test
    void graceNeverMakesALifeLonger() {
        UserKeys keys = prepared();
        Instant end = START.plus(Duration.ofDays(1));
        IssuedKey old = keys.issue(ann, "finder", "laptop", Set.of(), Optional.of(end));

        keys.rotate(ann, old.info().id(), Duration.ofDays(30));

        clock.set(end);
        refused(Problem.CREDENTIALS_INVALID, () -> keys.authenticate(old.secret()));
    }

    @Test
    void rotatesWithoutGraceAndNotTwice() {
        UserKeys keys = prepared();
        IssuedKey old = issue(keys, ann);

        keys.rotate(ann, old.info().id(), Duration.ZERO);

        refused(Problem.CREDENTIALS_INVALID, () -> keys.authenticate(old.secret()));
        refused(Problem.CONFLICT, () -> keys.rotate(ann, old.info().id(), Duration.ZERO));
        refused(Problem.INVALID_FIELD, () -> keys.rotate(ann, old.info().id(), Duration.ofDays(31)));
    }

    @Test
    void allowsTwentyLiveKeysOfASolution() {
        UserKeys keys = prepared();
        entitlements.grant(ann, "other", "registered", "test");
        List<IssuedKey> issued = Together.run(25, () -> {
            try {
                return Optional.of(issue(keys, ann));
            } catch (MarketplaceException e) {
                assertThat(e.problem()).isEqualTo(Problem.CONFLICT);
                return Optional.<IssuedKey>empty();
            }
        }).stream().flatMap(Optional::stream).toList();

        assertThat(issued).hasSize(20);
        keys.issue(ann, "other", "another solution", Set.of(), Optional.empty());
        keys.revoke(ann, issued.get(0).info().id(), ann);
        issue(keys, ann);
    }

    @Test
    void listsTheLatestFirst() {
        UserKeys keys = prepared();
        IssuedKey first = issue(keys, ann);
        clock.advance(Duration.ofSeconds(1));
        IssuedKey second = issue(keys, ann);

        assertThat(keys.ofCustomer(ann)).extracting(KeyInfo::id).containsExactly(second.info().id(), first.info().id());
    }

    @Test
    void refusesWhatIsNoKey() {
        UserKeys keys = prepared();
        issue(keys, ann);

        for (String text : List.of("", "cnk_", "sk_finder_x", "cnk_" + "0".repeat(38), "x".repeat(10_000))) {
            refused(Problem.CREDENTIALS_INVALID, () -> keys.authenticate(text));
        }
    }

    private static void refused(Problem problem, ThrowingCallable call) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
