package com.cloudnestle.marketplace.exactness.schedule;

import static com.cloudnestle.marketplace.exactness.schedule.FixedCatalog.forLife;
import static com.cloudnestle.marketplace.exactness.schedule.FixedCatalog.perDay;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.changeTier;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.giveBack;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.giveBackFirst;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.release;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.reserve;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.reset;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.settle;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.stop;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.take;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.takeCarriedOver;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.takeOnce;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.tick;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.tickLater;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is tried. The engine counts ahead an eighth of what is left, so scenarios with blocks of 3 have a limit of 30 and
 * calls of many units that use most of it up; those without are smaller.
 */
final class Scenarios {

    private static final Duration MIDNIGHT_IS_NEAR = Duration.ofMillis(3_600_000 - 300);
    private static final Set<Fault> ALL = EnumSet.complementOf(EnumSet.of(Fault.NONE));

    private Scenarios() {}

    /** Few enough to be tried whenever everything is built. */
    static List<Scenario> brief() {
        return List.of(
                strict(1, ALL),
                strictOfThree(),
                leased(1, ALL),
                leasedCalm(),
                handedBack(1, EnumSet.of(Fault.REPLY_LOST, Fault.REPEATED)),
                day(1, EnumSet.of(Fault.REPLY_LOST)),
                dayAndLife(0, Set.of()),
                skewed(0, Set.of()),
                combined(),
                combinedLeased(),
                idle(1, EnumSet.of(Fault.REPEATED)),
                resetElsewhere(0, Set.of()),
                resetUnheard(1, EnumSet.of(Fault.REPLY_LOST, Fault.REQUEST_LOST)),
                tierElsewhere(1, EnumSet.of(Fault.REPLY_LOST)),
                carriedOver(1, EnumSet.of(Fault.REPLY_LOST, Fault.CRASH_AFTER)),
                givenBack(1, EnumSet.of(Fault.REPLY_LOST, Fault.DELAYED)),
                givenBackAfterMidnight(),
                oneKey(1, EnumSet.of(Fault.REFUSED, Fault.REPLY_LOST, Fault.CRASH_AFTER)),
                keyRepeated(1, EnumSet.of(Fault.REPLY_LOST, Fault.REQUEST_LOST, Fault.CRASH_AFTER)),
                clockBack(),
                holdSettled(1, EnumSet.of(Fault.REPLY_LOST, Fault.CRASH_AFTER)),
                holdUsedUp(1, EnumSet.of(Fault.REPLY_LOST, Fault.REQUEST_LOST)),
                holdExpired(0, Set.of()),
                holdBesideBlocks(0, Set.of()),
                holdOverMidnight(0, Set.of()),
                holdOverReset(0, Set.of()));
    }

    /** Few and short, because each call goes to another process. */
    static List<Scenario> briefOverDynamoDb() {
        return List.of(overDynamoDb(1, EnumSet.of(Fault.REPLY_LOST)),
                oneKeyOverDynamoDb(1, EnumSet.of(Fault.REPLY_LOST)),
                holdOverDynamoDb(0, Set.of()));
    }

    /** The same with more that goes wrong. */
    static List<Scenario> thoroughOverDynamoDb() {
        Set<Fault> network = EnumSet.of(Fault.REFUSED, Fault.REPLY_LOST, Fault.REQUEST_LOST, Fault.REPEATED);
        return List.of(overDynamoDb(2, network), oneKeyOverDynamoDb(2, network), holdOverDynamoDb(2, network));
    }

    static Scenario overDynamoDb(int faults, Set<Fault> possible) {
        return Scenario.named("over DynamoDB: two nodes, 2 a day").limit(perDay(2)).lease(1)
                .on(0, take())
                .on(1, take(), take())
                .faults(faults, possible);
    }

    static Scenario oneKeyOverDynamoDb(int faults, Set<Fault> possible) {
        return Scenario.named("over DynamoDB: one idempotency key on two nodes").limit(perDay(1)).lease(1)
                .on(0, takeOnce("k"))
                .on(1, takeOnce("k"))
                .faults(faults, possible);
    }

    static Scenario holdOverDynamoDb(int faults, Set<Fault> possible) {
        return Scenario.named("over DynamoDB: a hold settled here and released there").limit(perDay(2)).lease(1)
                .on(0, reserve("h", 2), settle("h", 1))
                .on(1, release("h"), take(2))
                .faults(faults, possible);
    }

