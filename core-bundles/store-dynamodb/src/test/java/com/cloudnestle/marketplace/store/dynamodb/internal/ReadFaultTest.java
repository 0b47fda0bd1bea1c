package com.cloudnestle.marketplace.store.dynamodb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.dynamodb.local.Fault;
import com.cloudnestle.marketplace.dynamodb.local.FaultRule;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads when the way to the service is bad, and answers that are too large for one reply. */
class ReadFaultTest {

    private static Disturbed disturbed;

    private final Key key = Disturbed.fresh();
    private final LogLines log = new LogLines();

    @BeforeAll
    static void connect() {
        disturbed = new Disturbed();
    }

    @AfterAll
    static void disconnect() {
        disturbed.close();
    }

    @AfterEach
    void calm() {
        log.close();
        disturbed.proxy.rule(FaultRule.NONE);
        disturbed.pass(Duration.ofMinutes(2));
    }

    @Test
    void areRepeatedWhateverHappensToARequest() {
        disturbed.put(key, 3);
        for (Fault fault : List.of(Fault.DROP_REPLY, Fault.DROP_REQUEST, Fault.INTERNAL_ERROR, Fault.INTERNAL_ERROR_AFTER,
                Fault.THROTTLE)) {
            disturbed.proxy.rule(FaultRule.first("GetItem", 2, fault));
            assertThat(disturbed.store.get(key)).as("%s", fault).contains(new Item(key, Map.of("n", 3L)));
            assertThat(disturbed.proxy.requests("GetItem")).isEqualTo(3);
        }
        disturbed.proxy.rule(FaultRule.first("Query", 2, Fault.DROP_REPLY));
        assertThat(disturbed.store.query(Table.USAGE, key.pk(), key.sk(), false, 10, null).items()).hasSize(1);
    }

    @Test
    void areRepeatedWhenTheReplyIsTooLate() {
        disturbed.put(key, 3);
        try (Disturbed impatient = new Disturbed(Duration.ofSeconds(2), Duration.ZERO)) {
            impatient.proxy.rule(FaultRule.nth("GetItem", 1, Fault.delayReply(Duration.ofMinutes(10))));
            assertThat(impatient.store.get(key)).isPresent();
            assertThat(impatient.proxy.requests("GetItem")).isGreaterThan(1);
        }
    }

    @Test
    void failAsUnavailableWhenNoAnswerEverComes() {
        for (Fault fault : List.of(Fault.DROP_REPLY, Fault.INTERNAL_ERROR, Fault.THROTTLE)) {
            disturbed.proxy.rule(FaultRule.always("GetItem", fault));
            assertThatExceptionOfType(StoreException.Unavailable.class).as("%s", fault)
                    .isThrownBy(() -> disturbed.store.get(key));
            assertThat(disturbed.proxy.requests("GetItem")).as("%s", fault).isGreaterThan(5);
        }
        assertThat(log.of("store_no_answer")).hasSize(1);
        assertThat(log.of("store_busy")).hasSize(1);
    }

    @Test
    void areStrongWhereTheServiceAllowsIt() {
        Queue<FaultRule.Request> seen = new ConcurrentLinkedQueue<>();
        disturbed.proxy.rule(request -> {
            seen.add(request);
            return Fault.NONE;
        });
        Key indexed = new Key(Table.USERS, "strong", key.sk());
        disturbed.direct.put(new Item(indexed, Map.of(Item.G1, "strong", Item.G1_SORT, key.sk())));
        disturbed.store.get(indexed);
        disturbed.store.query(Table.USERS, "strong", "", false, 10, null);
        disturbed.store.scan(Table.USERS, 10, null);
        assertThat(disturbed.store.index(Table.USERS, "strong", "", 10, null).items()).isNotEmpty();
        for (String operation : List.of("GetItem", "Query", "Scan", "BatchGetItem")) {
            assertThat(seen).filteredOn(request -> request.operation().equals(operation) && !request.body().contains("IndexName"))
                    .as(operation).isNotEmpty().allMatch(request -> request.body().contains("\"ConsistentRead\":true"));
        }
        assertThat(seen).as("found by the index, then looked up strongly").extracting(FaultRule.Request::operation)
                .endsWith("Query", "BatchGetItem");
        disturbed.direct.delete(indexed, Condition.NONE);
    }

