package com.cloudnestle.marketplace.entitlement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Suspensions;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.internal.FixedWindowQuotaService;
import com.cloudnestle.marketplace.quota.internal.QuotaEngine;
import com.cloudnestle.marketplace.quota.internal.QuotaSettings;
import com.cloudnestle.marketplace.testing.FixedNodes;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SuspendedAccountTest {

    private final Handovers world = new Handovers();
    private final Set<String> suspended = new HashSet<>();
    private final Suspensions suspensions = suspended::contains;
    private final EntitlementService entitlements = Caches.entitlements(Caches.of(world.store), world.catalog, world.customers,
            world.audit, world.clock, suspensions);
    private final SolutionTokens tokens = Caches.tokens(Caches.of(world.store), world.catalog, world.customers, new FixedSecrets(),
            world.audit, world.clock, suspensions);
    private final QuotaEngine engine = QuotaEngine.create(world.store, world.catalog, entitlements, world.audit, new FixedNodes(),
            world.clock, QuotaSettings.defaults());

    private Decision decide() {
        return FixedWindowQuotaService.of(engine).decide(AccessRequest.one(new Subject.User(world.ann), "finder", "search"));
    }

    private static void refused(Runnable call) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(call::run)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.ENTITLEMENT_SUSPENDED));
    }

    @Test
    void hasNoTokenAndNoUnitsUntilItIsLetInAgain() {
        Entitlement before = entitlements.grant(world.ann, "finder", "registered", "test");
        String token = tokens.issue(world.ann, "finder", "test").token();
        assertThat(decide()).isInstanceOf(Decision.Allowed.class);

        suspended.add(world.ann);
        refused(() -> tokens.authenticate(token));
        refused(this::decide);
        assertThat(entitlements.find(world.ann, "faiss").orElseThrow().active()).isFalse();
        assertThat(entitlements.ofCustomer(world.ann)).as("what is stored stays").containsExactly(before);

        suspended.clear();
        assertThat(tokens.authenticate(token).customerId()).isEqualTo(world.ann);
        assertThat(decide()).isInstanceOf(Decision.Allowed.class);
        assertThat(entitlements.find(world.ann, "finder")).contains(before);
    }

    @Test
    void doesNotResumeWhatAnOperatorStoppedForItself() {
        entitlements.grant(world.ann, "finder", "registered", "test");
        entitlements.setStatus(world.ann, "finder", Entitlement.Status.SUSPENDED, "admin");
        suspended.add(world.ann);
        suspended.clear();

        refused(this::decide);
    }

    @Test
    void leavesOthersAlone() {
        String bob = world.customers.findOrCreate("bob@example.com").id();
        entitlements.grant(bob, "finder", "registered", "test");
        String token = tokens.issue(bob, "finder", "test").token();

        suspended.add(world.ann);

        assertThat(tokens.authenticate(token).customerId()).isEqualTo(bob);
        assertThat(entitlements.find(bob, "finder").orElseThrow().active()).isTrue();
    }
}
