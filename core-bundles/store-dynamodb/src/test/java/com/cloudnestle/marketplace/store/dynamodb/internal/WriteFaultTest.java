package com.cloudnestle.marketplace.store.dynamodb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.dynamodb.local.Fault;
import com.cloudnestle.marketplace.dynamodb.local.FaultRule;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteWatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Single writes when the way to the service is bad: what the caller is told is what may have happened. */
class WriteFaultTest {

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
        disturbed.pauses.clear();
        disturbed.pass(Duration.ofMinutes(2));
    }

    private void add() {
        disturbed.store.write(Disturbed.add(key));
    }

    private void unknownAfterOneRequest(String operation, Fault fault, Write write) {
        disturbed.proxy.rule(FaultRule.always(operation, fault));
        assertThatExceptionOfType(StoreException.OutcomeUnknown.class).as("%s %s", operation, fault)
                .isThrownBy(() -> disturbed.store.write(write));
        assertThat(disturbed.proxy.requests(operation)).as("sent once").isEqualTo(1);
    }

    @Test
    void isSentOnceWhenItsReplyIsLostAndTheOutcomeIsUnknown() {
        unknownAfterOneRequest("UpdateItem", Fault.DROP_REPLY, Disturbed.add(key));
        assertThat(disturbed.counted(key)).isEqualTo(1);
        unknownAfterOneRequest("PutItem", Fault.DROP_REPLY, new Write.Put(new Item(key, Map.of("n", 7L)), Condition.NONE));
        assertThat(disturbed.counted(key)).isEqualTo(7);
        unknownAfterOneRequest("DeleteItem", Fault.DROP_REPLY, new Write.Delete(key, Condition.NONE));
        assertThat(disturbed.direct.get(key)).isEmpty();
        assertThat(log.of("store_no_answer")).as("once a minute").hasSize(1).first().asString().contains("WARN");
    }

    @Test
    void isSentOnceWhenItIsLostOnTheWayAndTheOutcomeIsUnknown() {
        unknownAfterOneRequest("UpdateItem", Fault.DROP_REQUEST, Disturbed.add(key));
        assertThat(disturbed.counted(key)).isZero();
    }

    @Test
    void isSentOnceWhenTheServiceFailsAndTheOutcomeIsUnknown() {
        unknownAfterOneRequest("UpdateItem", Fault.INTERNAL_ERROR, Disturbed.add(key));
        assertThat(disturbed.counted(key)).isZero();
        unknownAfterOneRequest("UpdateItem", Fault.INTERNAL_ERROR_AFTER, Disturbed.add(key));
        assertThat(disturbed.counted(key)).isEqualTo(1);
        unknownAfterOneRequest("UpdateItem", Fault.answer(503, "com.amazonaws.dynamodb.v20120810#ServiceUnavailable", "later"),
                Disturbed.add(key));
    }

    @Test
    void mayArriveAfterTheCallerGaveUp() {
        CountDownLatch gaveUp = new CountDownLatch(1);
        try (Disturbed impatient = new Disturbed(Duration.ofMillis(300), Duration.ZERO)) {
            impatient.proxy.rule(request -> {
                if (request.operation().equals("UpdateItem")) {
                    Disturbed.await(gaveUp);
                }
                return Fault.NONE;
            });
            assertThatExceptionOfType(StoreException.OutcomeUnknown.class)
                    .isThrownBy(() -> impatient.store.write(Disturbed.add(key)));
            assertThat(impatient.counted(key)).as("not yet").isZero();
            gaveUp.countDown();
            Poll.until(() -> disturbed.counted(key) == 1);
            assertThat(impatient.proxy.requests("UpdateItem")).isEqualTo(1);
        }
    }

    @Test
    void isRepeatedWhenTheServiceIsBusyForAMoment() {
        disturbed.proxy.rule(FaultRule.first("UpdateItem", 4, Fault.THROTTLE));
        add();
        assertThat(disturbed.counted(key)).isEqualTo(1);
        assertThat(disturbed.proxy.requests("UpdateItem")).isEqualTo(5);
        assertThat(disturbed.pauses).extracting(Duration::toMillis).as("half of a time that doubles").containsExactly(10L, 20L, 40L, 80L);
        assertThat(log.of("store_busy")).as("nobody needs to know").isEmpty();
    }

    @Test
    void isNotAppliedWhenTheServiceStaysBusy() {
        for (String type : List.of("ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded",
                "TransactionConflictException")) {
            disturbed.proxy.rule(FaultRule.always("UpdateItem", Fault.answer(400, "com.amazonaws.dynamodb.v20120810#" + type, "slow down")));
            disturbed.pauses.clear();
            assertThatExceptionOfType(StoreException.Unavailable.class).as(type).isThrownBy(this::add)
                    .withMessage("the store is busy");
            assertThat(disturbed.proxy.requests("UpdateItem")).isBetween(8L, 20L);
            Duration waited = disturbed.pauses.stream().reduce(Duration.ZERO, Duration::plus);
            assertThat(waited).isBetween(Disturbed.BUDGET.minusSeconds(1), Disturbed.BUDGET);
        }
        assertThat(disturbed.counted(key)).isZero();
        assertThat(log.of("store_busy")).hasSize(1).first().asString().contains("WARN", "slow down");
    }

    @Test
    void isNotAppliedWhenNobodyListens() {
        Disturbed alone = new Disturbed();
        alone.proxy.close();
        try (alone) {
            assertThatExceptionOfType(StoreException.Unavailable.class)
                    .isThrownBy(() -> alone.store.write(Disturbed.add(key))).withMessage("the store cannot be reached");
            assertThat(alone.pauses).as("it may come back in a moment").isNotEmpty();
        }
        assertThat(disturbed.counted(key)).isZero();
        assertThat(log.of("store_unreachable")).hasSize(1);
    }

    @Test
    void guardedByItsConditionIsAppliedOnceThoughItArrivesTwice() {
        disturbed.proxy.rule(FaultRule.always("PutItem", Fault.DUPLICATE));
        Item item = new Item(key, Map.of("n", 1L));
        assertThat(disturbed.store.put(item, Condition.itemAbsent()).applied()).isTrue();
        assertThat(disturbed.direct.get(key)).contains(item);

        disturbed.proxy.rule(FaultRule.always("UpdateItem", Fault.DUPLICATE));
        Update next = Update.builder().add("n", 1).build();
        assertThat(disturbed.store.update(key, next, Condition.equal("n", 1L)).applied()).isTrue();
        assertThat(disturbed.counted(key)).isEqualTo(2);
    }

    @Test
    void thatIsTooLargeIsRefusedWithItsSizeAndChangesNothing() {
        Item large = new Item(key, Map.of("n", 1L, "text", "x".repeat(400 * 1024 - 200)));
        disturbed.store.put(large);
        disturbed.proxy.rule(FaultRule.NONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> disturbed.store.put(new Item(key, Map.of("text", "x".repeat(400 * 1024)))))
                .withMessageContaining("409600 bytes");
        assertThat(disturbed.proxy.requests()).as("not even sent").isZero();
        Update more = Update.builder().set("more", "y".repeat(1024)).build();
        assertThatIllegalArgumentException().isThrownBy(() -> disturbed.store.update(key, more, Condition.NONE))
                .withMessageContaining("maximum allowed size");
        assertThatIllegalArgumentException().isThrownBy(() -> disturbed.store.transact(
                        List.of(new Write.Change(key, more, Condition.NONE))))
                .withMessageContaining("maximum allowed size");
        assertThat(disturbed.direct.get(key)).contains(large);
        disturbed.direct.delete(key, Condition.NONE);
    }

    @Test
    void toATableThatVanishedIsAnErrorToWakeSomebody() {
        disturbed.proxy.rule(FaultRule.always("UpdateItem",
                Fault.answer(400, "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "Requested resource not found")));
        assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(this::add);
        assertThat(disturbed.proxy.requests("UpdateItem")).isEqualTo(1);
        assertThat(log.of("store_request_refused")).hasSize(1).first().asString().contains("ERROR", "resource not found");
    }

    @Test
    void isToldToWatchersWhenItMayHaveBeenApplied() {
        List<Key> told = new ArrayList<>();
        var registration = disturbed.store.watch(Table.USAGE, new WriteWatcher() {
            @Override
            public void written(Key written) {
                told.add(written);
            }

            @Override
            public void everything() {}
        });
        try {
            disturbed.proxy.rule(FaultRule.always("UpdateItem", Fault.DROP_REPLY));
            assertThatThrownBy(this::add).isInstanceOf(StoreException.OutcomeUnknown.class);
            assertThat(told).containsExactly(key);
            disturbed.proxy.rule(FaultRule.always("TransactWriteItems", Fault.DROP_REPLY));
            assertThatThrownBy(() -> disturbed.store.transact(List.of(Disturbed.add(key))))
                    .isInstanceOf(StoreException.OutcomeUnknown.class);
            assertThat(told).containsExactly(key, key);
        } finally {
            registration.close();
        }
    }
}
