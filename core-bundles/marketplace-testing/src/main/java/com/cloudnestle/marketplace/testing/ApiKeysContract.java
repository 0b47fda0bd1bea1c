package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.ApiKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ApiKeys} must do. */
public abstract class ApiKeysContract {

    /** The admin key that {@link #keys} is to know. */
    protected static final String ADMIN_KEY = "an-admin-key-that-is-long-enough-for-tests";

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);
    private final InMemoryCatalog catalog = InMemoryCatalog.of(
            SolutionDescriptor.of("finder", "Finder", "Finds.", "search").withAliases("faiss"),
            SolutionDescriptor.of("counter", "Counter", "Counts.", "count"));
    private ApiKeys keys = new InMemoryApiKeys(catalog, clock, ADMIN_KEY);

    /** Keys of which only {@link #ADMIN_KEY} exists. */
    protected abstract ApiKeys keys(CatalogService catalog, InstantSource clock);

    @BeforeEach
    void open() {
        keys = keys(catalog, clock);
    }

    @Test
    void knowsTheAdminKey() {
        assertThat(keys.authenticate(ADMIN_KEY)).contains(new ApiKeys.KeyOwner.Admin());
    }

    @Test
    void knowsASolutionsKey() {
        ApiKeys.IssuedKey issued = keys.issueSolutionKey("faiss", "Build server", "admin");

        assertThat(issued.info().solutionId()).isEqualTo("finder");
        assertThat(issued.info().createdAt()).isEqualTo(NOON);
        assertThat(keys.authenticate(issued.secret()))
                .contains(new ApiKeys.KeyOwner.SolutionKey(issued.info().id(), "finder"));
    }

    @Test
    void listsTheKeysOfASolutionOnly() {
        ApiKeys.KeyInfo first = keys.issueSolutionKey("finder", "first", "admin").info();
        clock.advance(Duration.ofSeconds(1));
        ApiKeys.KeyInfo second = keys.issueSolutionKey("finder", "second", "admin").info();
        keys.issueSolutionKey("counter", "other", "admin");

        assertThat(keys.solutionKeys("faiss")).containsExactly(first, second);
        assertThat(keys.solutionKeys("unknown")).isEmpty();
    }

    @Test
    void endsOneKeyAtOnce() {
        ApiKeys.IssuedKey ended = keys.issueSolutionKey("finder", "ended", "admin");
        ApiKeys.IssuedKey other = keys.issueSolutionKey("finder", "other", "admin");

        keys.revokeSolutionKey("faiss", ended.info().id(), "admin");

        assertThat(keys.authenticate(ended.secret())).isEmpty();
        assertThat(keys.authenticate(other.secret())).isPresent();
        assertThat(keys.solutionKeys("finder")).containsExactly(other.info());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "adm_", "sk_finder_", "key_1", "\u0000", "\ud800", ADMIN_KEY + " "})
    void knowsNothingElse(String key) {
        keys.issueSolutionKey("finder", "a key", "admin");

        assertThat(keys.authenticate(key)).isEmpty();
    }

    @Test
    void knowsNoKeyThatWasChanged() {
        String secret = keys.issueSolutionKey("finder", "a key", "admin").secret();
        String id = keys.solutionKeys("finder").get(0).id();

        assertThat(keys.authenticate(id)).isEmpty();
        assertThat(keys.authenticate(secret + "0")).isEmpty();
        assertThat(keys.authenticate(secret.substring(0, secret.length() - 1))).isEmpty();
        assertThat(keys.authenticate(secret.replace("sk_finder", "sk_counter"))).isEmpty();
        assertThat(keys.authenticate("x".repeat(100_000))).isEmpty();
    }

    @Test
    void refusesAKeyForASolutionThatIsNotThere() {
        assertProblem(() -> keys.issueSolutionKey("unknown", "name", "admin"), Problem.SOLUTION_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines", "0123456789012345678901234567890123456789012345678901234567890"})
    void refusesANameThatPeopleCannotRead(String name) {
        assertProblem(() -> keys.issueSolutionKey("finder", name, "admin"), Problem.INVALID_FIELD);
        assertThat(keys.solutionKeys("finder")).isEmpty();
    }

    @Test
    void refusesToEndAKeyThatIsNotThere() {
        String id = keys.issueSolutionKey("finder", "a key", "admin").info().id();

        assertProblem(() -> keys.revokeSolutionKey("finder", "key_unknown", "admin"), Problem.NOT_FOUND);
        assertProblem(() -> keys.revokeSolutionKey("counter", id, "admin"), Problem.NOT_FOUND);
        assertProblem(() -> keys.revokeSolutionKey("unknown", id, "admin"), Problem.NOT_FOUND);
        keys.revokeSolutionKey("finder", id, "admin");
        assertProblem(() -> keys.revokeSolutionKey("finder", id, "admin"), Problem.NOT_FOUND);
    }

    private static void assertProblem(Runnable call, Problem problem) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
