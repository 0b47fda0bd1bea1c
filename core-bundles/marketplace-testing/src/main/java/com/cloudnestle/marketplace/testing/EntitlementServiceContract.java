package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.EntitlementService.TierChange;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link EntitlementService} must do. */
public abstract class EntitlementServiceContract {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final String NOBODY = "cus_00000000-0000-0000-0000-000000000000";

    private final ManualClock clock = new ManualClock(NOON);
    private final RecordingAuditLog audit = new RecordingAuditLog(clock);
    private final InMemoryCustomers customers = new InMemoryCustomers(clock);
    private final String ann = customers.findOrCreate("ann@example.com").id();
    private final InMemoryCatalog catalog = InMemoryCatalog.of(
            SolutionDescriptor.of("finder", "Finder", "Finds.", "search").withAliases("faiss"),
            SolutionDescriptor.of("counter", "Counter", "Counts.", "count"));
    private EntitlementService entitlements = new InMemoryEntitlements(catalog, customers, audit, clock);

    /** A service that knows no entitlement. */
    protected abstract EntitlementService service(
            CatalogService catalog, CustomerDirectory customers, AuditLog audit, InstantSource clock);

    @BeforeEach
    void open() {
        entitlements = service(catalog, customers, audit, clock);
    }

    @Test
    void grantsATier() {
        Entitlement granted = entitlements.grant(ann, "faiss", "registered", "admin");

        assertThat(granted.id()).startsWith("ent_");
        assertThat(granted).isEqualTo(new Entitlement(granted.id(), ann, "ann@example.com", "finder", "registered",
                Entitlement.Status.ACTIVE, NOON, NOON, NOON));
        assertThat(entitlements.find(ann, "finder")).contains(granted);
        assertThat(entitlements.find(ann, "faiss")).contains(granted);
        assertThat(entitlements.find(ann, "counter")).isEmpty();
    }

    @Test
    void leavesAnExistingEntitlementAsItIs() {
        Entitlement granted = entitlements.grant(ann, "finder", "pro", "admin");
        clock.advance(Duration.ofDays(1));

        assertThat(entitlements.grant(ann, "finder", "registered", "admin")).isEqualTo(granted);
        assertThat(audit.events()).containsExactly("entitlement.granted");
    }

    @Test
    void movesToAnotherTierFromNowOn() {
        Entitlement before = entitlements.grant(ann, "finder", "registered", "admin");
        clock.advance(Duration.ofHours(5));

        TierChange change = entitlements.changeTier(ann, "faiss", "pro", "console");

        Instant later = NOON.plus(Duration.ofHours(5));
        assertThat(change.changed()).isTrue();
        assertThat(change.previousTier()).contains("registered");
        assertThat(change.entitlement()).isEqualTo(new Entitlement(before.id(), ann, "ann@example.com", "finder", "pro",
                Entitlement.Status.ACTIVE, NOON, later, later));
        assertThat(entitlements.find(ann, "finder")).contains(change.entitlement());
    }

    @Test
    void recordsATierChange() {
        entitlements.grant(ann, "finder", "registered", "solution:finder");
        entitlements.changeTier(ann, "faiss", "pro", "console");

        AuditEntry entry = audit.entries().get(1);
        assertThat(entry.event()).isEqualTo("tier.changed");
        assertThat(entry.actor()).isEqualTo("console");
        assertThat(entry.subject()).isEqualTo(ann);
        assertThat(entry.details())
                .containsOnly(Map.entry("solution", "finder"), Map.entry("from", "registered"), Map.entry("to", "pro"));
    }

    @Test
    void makesTheEntitlementWhenATierIsGivenToANewcomer() {
        TierChange change = entitlements.changeTier(ann, "finder", "pro", "admin");

        assertThat(change.changed()).isTrue();
        assertThat(change.previousTier()).isEmpty();
        assertThat(entitlements.find(ann, "finder")).contains(change.entitlement());
        assertThat(audit.events()).containsExactly("tier.changed");
    }

    @Test
    void changesNothingWhenMovingToThePresentTier() {
        Entitlement before = entitlements.grant(ann, "finder", "pro", "admin");
        clock.advance(Duration.ofDays(1));

        TierChange change = entitlements.changeTier(ann, "finder", "pro", "admin");

        assertThat(change.changed()).isFalse();
        assertThat(change.entitlement()).isEqualTo(before);
        assertThat(audit.events()).containsExactly("entitlement.granted");
    }

    @Test
    void neverLetsTheTierBeginEarlierThanTheOneBefore() {
        Entitlement granted = entitlements.grant(ann, "finder", "registered", "admin");
        clock.set(NOON.minus(Duration.ofDays(1)));

        Entitlement moved = entitlements.changeTier(ann, "finder", "pro", "admin").entitlement();

        assertThat(moved.since()).isEqualTo(granted.since());
        assertThat(moved.updatedAt()).isEqualTo(granted.updatedAt());
    }