    @Test
    void bringAPageThatIsTooLargeForOneReply() {
        List<Item> large = IntStream.range(0, 6).mapToObj(i -> new Item(
                new Key(Table.USERS, "large", String.format("%02d", i)),
                Map.of(Item.G1, "large", Item.G1_SORT, String.format("%02d", i), "text", "x".repeat(400_000)))).toList();
        large.forEach(disturbed.direct::put);
        disturbed.proxy.rule(FaultRule.NONE);

        Page page = disturbed.store.query(Table.USERS, "large", "", false, 6, null);
        assertThat(page.items()).isEqualTo(large);
        assertThat(page.cursor()).isEmpty();
        assertThat(disturbed.proxy.requests("Query")).as("1 MB for each").isGreaterThan(1);
        assertThat(disturbed.store.index(Table.USERS, "large", "", 6, null).items()).isEqualTo(large);
        large.forEach(item -> disturbed.direct.delete(item.key(), Condition.NONE));
    }

    /** A reply with these fields, made up by the proxy. */
    private static Fault reply(String fields) {
        return Fault.answer(200, "none", "\"," + fields + ",\"end\":\"");
    }

    private static String json(Key key) {
        return "\"pk\":{\"S\":\"" + key.pk() + "\"},\"sk\":{\"S\":\"" + key.sk() + "\"}";
    }

    private Item indexed(String g1) {
        Item item = new Item(new Key(Table.USERS, "indexed", key.sk()), Map.of(Item.G1, g1, Item.G1_SORT, key.sk()));
        disturbed.direct.put(item);
        return item;
    }

    @Test
    void askAgainForWhatABatchLeftOut() {
        Item item = indexed("batch");
        Fault leftOut = reply("\"Responses\":{},\"UnprocessedKeys\":{\"faults-marketplace-users\":{\"Keys\":[{"
                + json(item.key()) + "}],\"ConsistentRead\":true}}");
        disturbed.proxy.rule(FaultRule.first("BatchGetItem", 3, leftOut));
        assertThat(disturbed.store.index(Table.USERS, "batch", "", 10, null).items()).containsExactly(item);
        assertThat(disturbed.proxy.requests("BatchGetItem")).isEqualTo(4);

        disturbed.proxy.rule(FaultRule.always("BatchGetItem", leftOut));
        assertThatExceptionOfType(StoreException.Unavailable.class).as("rather than a page with a gap")
                .isThrownBy(() -> disturbed.store.index(Table.USERS, "batch", "", 10, null));
        assertThat(log.of("store_busy")).hasSize(1).first().asString().contains("WARN", "unprocessed");
        disturbed.direct.delete(item.key(), Condition.NONE);
    }

    @Test
    void doNotBelieveAnIndexThatLagsBehind() {
        Item moved = indexed("new");
        String entry = json(moved.key()) + ",\"g1\":{\"S\":\"old\"},\"g1s\":{\"S\":\"" + key.sk() + "\"}";
        String gone = json(key) + ",\"g1\":{\"S\":\"old\"},\"g1s\":{\"S\":\"gone\"}";
        disturbed.proxy.rule(FaultRule.always("Query", reply("\"Items\":[{" + entry + "},{" + gone + "}]")));
        assertThat(disturbed.store.index(Table.USERS, "old", "", 10, null).items()).as("moved away, and deleted").isEmpty();
        assertThat(disturbed.store.index(Table.USERS, "new", "", 10, null).items()).containsExactly(moved);
        disturbed.direct.delete(moved.key(), Condition.NONE);
    }
}
