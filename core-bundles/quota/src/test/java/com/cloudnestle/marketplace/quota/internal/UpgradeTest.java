package com.cloudnestle.marketplace.quota.internal;

import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SOLUTION;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.forLife;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.perDay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.quota.CarriedUsage.Carried;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counters, journal and idempotency keys that the release before leases wrote: 6 units one day, 4 the next, at noon. */
class UpgradeTest {

    private static final LocalDate YESTERDAY = LocalDate.parse("2026-11-19");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");

    private final Cluster cluster = new Cluster(1, QuotaSettings.defaults().withLease(20).withLeaseFromLimit(1),
            Duration.ofDays(1), TierPlan.of("anonymous", forLife(3)), TierPlan.of("registered", perDay(10), forLife(100)));
    private final QuotaFixture fix = cluster.fix;

    @BeforeEach
    void theDataAreThere() throws IOException {
        for (String line : lines()) {
            fix.store.put(item(line.replace("{customer}", fix.ann.key())));
        }
    }

    private static List<String> lines() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(UpgradeTest.class.getResourceAsStream("/usage-before-leases.txt")),
                StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    private static Item item(String line) {
        String[] fields = line.split("\t");
        Map<String, Object> attributes = new HashMap<>();
        for (int i = 2; i < fields.length; i++) {
            String name = fields[i].substring(0, fields[i].indexOf('='));
            String value = fields[i].substring(name.length() + 3);
            attributes.put(name, fields[i].charAt(name.length() + 1) == 'N' ? Long.valueOf(value) : value);
        }
        return new Item(new Key(Table.USAGE, fields[0], fields[1]), attributes);
    }

    @Test
    void whatWasUsedBeforeCountsOn() {
        assertThat(cluster.engine(0).state(fix.ann, SOLUTION, "search").window("day").orElseThrow().used()).isEqualTo(4);
        assertThat(cluster.allowed(0, 20)).isEqualTo(6);

        assertThat(cluster.stored("u:day")).isEqualTo(10);
        assertThat(cluster.stored("u:lifetime")).isEqualTo(16);
    }

    @Test
    void theHistoryGoesOnWithoutGapAndWithoutCountingTwice() {
        assertThat(cluster.history(0)).containsOnly(entry(YESTERDAY, 6L), entry(TODAY, 4L));

        cluster.allowed(0, 5);
        assertThat(cluster.history(0)).containsOnly(entry(YESTERDAY, 6L), entry(TODAY, 9L));

        cluster.advance(Duration.ofDays(1));
        cluster.allowed(0, 2);
        assertThat(cluster.history(0)).containsOnly(entry(YESTERDAY, 6L), entry(TODAY, 9L), entry(TODAY.plusDays(1), 2L));
    }

    @Test
    void aCallOfBeforeThatIsRepeatedIsAReplay() {
        Allowed again = (Allowed) cluster.engine(0).decide(fix.request(fix.ann, 1).withIdempotencyKey("order-1"));

        assertThat(again.replayed()).isTrue();
        assertThat(cluster.stored("u:day")).isEqualTo(4);
    }

    @Test
    void aVisitorHasWhatIsLeftAndIsRememberedLonger() {
        Subject visitor = new Subject.Visitor("anon_0123");
        assertThat(cluster.engine(0).decide(fix.request(visitor, 1))).isInstanceOf(Allowed.class);
        assertThat(cluster.engine(0).decide(fix.request(visitor, 1))).isNotInstanceOf(Allowed.class);

        Item counter = fix.store.get(Cluster.counter(visitor)).orElseThrow();
        assertThat(counter.number("u:lifetime")).hasValue(3);
        assertThat(counter.number(Item.TTL)).hasValue(fix.clock.instant().plus(Duration.ofDays(400)).getEpochSecond());
    }

    @Test
    void aResetOfAnOldCounterKeepsItsHistory() {
        cluster.engine(0).reset(fix.ann, SOLUTION, "admin");

        assertThat(cluster.allowed(0, 20)).isEqualTo(10);
        assertThat(cluster.history(0)).containsOnly(entry(YESTERDAY, 6L), entry(TODAY, 14L));
    }

    @Test
    void olderUnitsCarriedIntoAnOldCounterShowInItsHistory() {
        CarriedCounts carrying = new CarriedCounts(fix.clock);
        Carried carried = carrying.carryInto(cluster.item(), fix.entitlements.find(fix.ann.customerId(), SOLUTION).orElseThrow(),
                fix.catalog.require(SOLUTION), "search", Map.of(TODAY, 5L));
        carried.history().forEach(fix.store::write);
        assertThat(fix.store.write(carried.counter()).applied()).isTrue();

        assertThat(cluster.history(0)).containsOnly(entry(YESTERDAY, 6L), entry(TODAY, 9L));
        assertThat(cluster.allowed(0, 20)).isEqualTo(1);
    }
}
