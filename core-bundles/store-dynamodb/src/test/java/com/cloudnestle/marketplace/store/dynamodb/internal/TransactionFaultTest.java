package com.cloudnestle.marketplace.store.dynamodb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.dynamodb.local.Fault;
import com.cloudnestle.marketplace.dynamodb.local.FaultRule;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Transactions when the way to the service is bad: they are repeated, and applied once. */
class TransactionFaultTest {

    private static final String OPERATION = "TransactWriteItems";
    private static final Pattern TOKEN = Pattern.compile("\"ClientRequestToken\":\"([^\"]+)\"");

    private static Disturbed disturbed;

    private final Key a = Disturbed.fresh();
    private final Key b = Disturbed.fresh();
    private final LogLines log = new LogLines();
    private final Set<String> tokens = new ConcurrentSkipListSet<>();

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

    private TransactResult addToBoth() {
        return disturbed.store.transact(List.of(Disturbed.add(a), Disturbed.add(b)));
    }

    /** The rule, with a note of each request's token. */
    private FaultRule noting(FaultRule rule) {
        return request -> {
            Matcher token = TOKEN.matcher(request.body());
            if (request.operation().equals(OPERATION) && token.find()) {
                tokens.add(token.group(1));
            }
            return rule.on(request);
        };
    }

    @Test
    void isRepeatedAndAppliedOnceWhateverHappensToTheFirstRequest() {
        long expected = 0;
        for (Fault fault : List.of(Fault.DROP_REPLY, Fault.DROP_REQUEST, Fault.INTERNAL_ERROR, Fault.INTERNAL_ERROR_AFTER,
                Fault.THROTTLE, Fault.DUPLICATE)) {
            tokens.clear();
            disturbed.proxy.rule(noting(FaultRule.nth(OPERATION, 1, fault)));
            assertThat(addToBoth().applied()).as("%s", fault).isTrue();
            expected++;
            assertThat(disturbed.counted(a)).as("%s", fault).isEqualTo(expected);
            assertThat(disturbed.counted(b)).as("%s", fault).isEqualTo(expected);
            assertThat(disturbed.proxy.requests(OPERATION)).as("%s", fault).isEqualTo(fault == Fault.DUPLICATE ? 1 : 2);
            assertThat(tokens).as("%s: one token for all repetitions", fault).hasSize(1);
        }
    }

    @Test
    void hasATokenOfItsOwnThoughItSaysTheSame() {
        disturbed.proxy.rule(noting(FaultRule.NONE));
        addToBoth();
        addToBoth();
        assertThat(tokens).hasSize(2);
        assertThat(disturbed.counted(a)).isEqualTo(2);
    }

    @Test
    void isAppliedOnceThoughTheFirstRequestArrivesLate() {
        CountDownLatch applied = new CountDownLatch(1);
        try (Disturbed impatient = new Disturbed(Duration.ofSeconds(2), Duration.ZERO)) {
            impatient.proxy.rule(request -> {
                if (request.operation().equals(OPERATION) && request.operationNumber() == 1) {
                    Disturbed.await(applied);
                }
                return Fault.NONE;
            });
            TransactResult result = impatient.store.transact(List.of(Disturbed.add(a), Disturbed.add(b)));
            assertThat(result.applied()).isTrue();
            applied.countDown();
            Poll.until(() -> impatient.proxy.answered(OPERATION) == impatient.proxy.requests(OPERATION));
            assertThat(impatient.proxy.requests(OPERATION)).isGreaterThan(1);
        }
        disturbed.proxy.rule(FaultRule.NONE);
        assertThat(disturbed.counted(a)).isEqualTo(1);
        assertThat(disturbed.counted(b)).isEqualTo(1);
    }

