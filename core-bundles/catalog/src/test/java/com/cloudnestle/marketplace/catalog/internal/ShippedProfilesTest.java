package com.cloudnestle.marketplace.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ShippedProfilesTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Optional<Price> MONTHLY = Optional.of(new Price(99_900, "INR", "month"));
    private static final List<String> PREMIUM =
            List.of("priority-support", "service-level-agreement", "invoice-billing");

    private final TierProfiles profiles = new TierProfiles(
            new InMemoryStore(new ManualClock(Instant.EPOCH)), new ProfileFolder(Path.of("no such folder")));

    @Test
    void givesThreeForLifeThenTenADayThenNoLimit() {
        assertThat(tiers("daily")).containsExactly(
                TierPlan.of("anonymous", new Limit("search", new Window.Lifetime(), 3)),
                TierPlan.of("registered", new Limit("search", new Window.Day(UTC), 10)),
                plan("pro", new Limit("search", new Window.Lifetime(), -1), MONTHLY, List.of()),
                plan("enterprise", new Limit("search", new Window.Lifetime(), -1), Optional.empty(), PREMIUM));
    }

    @Test
    void givesTenCallsOrFifteenDaysThenAHundredOrThirtyThenPaidMonths() {
        assertThat(tiers("trial")).containsExactly(
                TierPlan.of("anonymous", new Limit("search", new Window.Lifetime(), 10)).validFor(15),
                TierPlan.of("registered", new Limit("search", new Window.Lifetime(), 100)).validFor(30),
                plan("pro", new Limit("search", new Window.Month(UTC), 10_000), MONTHLY, List.of()),
                plan("enterprise", new Limit("search", new Window.Month(UTC), 1_000_000), Optional.empty(), PREMIUM));
    }

    private List<TierPlan> tiers(String profile) {
        return profiles.find(profile).orElseThrow().tiersFor(SolutionDescriptor.of("finder", "Finder", "", "search"));
    }

    private static TierPlan plan(String tier, Limit limit, Optional<Price> price, List<String> features) {
        return new TierPlan(tier, List.of(limit), OptionalInt.empty(), price, features);
    }
}
