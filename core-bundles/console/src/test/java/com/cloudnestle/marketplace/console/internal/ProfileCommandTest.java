package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Window;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileCommandTest {

    private final Bench bench = new Bench();

    private static ProfileCommand profile(@Nullable String solution, @Nullable String profile) {
        ProfileCommand command = new ProfileCommand();
        command.solution = solution;
        command.profile = profile;
        return command;
    }

    @Test
    void listsEveryProfileWithItsTiers() {
        JsonNode profiles = bench.json(profile(null, null)).get("profiles");

        assertThat(profiles.valueStream().map(p -> p.get("name").asText())).containsExactly("daily", "trial");
        JsonNode anonymous = profiles.get(1).get("tiers").get(0);
        assertThat(anonymous.get("validity_days").asInt()).isEqualTo(15);
        assertThat(anonymous.get("limits").get(0).get("amount").asLong()).isEqualTo(10);
        assertThat(bench.text(profile(null, null))).contains("10 of each meter for life, for 15 days");
    }

    @Test
    void putsASolutionOnAProfileAndBack() {
        JsonNode moved = bench.json(profile("wc", "trial"));
        assertThat(moved.get("solution_id").asText()).isEqualTo("word-count");
        assertThat(moved.get("profile").asText()).isEqualTo("trial");
        assertThat(moved.get("changed").asBoolean()).isTrue();
        assertThat(bench.catalog.require("word-count").tier("pro")).isEmpty();

        ProfileCommand back = profile("wc", null);
        back.back = true;
        assertThat(bench.json(back).get("profile").asText()).isEqualTo("daily");
        assertThat(bench.catalog.require("word-count").tier("pro")).isPresent();
    }

    @Test
    void onlyLooksWithoutAProfile() {
        assertThat(bench.json(profile("wc", null)).get("changed").asBoolean(true)).isFalse();
    }

    @Test
    void showsTiersOfItsOwnWithPrices() {
        bench.catalog.publish(SolutionDescriptor.of("own", "Own", "", "run").withTiers(
                TierPlan.of("pro", new Limit("run", new Window.Days(7), 5)).priced(new Price(99900, "INR", "month"))));

        assertThat(bench.json(profile("own", null)).get("profile").isNull()).isTrue();
        assertThat(bench.text(profile("own", null)))
                .contains("tiers of its own", "5 run per 7 days, 999.00 INR per month");
    }

    @Test
    void refusesUnknownSolutionsAndProfiles() {
        assertThat(bench.refusal(profile("nope", "trial"))).hasMessageContaining("no such solution");
        assertThat(bench.refusal(profile("wc", "nope"))).hasMessageContaining("nope");
        assertThat(bench.catalog.require("wc").tier("pro")).isPresent();
    }

    @Test
    void refusesAProfileTogetherWithDefault() {
        ProfileCommand both = profile("wc", "trial");
        both.back = true;
        assertThat(bench.refusal(both)).hasMessageContaining("--default");

        ProfileCommand nothing = profile(null, null);
        nothing.back = true;
        assertThat(bench.refusal(nothing)).hasMessageContaining("solution");
    }
}