    @Test
    void isUnknownButAppliedOnceAtMostWhenNoReplyEverComes() {
        disturbed.proxy.rule(noting(FaultRule.always(OPERATION, Fault.DROP_REPLY)));
        assertThatExceptionOfType(StoreException.OutcomeUnknown.class).isThrownBy(this::addToBoth)
                .withMessage("the store did not answer");
        assertThat(disturbed.proxy.requests(OPERATION)).isGreaterThan(5);
        assertThat(tokens).hasSize(1);
        assertThat(disturbed.counted(a)).isEqualTo(1);
        assertThat(disturbed.counted(b)).isEqualTo(1);
        assertThat(log.of("store_no_answer")).hasSize(1);
    }

    @Test
    void isUnknownWhenAnEarlierRequestMayStillBeOnItsWay() {
        disturbed.put(a, 5);
        Write never = new Write.Change(a, Update.builder().add("n", 1).build(), Condition.equal("n", 99L));
        disturbed.proxy.rule(FaultRule.nth(OPERATION, 1, Fault.DROP_REQUEST));
        assertThatExceptionOfType(StoreException.OutcomeUnknown.class)
                .isThrownBy(() -> disturbed.store.transact(List.of(never, Disturbed.add(b))));
        disturbed.proxy.rule(FaultRule.nth(OPERATION, 1, Fault.THROTTLE));
        assertThat(disturbed.store.transact(List.of(never, Disturbed.add(b))).applied())
                .as("but a throttled one was never on its way").isFalse();
        assertThat(disturbed.counted(b)).isZero();
    }

    @Test
    void isNotAppliedWhenTheServiceStaysBusy() {
        disturbed.proxy.rule(FaultRule.always(OPERATION, Fault.THROTTLE));
        assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(this::addToBoth);
        assertThat(disturbed.proxy.requests(OPERATION)).isGreaterThan(5);
        assertThat(disturbed.counted(a)).isZero();
        assertThat(log.of("store_busy")).hasSize(1);
    }

    /** An answer that cancels the transaction for the given reasons, one for each write. */
    private static Fault cancelled(String... codes) {
        StringBuilder reasons = new StringBuilder();
        for (String code : codes) {
            reasons.append(reasons.isEmpty() ? "" : ",").append("{\"Code\":\"").append(code).append("\"}");
        }
        return Fault.answer(400, "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                "Transaction cancelled\",\"CancellationReasons\":[" + reasons + "],\"end\":\"");
    }

    @Test
    void isRepeatedWhenAnotherTransactionStoodInTheWay() {
        for (Fault conflict : List.of(cancelled("TransactionConflict", "None"), cancelled("None", "ThrottlingError"))) {
            disturbed.proxy.rule(FaultRule.first(OPERATION, 3, conflict));
            assertThat(addToBoth().applied()).isTrue();
            assertThat(disturbed.proxy.requests(OPERATION)).isEqualTo(4);
        }
        assertThat(disturbed.counted(a)).isEqualTo(2);
    }

    @Test
    void isNotRefusedByHalfWhenOneWriteFailedItsConditionAndTheOtherWasInConflict() {
        disturbed.put(a, 5);
        List<Write> writes = List.of(
                new Write.Check(a, Condition.equal("n", 99L)),
                new Write.Check(b, Condition.itemExists()));
        disturbed.proxy.rule(FaultRule.nth(OPERATION, 1, cancelled("ConditionalCheckFailed", "TransactionConflict")));
        TransactResult result = disturbed.store.transact(writes);
        assertThat(disturbed.proxy.requests(OPERATION)).isEqualTo(2);
        assertThat(result.failures()).as("both are told").containsExactly(
                new TransactResult.Failure(0, Optional.of(new Item(a, Map.of("n", 5L)))),
                new TransactResult.Failure(1, Optional.empty()));
    }

    @Test
    void isAskedForAgainWhileTheServiceIsStillAtWorkOnIt() {
        disturbed.proxy.rule(FaultRule.nth(OPERATION, 1, Fault.DROP_REPLY).or(FaultRule.nth(OPERATION, 2,
                Fault.answer(400, "com.amazonaws.dynamodb.v20120810#TransactionInProgressException", "in progress"))));
        assertThat(addToBoth().applied()).isTrue();
        assertThat(disturbed.counted(a)).isEqualTo(1);
    }
}
