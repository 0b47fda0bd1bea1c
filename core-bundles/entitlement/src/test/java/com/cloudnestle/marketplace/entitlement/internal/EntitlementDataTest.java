package com.cloudnestle.marketplace.entitlement.internal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.quota.internal.FixedWindowQuotaService;
import com.cloudnestle.marketplace.quota.internal.QuotaEngine;
import com.cloudnestle.marketplace.quota.internal.QuotaSettings;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.FixedNodes;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntitlementDataTest {

    private static final String EMAIL = "ann+x@example.com";

    private final Handovers world = new Handovers();
    private final StoredHandover handover = world.handover();
    private final EntitlementData data = over(world.store);

    private EntitlementData over(Store store) {
        var entitlements = Caches.entitlements(Caches.of(store), world.catalog, world.customers, world.audit, world.clock);
        QuotaEngine engine = QuotaEngine.create(store, world.catalog, entitlements, world.audit, new FixedNodes(), world.clock,
                QuotaSettings.defaults());
        return new EntitlementData(Caches.of(store), world.catalog, entitlements, world.customers,
                FixedWindowQuotaService.of(engine), new FixedSecrets(), world.audit, world.clock);
    }

    private String dump() {
        StringBuilder all = new StringBuilder();
        List.of(Table.ENTITLEMENTS, Table.TOKENS, Table.SESSIONS, Table.SYSTEM)
                .forEach(table -> all.append(world.store.scan(table, 1_000, null).items()));
        return all.toString();
    }

    private String code() {
        URI back = handover.depart(world.ann, handover.check("finder", Handovers.PAGE, null));
        return back.getRawFragment().substring("marketplace_code=".length());
    }

    private void unknown(String token) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> world.tokens.authenticate(token))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.TOKEN_UNKNOWN));
    }

    /** A current token, one in grace, one revoked long ago, and a code. */
    private List<String> held() {
        world.entitlements.grant(world.ann, "finder", "registered", "test");
        world.entitlements.grant(world.ann, "plain", "pro", "test");
        String revoked = world.tokens.issue(world.ann, "finder", "test").token();
        world.tokens.revoke(revoked, "test");
        String grace = world.tokens.issue(world.ann, "finder", "test").token();
        String current = world.tokens.rotate(world.ann, "finder", Duration.ofDays(3), "test").token();
        String other = world.tokens.issue(world.ann, "plain", "test").token();
        return List.of(revoked, grace, current, other, code());
    }

    @Test
    void givesEntitlementsTokensAndCodesWithoutTheirSecrets() {
        List<String> held = held();

        String json = data.export(world.ann);

        assertThat(json).startsWith("{\"solutions\":[{\"id\":\"ent_")
                .contains("\"solution_id\":\"finder\",\"tier\":\"registered\",\"status\":\"active\"", "\"state\":\"ACTIVE\"",
                        "\"state\":\"GRACE\"", "\"state\":\"REVOKED\"", "\"codes\":[{\"solution_id\":\"finder\"");
        held.forEach(secret -> assertThat(json).doesNotContain(secret));
    }

    @Test
    void leavesNoTokenThatWorksAndNothingThatNamesThePerson() {
        List<String> held = held();
        String bob = world.customers.findOrCreate("bob@example.com").id();
        world.entitlements.grant(bob, "finder", "registered", "test");
        String his = world.tokens.issue(bob, "finder", "test").token();

        data.erase(world.ann, "test");
        data.erase(world.ann, "test");

        held.subList(0, 4).forEach(this::unknown);
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> handover.exchange(held.get(4), "finder", null, null))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.CODE_INVALID));
        assertThat(dump()).doesNotContain(world.ann, world.ann.substring(4), EMAIL);
        assertThat(world.entitlements.ofCustomer(world.ann)).isEmpty();
        assertThat(world.audit.events()).endsWith("entitlement.erased", "entitlement.erased");
        assertThat(world.tokens.authenticate(his).customerId()).isEqualTo(bob);
    }

    @Test
    void isDoneByASecondTryWhereverAProcessDied() {
        for (int dieAt = 1; ; dieAt++) {
            for (DyingStore.Last last : DyingStore.Last.values()) {
                EntitlementDataTest again = new EntitlementDataTest();
                List<String> held = again.held();
                DyingStore mortal = new DyingStore(again.world.store, Integer.MAX_VALUE, last);
                EntitlementData dying = again.over(mortal);
                mortal.dieAfter(dieAt);
                boolean whole = true;
                try {
                    dying.erase(again.world.ann, "test");
                } catch (StoreException e) {
                    whole = false;
                }

                again.data.erase(again.world.ann, "test");

                assertThat(again.dump()).as("%s at call %d", last, dieAt).doesNotContain(again.world.ann, EMAIL);
                held.subList(0, 4).forEach(again::unknown);
                if (whole) {
                    assertThat(dieAt).isGreaterThan(10);
                    return;
                }
            }
        }
    }

    @Test
    void takesATokenAlongThatIsMadeMeanwhile() {
        held();
        ContestedStore contested = new ContestedStore(world.store);
        EntitlementData slow = over(contested);
        String[] late = new String[1];
        contested.beforeNextWrite(() -> late[0] = world.tokens.rotate(world.ann, "finder", Duration.ofDays(1), "test").token());

        slow.erase(world.ann, "test");

        assertThat(late[0]).isNotNull();
        unknown(late[0]);
        assertThat(dump()).doesNotContain(world.ann);
    }

    @Test
    void missesNoTokenWhereTheIndexLagsAndOneIsMadeAtTheLastMoment() {
        held();
        String[] late = new String[1];
        EntitlementData slow = over(new ForwardingStore(world.store) {
            @Override
            public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
                return new Page(List.of(), Optional.empty());
            }

            @Override
            public TransactResult transact(List<Write> writes) {
                if (late[0] == null && writes.get(0).key().sk().equals("solution#finder")) {
                    late[0] = world.tokens.rotate(world.ann, "finder", Duration.ofDays(1), "test").token();
                }
                return super.transact(writes);
            }
        });

        slow.erase(world.ann, "test");

        unknown(late[0]);
        assertThat(world.entitlements.ofCustomer(world.ann)).isEmpty();
        data.erase(world.ann, "test"); // the index has caught up: what ended long ago goes as well
        assertThat(dump()).doesNotContain(world.ann);
    }

    @Test
    void takesTokensAlongWhoseEntitlementIsGoneAlready() {
        List<String> held = held();
        world.store.delete(new Key(Table.ENTITLEMENTS, "user#" + world.ann.substring(4), "solution#finder"), Condition.NONE);

        data.erase(world.ann, "test");

        held.subList(0, 4).forEach(this::unknown);
        assertThat(dump()).doesNotContain(world.ann);
    }

    @Test
    void takesAlongWhatOlderSoftwareLeftAndNobodyCanRead() {
        Key byEmail = new Key(Table.ENTITLEMENTS, "user#" + EMAIL, "solution#finder");
        Key byId = new Key(Table.ENTITLEMENTS, "user#" + world.ann.substring(4), "solution#gone");
        world.store.put(new Item(byEmail, Map.of("access_tier", "registered", "created_at", "not a time", "token", "old")));
        world.store.put(new Item(byId, Map.of("access_tier", "registered", "user_email", EMAIL)));

        over(world.store).erase(world.ann, "test");

        assertThat(dump()).doesNotContain(EMAIL, world.ann.substring(4));
    }
}
