package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tasks that another version of this software wrote: after it was taken back, or while it is being put in place. */
class StrangeTasksTest {

    /** See simplelogger.properties. */
    private static final Path FILE = Path.of("target/test.log");
    private static final int MORE_THAN_ARE_READ_AT_ONCE = 115;

    private final World world = new World();
    private final Process process = world.start();

    private void strangeTasks(int shards) {
        for (int shard = 0; shard < shards; shard++) {
            for (int i = 0; i < MORE_THAN_ARE_READ_AT_ONCE; i++) {
                Instant due = World.NOON.minusSeconds(1_000 - i);
                Key key = new Key(Table.PAYMENT_TRANSACTIONS, Task.partition(shard), "%013d#LATER#x%d".formatted(due.toEpochMilli(), i));
                world.data.put(new Item(key, Map.of("kind", "LATER", "ref", "x" + i, "due", due.toEpochMilli(), "attempts", 0L,
                        "facts", "", "new", "told")), Condition.NONE);
            }
        }
    }

    private List<Item> tasks() {
        return world.data.query(Table.PAYMENT_TRANSACTIONS, Task.partition(0), "", false, 1000, null).items();
    }

    @Test
    void doNotKeepOthersFromBeingDone() {
        strangeTasks(Task.SHARDS);
        Payment payment = process.initiate("k");
        world.provider.pay(payment.id());

        process.pass(Duration.ofSeconds(30), Duration.ofSeconds(2));

        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
    }

    @Test
    void arePutOffWholeUntilSomebodyKnowsThem() {
        strangeTasks(1);

        process.pass(Duration.ofHours(3), Duration.ofMinutes(1));

        assertThat(tasks()).hasSize(MORE_THAN_ARE_READ_AT_ONCE).allSatisfy(item -> {
            assertThat(item.number("due").orElseThrow()).isGreaterThan(world.clock.instant().toEpochMilli());
            Map<String, Object> known = new HashMap<>(item.attributes());
            known.put("kind", "POLL"); // whoever reads it finds it again, to move it or to be done with it
            Task task = Task.of(new Item(item.key(), known)).orElseThrow();
            assertThat(item.key().sk()).isEqualTo(task.key().sk().replace("POLL", "LATER"));
            assertThat(item.string("new")).contains("told");
        });
    }

    @Test
    void areToldOfOnceAnHour() throws IOException {
        strangeTasks(1);
        long before = Files.exists(FILE) ? Files.size(FILE) : 0;

        process.pass(Duration.ofMinutes(150), Duration.ofMinutes(1));

        byte[] all = Files.readAllBytes(FILE);
        assertThat(new String(all, (int) before, all.length - (int) before, StandardCharsets.UTF_8).lines()
                .filter(line -> line.contains("event=payment_task_unreadable"))).hasSize(3);
    }
}
