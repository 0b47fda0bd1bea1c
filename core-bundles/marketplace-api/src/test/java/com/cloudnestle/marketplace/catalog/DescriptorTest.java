package com.cloudnestle.marketplace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorTest {

    private static final SolutionDescriptor FINDER = SolutionDescriptor.of("finder", "Finder", "Finds.", "search");

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Finder", "1st", "a_b", "a/b", "../x", "ünder", "a b"})
    void refusesIdsThatAreNoSafePathSegment(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> SolutionDescriptor.of(id, "Name", "", "search"));
        assertThatIllegalArgumentException().isThrownBy(() -> FINDER.withAliases(id));
    }

    @Test
    void refusesALimitOnAnActionThatIsNoMeter() {
        TierPlan plan = TierPlan.of("pro", new Limit("export", new Window.Lifetime(), 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FINDER.withTiers(plan))
                .withMessageContaining("export")
                .withMessageContaining("finder");
    }

    @Test
    void refusesTheSameTierOrTheSameWindowTwice() {
        Limit limit = new Limit("search", new Window.Lifetime(), 1);
        TierPlan plan = TierPlan.of("pro", limit);

        assertThatIllegalArgumentException().isThrownBy(() -> FINDER.withTiers(plan, plan));
        assertThatIllegalArgumentException().isThrownBy(() -> TierPlan.of("pro", limit, limit));
    }

    @ParameterizedTest
    @ValueSource(longs = {-2, Long.MIN_VALUE, Limit.MAX_AMOUNT + 1, Long.MAX_VALUE})
    void refusesLimitsBelowMinusOneOrSoLargeThatSumsOverflow(long amount) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limit("search", new Window.Lifetime(), amount));
    }

    @Test
    void profileGivesEachMeterItsOwnLimitAndKeepsNamedOnes() {
        SolutionDescriptor two = new SolutionDescriptor("two", List.of(), "Two", "", "",
                List.of(new Meter("search", "search"), new Meter("export", "page")), "daily", List.of(), "", Optional.empty());
        TierProfile profile = new TierProfile("mine", "", List.of(TierPlan.of("registered",
                new Limit(TierProfile.EACH_METER, new Window.Day(ZoneOffset.UTC), 10),
                new Limit("export", new Window.Lifetime(), 50),
                new Limit("elsewhere", new Window.Lifetime(), 7))));

        TierPlan spread = profile.tiersFor(two).get(0);

        assertThat(spread.limits("search")).extracting(Limit::amount).containsExactly(10L);
        assertThat(spread.limits("export")).extracting(Limit::amount).containsExactlyInAnyOrder(10L, 50L);
        assertThat(spread.limits()).hasSize(3);
    }

    @Test
    void tierAboveIsTheNextInOrder() {
        Limit limit = new Limit("search", new Window.Lifetime(), 1);
        CatalogEntry entry = new CatalogEntry(FINDER, List.of(TierPlan.of("registered", limit), TierPlan.of("pro", limit)), true);

        assertThat(entry.tierAbove("registered")).map(TierPlan::tier).contains("pro");
        assertThat(entry.tierAbove("pro")).isEmpty();
        assertThat(entry.tierAbove("unheard-of")).isEmpty();
    }
}