    /** The same with more faults at once, to be tried for as long as one likes. */
    static List<Scenario> thorough() {
        return List.of(
                strict(2, ALL),
                leased(2, ALL),
                handedBack(2, ALL),
                idle(2, ALL),
                day(2, ALL),
                resetElsewhere(2, ALL),
                resetUnheard(2, ALL),
                tierElsewhere(2, ALL),
                givenBack(2, ALL),
                oneKey(2, ALL),
                threeLeased(2, ALL),
                holdSettled(2, ALL),
                holdUsedUp(2, ALL),
                skewed(2, Fault.NETWORK),
                dayAndLife(1, ALL),
                carriedOver(2, ALL),
                keyRepeated(2, ALL),
                holdExpired(2, ALL),
                holdBesideBlocks(2, ALL),
                holdOverMidnight(2, ALL),
                holdOverReset(2, ALL));
    }

    static Scenario strict(int faults, Set<Fault> possible) {
        return Scenario.named("strict, two nodes, 3 a day").limit(perDay(3)).lease(1)
                .on(0, take(), take())
                .on(1, take(), take())
                .faults(faults, possible).restarting();
    }

    static Scenario strictOfThree() {
        return Scenario.named("strict, three nodes, 2 a day").limit(perDay(2)).lease(1)
                .on(0, take())
                .on(1, take())
                .on(2, take());
    }

    static Scenario leased(int faults, Set<Fault> possible) {
        return Scenario.named("blocks of 3, two nodes, 30 a day").limit(perDay(30)).lease(3)
                .on(0, take(), take(14))
                .on(1, take(), take(16))
                .faults(faults, possible).restarting();
    }

    static Scenario leasedCalm() {
        return Scenario.named("blocks of 3, two nodes, no fault").limit(perDay(30)).lease(3)
                .on(0, take(), take(13), take())
                .on(1, take(), take(13), take(4), take());
    }

    static Scenario threeLeased(int faults, Set<Fault> possible) {
        return Scenario.named("blocks of 3, three nodes, 30 a day").limit(perDay(30)).lease(3)
                .on(0, take(), take(10))
                .on(1, take(), take(10))
                .on(2, take(), stop(), take(9))
                .faults(faults, possible).restarting();
    }

    /** What a node hands back, another one takes. */
    static Scenario handedBack(int faults, Set<Fault> possible) {
        return Scenario.named("a block handed back on a stop").limit(perDay(30)).lease(3)
                .on(0, take(), stop(), take(2))
                .on(1, take(26), take(4))
                .faults(faults, possible).restarting();
    }

    static Scenario day(int faults, Set<Fault> possible) {
        return Scenario.named("the day changes at any moment").limit(perDay(26)).lease(3)
                .on(0, take(), take(13))
                .on(1, take(14), take())
                .midnight()
                .faults(faults, possible).restarting();
    }

    static Scenario dayAndLife(int faults, Set<Fault> possible) {
        return Scenario.named("the day changes, the lifetime does not").limit(perDay(40), forLife(45)).lease(3)
                .on(0, take(), take(20), take(20))
                .on(1, take(), take(20))
                .midnight()
                .faults(faults, possible).restarting();
    }

    static Scenario skewed(int faults, Set<Fault> possible) {
        return Scenario.named("clocks 700 ms apart around midnight").limit(perDay(26)).lease(3)
                .startingAt(Scenario.EVENING.plus(MIDNIGHT_IS_NEAR))
                .skewed(1, Duration.ofMillis(700))
                .on(0, take(), take(13), take(13))
                .on(1, take(), take(13), take(13))
                .midnight()
                .faults(faults, possible).restarting();
    }

    static Scenario combined() {
        return Scenario.named("two threads of one node beside another node").limit(perDay(3)).lease(1)
                .on(0, take(), take())
                .on(0, take())
                .on(1, take());
    }

    /** While one asks the store for more, another takes what is at hand. */
    static Scenario combinedLeased() {
        return Scenario.named("two threads of one node with a block").limit(perDay(30)).lease(3)
                .on(0, take(), take(3), take(14))
                .on(0, take())
                .on(1, take(14));
    }

    static Scenario idle(int faults, Set<Fault> possible) {
        return Scenario.named("an idle block handed back by the sweeper").limit(perDay(30)).lease(3)
                .on(0, take(), tickLater(), take(14))
                .on(1, take(14), take(4))
                .faults(faults, possible).restarting();
    }

    static Scenario resetElsewhere(int faults, Set<Fault> possible) {
        return Scenario.named("a reset on another node").limit(perDay(26)).lease(3)
                .on(0, take(), stop(), take(14))
                .on(1, take(), reset(), take(14), take(12))
                .withNewEras(1)
                .faults(faults, possible).restarting();
    }

    static Scenario resetUnheard(int faults, Set<Fault> possible) {
        return Scenario.named("a reset whose reply is lost").limit(perDay(26)).lease(3)
                .on(0, take(), take(14))
                .on(1, take(), reset(), take(26))
                .withNewEras(1)
                .faults(faults, possible).restarting();
    }