    @Test
    void suspendsAndResumesWithoutTouchingTheTier() {
        Entitlement before = entitlements.grant(ann, "finder", "pro", "admin");
        clock.advance(Duration.ofHours(1));

        Entitlement suspended = entitlements.setStatus(ann, "faiss", Entitlement.Status.SUSPENDED, "admin");
        assertThat(suspended.active()).isFalse();
        assertThat(suspended.tier()).isEqualTo("pro");
        assertThat(suspended.since()).isEqualTo(before.since());
        assertThat(suspended.updatedAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(entitlements.find(ann, "finder")).contains(suspended);

        entitlements.setStatus(ann, "finder", Entitlement.Status.SUSPENDED, "admin"); // already so
        assertThat(entitlements.changeTier(ann, "finder", "registered", "admin").entitlement().active()).isFalse();
        assertThat(entitlements.setStatus(ann, "finder", Entitlement.Status.ACTIVE, "admin").active()).isTrue();
        assertThat(audit.events()).containsExactly(
                "entitlement.granted", "entitlement.suspended", "tier.changed", "entitlement.resumed");
    }

    @Test
    void listsTheSolutionsOfACustomer() {
        String bob = customers.findOrCreate("bob@example.com").id();
        Entitlement finder = entitlements.grant(ann, "finder", "pro", "admin");
        Entitlement counter = entitlements.grant(ann, "counter", "registered", "admin");
        entitlements.grant(bob, "finder", "registered", "admin");

        assertThat(entitlements.ofCustomer(ann)).containsExactly(counter, finder);
        assertThat(entitlements.ofCustomer(NOBODY)).isEmpty();
        assertThat(entitlements.ofCustomer("no customer id at all")).isEmpty();
    }

    @Test
    void listsTheCustomersOfASolutionByPages() {
        List<Entitlement> granted = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            String customer = customers.findOrCreate("user" + i + "@example.com").id();
            granted.add(entitlements.grant(customer, "finder", "registered", "admin"));
            entitlements.grant(customer, "counter", "registered", "admin");
        }

        List<Entitlement> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = entitlements.ofSolution("faiss", 3, cursor.orElse(null));
            assertThat(page.entitlements()).hasSizeBetween(1, 3);
            found.addAll(page.entitlements());
            cursor = page.cursor();
        } while (cursor.isPresent());

        assertThat(found).containsExactlyInAnyOrderElementsOf(granted);
    }

    @Test
    void goesOnWhenTheSolutionIsWithdrawn() {
        Entitlement granted = entitlements.grant(ann, "finder", "pro", "admin");
        catalog.withdraw("finder");

        assertThat(entitlements.find(ann, "finder")).contains(granted);
        assertThat(entitlements.ofCustomer(ann)).containsExactly(granted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "FINDER", "finder ", "finder#x", "\u0000"})
    void refusesASolutionThatIsNotThere(String solution) {
        assertThat(entitlements.find(ann, solution)).isEmpty();
        assertProblem(() -> entitlements.grant(ann, solution, "pro", "admin"), Problem.SOLUTION_UNKNOWN);
        assertProblem(() -> entitlements.changeTier(ann, solution, "pro", "admin"), Problem.SOLUTION_UNKNOWN);
        assertProblem(() -> entitlements.setStatus(ann, solution, Entitlement.Status.ACTIVE, "a"), Problem.SOLUTION_UNKNOWN);
        assertProblem(() -> entitlements.ofSolution(solution, 10, null), Problem.SOLUTION_UNKNOWN);
        assertThat(audit.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", NOBODY, "ann@example.com", "cus_", "cus_\u0000", "cus_#", "\ud800"})
    void refusesACustomerThatIsNotThere(String customer) {
        assertThat(entitlements.find(customer, "finder")).isEmpty();
        assertProblem(() -> entitlements.grant(customer, "finder", "pro", "admin"), Problem.CUSTOMER_UNKNOWN);
        assertProblem(() -> entitlements.changeTier(customer, "finder", "pro", "admin"), Problem.CUSTOMER_UNKNOWN);
        assertProblem(() -> entitlements.setStatus(customer, "finder", Entitlement.Status.ACTIVE, "a"), Problem.CUSTOMER_UNKNOWN);
        assertThat(audit.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gold", "PRO", "pro ", "anonymous", "\u0000"})
    void refusesATierTheSolutionCannotGive(String tier) {
        assertProblem(() -> entitlements.grant(ann, "finder", tier, "admin"), Problem.TIER_UNKNOWN);
        assertProblem(() -> entitlements.changeTier(ann, "finder", tier, "admin"), Problem.TIER_UNKNOWN);
        assertThat(entitlements.find(ann, "finder")).isEmpty();
        assertThat(audit.entries()).isEmpty();
    }

    @Test
    void refusesToSuspendWhatWasNeverGranted() {
        assertProblem(() -> entitlements.setStatus(ann, "finder", Entitlement.Status.SUSPENDED, "admin"),
                Problem.ENTITLEMENT_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void refusesAPageSizeOutOfRange(int limit) {
        assertProblem(() -> entitlements.ofSolution("finder", limit, null), Problem.INVALID_FIELD);
    }

    @Test
    void makesOneEntitlementWhenManyGrant() {
        List<Entitlement> granted = Together.run(16, () -> entitlements.grant(ann, "finder", "registered", "admin"));

        assertThat(granted).containsOnly(granted.get(0));
        assertThat(audit.events()).containsExactly("entitlement.granted");
    }

    @Test
    void recordsEachTierChangeOnceWhenManyMove() {
        entitlements.grant(ann, "finder", "registered", "admin");

        List<TierChange> changes = Together.run(16, () -> entitlements.changeTier(ann, "finder", "pro", "admin"));

        assertThat(changes).filteredOn(TierChange::changed).hasSize(1);
        assertThat(audit.events()).containsExactly("entitlement.granted", "tier.changed");
    }

    private static void assertProblem(Runnable call, Problem problem) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
