package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link CatalogService} must do. */
public abstract class CatalogServiceContract {

    /** A profile that {@link #catalog} is to know beside {@code daily}: one search for everybody, ever. */
    protected static final TierProfile ONCE = new TierProfile("once", "", List.of(
            TierPlan.of(Tiers.REGISTERED, new Limit(TierProfile.EACH_METER, new Window.Lifetime(), 1))));

    private static final SolutionDescriptor FINDER =
            SolutionDescriptor.of("finder", "Finder", "Finds.", "search").withAliases("faiss", "old-finder");
    private static final SolutionDescriptor COUNTER = SolutionDescriptor.of("counter", "Counter", "Counts.", "count");

    private CatalogService catalog = new InMemoryCatalog();

    /** An empty catalogue that knows the profiles {@code daily} and {@link #ONCE}. */
    protected abstract CatalogService catalog();

    @BeforeEach
    void open() {
        catalog = catalog();
    }

    @Test
    void listsWhatWasPublishedInTheOrderOfIds() {
        CatalogEntry finder = catalog.publish(FINDER);
        CatalogEntry counter = catalog.publish(COUNTER);

        assertThat(finder.descriptor()).isEqualTo(FINDER);
        assertThat(finder.available()).isTrue();
        assertThat(catalog.entries()).containsExactly(counter, finder);
    }

    @Test
    void findsByIdAndByAlias() {
        CatalogEntry finder = catalog.publish(FINDER);

        assertThat(catalog.find("finder")).contains(finder);
        assertThat(catalog.find("faiss")).contains(finder);
        assertThat(catalog.require("old-finder")).isEqualTo(finder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "Finder", "finder ", "\u0000"})
    void saysThatASolutionIsUnknown(String name) {
        catalog.publish(FINDER);

        assertThat(catalog.find(name)).isEmpty();
        assertProblem(() -> catalog.require(name), Problem.SOLUTION_UNKNOWN);
        assertProblem(() -> catalog.assignProfile(name, Optional.of("once"), "admin"), Problem.SOLUTION_UNKNOWN);
        catalog.withdraw(name);
        assertThat(catalog.require("finder").available()).isTrue();
    }

    @Test
    void keepsAWithdrawnSolutionUntilItComesBack() {
        catalog.publish(FINDER);

        catalog.withdraw("finder");
        assertThat(catalog.require("faiss").available()).isFalse();
        assertThat(catalog.entries()).hasSize(1);

        assertThat(catalog.publish(FINDER).available()).isTrue();
        assertThat(catalog.require("faiss").available()).isTrue();
    }

    @Test
    void replacesWhatWasPublishedUnderTheSameId() {
        catalog.publish(FINDER);
        catalog.publish(FINDER.withAliases("new-finder").withCategory("Search"));

        assertThat(catalog.require("new-finder").descriptor().category()).isEqualTo("Search");
        assertThat(catalog.find("faiss")).isEmpty();
        assertThat(catalog.entries()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"finder", "faiss"})
    void refusesANameOfAnotherSolution(String taken) {
        CatalogEntry finder = catalog.publish(FINDER);
        catalog.withdraw("finder"); // its names stay its own

        assertProblem(() -> catalog.publish(COUNTER.withAliases("tally", taken)), Problem.CONFLICT);
        assertThat(catalog.find("counter")).isEmpty();
        assertThat(catalog.find("tally")).isEmpty();
        assertThat(catalog.require(taken).id()).isEqualTo(finder.id());
    }

    @Test
    void refusesAnIdThatIsTheAliasOfAnotherSolution() {
        catalog.publish(FINDER);

        assertProblem(() -> catalog.publish(SolutionDescriptor.of("faiss", "Other", "", "search")), Problem.CONFLICT);
        assertThat(catalog.require("faiss").id()).isEqualTo("finder");
    }

    @Test
    void givesASolutionTheTiersOfItsProfileForEachMeter() {
        assertThat(catalog.publish(FINDER.withTierProfile("once")).tiers())
                .containsExactly(TierPlan.of(Tiers.REGISTERED, new Limit("search", new Window.Lifetime(), 1)));
        assertThat(catalog.publish(COUNTER).tiers())
                .extracting(TierPlan::tier)
                .containsExactly(Tiers.ANONYMOUS, Tiers.REGISTERED, Tiers.PRO, Tiers.ENTERPRISE);
    }

    @Test
    void givesASolutionItsOwnTiersBeforeThoseOfAProfile() {
        TierPlan gold = TierPlan.of("gold", new Limit("search", new Window.Lifetime(), 7));

        assertThat(catalog.publish(FINDER.withTiers(gold)).tiers()).containsExactly(gold);
    }

    @Test
    void refusesAProfileThatIsNotThere() {
        assertProblem(() -> catalog.publish(FINDER.withTierProfile("unknown")), Problem.TIER_UNKNOWN);
        assertThat(catalog.find("finder")).isEmpty();

        catalog.publish(FINDER);
        assertProblem(() -> catalog.assignProfile("finder", Optional.of("unknown"), "admin"), Problem.TIER_UNKNOWN);
        assertThat(catalog.require("finder").tiers()).hasSize(4);
    }

    @Test
    void letsAnOperatorPutASolutionOnAnotherProfileAndBack() {
        TierPlan gold = TierPlan.of("gold", new Limit("search", new Window.Lifetime(), 7));
        catalog.publish(FINDER.withTiers(gold));

        CatalogEntry assigned = catalog.assignProfile("faiss", Optional.of("once"), "console");
        assertThat(assigned.tiers()).extracting(TierPlan::tier).containsExactly(Tiers.REGISTERED);
        assertThat(catalog.require("finder")).isEqualTo(assigned);
        assertThat(catalog.publish(FINDER.withTiers(gold)).tiers()).isEqualTo(assigned.tiers());

        assertThat(catalog.assignProfile("finder", Optional.empty(), "console").tiers()).containsExactly(gold);
    }

    @Test
    void tellsTheProfilesThatCanBeAssigned() {
        assertThat(catalog.profiles()).extracting(TierProfile::name).contains("daily", "once").isSorted();
    }

    @Test
    void listsEverySolutionOnceWhenManyPublish() {
        Together.run(16, () -> {
            catalog.withdraw("finder");
            return catalog.publish(FINDER);
        });

        assertThat(catalog.entries()).hasSize(1);
        assertThat(catalog.publish(FINDER).available()).isTrue();
    }

    private static void assertProblem(Runnable call, Problem problem) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