    static Scenario tierElsewhere(int faults, Set<Fault> possible) {
        return Scenario.named("a change of tier on another node").limit(perDay(26)).andPro(perDay(28)).lease(3)
                .on(0, take(), take(13), take(14))
                .on(1, take(), changeTier("pro"), take(26))
                .withNewEras(1)
                .faults(faults, possible).restarting();
    }

    static Scenario givenBack(int faults, Set<Fault> possible) {
        return Scenario.named("units given back").limit(perDay(3)).lease(1)
                .on(0, take(2), giveBack(), take())
                .on(1, take(2), take())
                .faults(faults, possible).restarting();
    }

    static Scenario givenBackAfterMidnight() {
        return Scenario.named("units given back around midnight").limit(perDay(26)).lease(3)
                .on(0, take(), take(), giveBackFirst(), take(14))
                .on(1, take(14))
                .midnight();
    }

    static Scenario oneKey(int faults, Set<Fault> possible) {
        return Scenario.named("one idempotency key on two nodes").limit(perDay(2)).lease(1)
                .on(0, takeOnce("k"), take())
                .on(1, takeOnce("k"), take())
                .faults(faults, possible).restarting();
    }

    /** The caller did not hear the answer and asks again, here and on the other node. */
    static Scenario keyRepeated(int faults, Set<Fault> possible) {
        return Scenario.named("one idempotency key, asked again on both nodes").limit(perDay(2)).lease(1)
                .on(0, takeOnce("k"), takeOnce("k"))
                .on(1, takeOnce("k"), take(2))
                .faults(faults, possible).restarting();
    }

    /** Both nodes find a customer of the older software, whose 5 units of the day must count. */
    static Scenario carriedOver(int faults, Set<Fault> possible) {
        return Scenario.named("old usage taken over by two nodes").limit(perDay(30)).lease(3)
                .withOldUsage(5)
                .on(0, takeCarriedOver(12), takeCarriedOver(2))
                .on(1, takeCarriedOver(14))
                .faults(faults, possible).restarting();
    }

    static Scenario clockBack() {
        return Scenario.named("a clock goes back over midnight").limit(perDay(26)).lease(3)
                .startingAt(Scenario.EVENING.plus(Duration.ofHours(1).plusMillis(200)))
                .on(0, take(), take(13), take(13))
                .on(1, take(14))
                .happening("node0 goes back an hour", world -> world.nodes().get(0).setSkew(Duration.ofHours(-1)));
    }

    static Scenario holdSettled(int faults, Set<Fault> possible) {
        return Scenario.named("a hold settled here and released there").limit(perDay(3)).lease(1)
                .on(0, reserve("h", 2), settle("h", 1))
                .on(1, release("h"), take(2), take(2))
                .faults(faults, possible).restarting();
    }

    static Scenario holdUsedUp(int faults, Set<Fault> possible) {
        return Scenario.named("a hold used up here and released there").limit(perDay(3)).lease(1)
                .on(0, reserve("h", 2), settle("h", 2))
                .on(1, release("h"), take(), take(2))
                .faults(faults, possible).restarting();
    }

    static Scenario holdExpired(int faults, Set<Fault> possible) {
        return Scenario.named("a hold expires while it is settled").limit(perDay(3)).lease(1)
                .on(0, reserve("h", 2), tick(), settle("h", 3))
                .on(1, take(), tick())
                .happening("the hold expires", world -> {
                    world.clock().advance(Operation.HOLD_LIFETIME.plusSeconds(10));
                    world.ledger().holdsExpired(world.clock().instant());
                })
                .faults(faults, possible).restarting();
    }

    /** The hold needs what lies in the node's own block, and in the end more than it has. */
    static Scenario holdBesideBlocks(int faults, Set<Fault> possible) {
        return Scenario.named("a hold beside blocks").limit(perDay(26)).lease(3)
                .on(0, take(), reserve("h", 10), settle("h", 12))
                .on(1, take(), take(12), release("h"))
                .faults(faults, possible).restarting();
    }

    static Scenario holdOverMidnight(int faults, Set<Fault> possible) {
        return Scenario.named("a hold settled around midnight").limit(perDay(26)).lease(3)
                .on(0, take(), reserve("h", 10), settle("h", 4), take(14))
                .on(1, take(14))
                .midnight()
                .faults(faults, possible).restarting();
    }

    static Scenario holdOverReset(int faults, Set<Fault> possible) {
        return Scenario.named("a hold settled around a reset").limit(perDay(3)).lease(1)
                .on(0, reserve("h", 2), settle("h", 1), take(2))
                .on(1, take(), reset(), take(2))
                .withNewEras(1)
                .faults(faults, possible).restarting();
    }
}
