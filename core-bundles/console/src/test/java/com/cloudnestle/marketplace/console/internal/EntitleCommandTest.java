package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntitleCommandTest {

    private final Bench bench = new Bench();

    private static EntitleCommand entitle(@Nullable String who, @Nullable String solution, @Nullable String tier) {
        EntitleCommand command = new EntitleCommand();
        command.who = who;
        command.solution = solution;
        command.tier = tier;
        return command;
    }

    private Entitlement present() {
        Customer ann = bench.customers.require(Bench.ANN);
        return bench.entitlements.find(ann.id(), "word-count").orElseThrow();
    }

    @Test
    void makesANewCustomerRegistered() {
        JsonNode answer = bench.json(entitle(" Ann@Example.COM ", "wc", null));

        assertThat(present().tier()).isEqualTo("registered");
        assertThat(answer.get("previous_tier").isNull()).isTrue();
        assertThat(answer.get("entitlement").get("email").asText()).isEqualTo(Bench.ANN);
        assertThat(bench.audit.entries()).extracting("actor").containsOnly("console");
    }

    @Test
    void changesTheTierAndSaysFromWhat() {
        bench.entitled("word-count", "registered");

        JsonNode answer = bench.json(entitle(Bench.ANN, "word-count", "pro"));

        assertThat(present().tier()).isEqualTo("pro");
        assertThat(answer.get("previous_tier").asText()).isEqualTo("registered");
        assertThat(answer.get("message").asText()).isEqualTo("ann@example.com now has pro on word-count (was registered)");
    }

    @Test
    void leavesThePresentTierAloneWithoutATier() {
        bench.entitled("word-count", "pro");

        assertThat(bench.json(entitle(Bench.ANN, "wc", null)).get("changed").asBoolean(true)).isFalse();
        assertThat(present().tier()).isEqualTo("pro");
    }

    @Test
    void saysThatNothingChangedForTheSameTier() {
        bench.entitled("word-count", "pro");

        JsonNode answer = bench.json(entitle(Bench.ANN, "wc", "pro"));

        assertThat(answer.get("changed").asBoolean(true)).isFalse();
        assertThat(answer.get("message").asText()).isEqualTo("ann@example.com has pro on word-count already");
    }

    @Test
    void suspendsAndResumes() {
        Customer ann = bench.entitled("word-count", "pro");

        EntitleCommand suspend = entitle(ann.id(), "wc", null);
        suspend.suspend = true;
        assertThat(bench.json(suspend).get("entitlement").get("status").asText()).isEqualTo("suspended");
        assertThat(present().active()).isFalse();
        assertThat(bench.json(suspend).get("changed").asBoolean(true)).isFalse();

        EntitleCommand resume = entitle(Bench.ANN, "wc", null);
        resume.resume = true;
        assertThat(bench.json(resume).get("message").asText()).isEqualTo("ann@example.com on word-count is now active");
        assertThat(present().active()).isTrue();
    }

    @Test
    void listsWhoHasAccess() {
        bench.entitled("word-count", "pro");
        EntitleCommand list = entitle(null, null, null);
        list.list = "wc";

        JsonNode answer = bench.json(list);

        assertThat(answer.get("solution_id").asText()).isEqualTo("word-count");
        assertThat(answer.get("entitlements").get(0).get("email").asText()).isEqualTo(Bench.ANN);
    }

    @Test
    void goesOnWithALongList() {
        for (int i = 0; i < 201; i++) {
            Customer customer = bench.customers.findOrCreate("c" + i + "@example.com");
            bench.entitlements.grant(customer.id(), "word-count", "registered", "test");
        }
        EntitleCommand list = entitle(null, null, null);
        list.list = "wc";
        list.after = bench.json(list).get("cursor").asText();

        assertThat(bench.json(list).get("entitlements")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "anonymous", "PRO"})
    void refusesATierThatCannotBeGivenAndMakesNoCustomer(String tier) {
        assertThat(bench.refusal(entitle(Bench.ANN, "wc", tier)))
                .hasMessageContaining(tier).hasMessageContaining("registered, pro, enterprise");
        assertThat(bench.customers.findByEmail(EmailAddress.parse("email", Bench.ANN))).isEmpty();
    }

    @Test
    void refusesAnUnknownSolutionAndMakesNoCustomer() {
        assertThat(bench.refusal(entitle(Bench.ANN, "nope", "pro"))).hasMessageContaining("no such solution");
        assertThat(bench.customers.findByEmail(EmailAddress.parse("email", Bench.ANN))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "", "ann@", "a\u0007@example.com"})
    void refusesWhatIsNoAddress(String who) {
        assertThat(bench.refusal(entitle(who, "wc", null))).hasMessageContaining("not an e-mail address");
    }

    @Test
    void refusesAnUnknownCustomerId() {
        assertThat(bench.refusal(entitle("cus_1", "wc", null))).hasMessageContaining("no such customer");
    }

    @Test
    void refusesToSuspendWhoHasNoAccess() {
        EntitleCommand suspend = entitle(Bench.ANN, "wc", null);
        suspend.suspend = true;
        assertThat(bench.refusal(suspend)).hasMessageContaining("no customer ann@example.com");

        bench.customers.findOrCreate(Bench.ANN);
        assertThat(bench.refusal(suspend)).hasMessageContaining("no access to word-count");
    }

    @Test
    void refusesContradictingOptions() {
        EntitleCommand both = entitle(Bench.ANN, "wc", null);
        both.suspend = true;
        both.resume = true;
        assertThat(bench.refusal(both)).hasMessageContaining("--resume");

        EntitleCommand tierToo = entitle(Bench.ANN, "wc", "pro");
        tierToo.suspend = true;
        assertThat(bench.refusal(tierToo)).hasMessageContaining("tier");
    }

    @Test
    void refusesMissingArguments() {
        assertThat(bench.refusal(entitle(null, null, null))).hasMessage("customer: is missing");
        assertThat(bench.refusal(entitle(Bench.ANN, null, null))).hasMessage("solution: is missing");
    }

    @Test
    void refusesInJsonWhenAskedForJson() {
        EntitleCommand command = entitle(Bench.ANN, "nope", null);
        command.json = true;

        assertThat(bench.refusal(command).getNiceHelp()).contains("\"code\" : \"solution-unknown\"");
    }
}
