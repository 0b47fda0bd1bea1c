package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.testing.PatchedClasses;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/** Mistakes the quota engine could make, each with the scenario whose schedules must find it. */
enum SeededDefect {
    ONE_UNIT_MORE_THAN_THE_LIMIT("CounterWrites", "slot.limit().amount() - net", "slot.limit().amount() - net + 1",
            Scenarios::strictOfThree),
    LIMIT_ONLY_LOOKED_AT("CounterWrites",
            "conditions.add(Condition.atMost(used, slot.limit().amount() - net));", "conditions.add(Condition.itemExists());",
            Scenarios::leasedCalm),
    BLOCK_OUTLIVES_ITS_WINDOW("QuotaEngine", "now < block.deadAt", "now < Long.MAX_VALUE", Scenarios::givenBackAfterMidnight),
    WINDOW_MOVES_BACK("Counter", "storedStart >= start", "storedStart == start", Scenarios::clockBack),
    DAY_MOVES_BACK("Counter", "Math.max(now.getEpochSecond() / 86_400, item.day)", "now.getEpochSecond() / 86_400",
            Scenarios::clockBack),
    NEW_DAY_WITHOUT_JOURNAL("CounterWrites", "if (item.dayUnits - ofItsDay > 0) {", "if (item.dayUnits < 0) {",
            () -> Scenarios.skewed(0, Set.of())),
    HANDED_BACK_WITHOUT_SEQUENCE("CounterWrites",
            "        draft.same(CounterItem.SEQUENCE + node, item.sequence(node));\n        boolean any",
            "        boolean any",
            () -> Scenarios.handedBack(1, Set.of(Fault.REPEATED))),
    HANDED_BACK_WITHOUT_ERA("CounterWrites",
            "        draft.conditions.add(Condition.itemExists());\n        draft.same(CounterItem.ERA, item.era).same(",
            "        draft.conditions.add(Condition.itemExists());\n        draft.same(",
            () -> Scenarios.resetElsewhere(0, Set.of())),
    HANDED_BACK_TWICE("HandBack",
            "            account.rest = null;\n            account.refused = null;\n        } catch",
            "            account.refused = null;\n        } catch",
            () -> Scenarios.idle(0, Set.of())),
    TAKEN_WITHOUT_SEQUENCE("CounterWrites",
            "            draft.same(CounterItem.SEQUENCE + node, item.sequence(node));\n            if (counter.reset())",
            "            if (counter.reset())",
            () -> Scenarios.leased(1, Set.of(Fault.REPEATED))),
    LOST_REPLY_TAKEN_FOR_YES("Ledger",
            "if (arrived(account, change, now)) {",
            "if (arrived(account, change, now) || sending == 0) {",
            () -> Scenarios.leased(1, Set.of(Fault.REQUEST_LOST))),
    UNITS_GRANTED_TWICE_WHILE_ASKING("BlockTaker",
            "publish(counter, change, block, units)",
            "publish(counter, change, block, units + own - (block == null ? 0 : block.left()))",
            Scenarios::combinedLeased),
    UNITS_OF_A_CALL_NOT_SUBTRACTED("BlockTaker",
            "long left = enough ? together - request.units() : together;", "long left = together;",
            Scenarios::strictOfThree),
    GIVEN_BACK_TO_ANOTHER_DAY("QuotaEngine",
            "block.origin.same(receipt.origin)", "block.left() >= 0",
            Scenarios::givenBackAfterMidnight),
    RESET_IN_THE_OLD_ERA("CounterWrites",
            "Counter.newEra()", "item.era",
            () -> Scenarios.resetElsewhere(0, Set.of())),
    KEY_LOST_BUT_UNITS_KEPT("KeyedCalls",
            "        engine.giveBack(receipt);\n        return replay", "        return replay",
            () -> Scenarios.oneKey(0, Set.of())),
    UNITS_OF_AN_UNKNOWN_KEY_GIVEN_BACK("KeyedCalls",
            "throw e; // the key may be there", "engine.giveBack(receipt);\n            throw e; //",
            () -> Scenarios.oneKey(1, Set.of(Fault.REPLY_LOST))),
    HOLD_RELEASED_BY_TWO("HoldItem",
            "new Write.Delete(key(), Condition.itemExists())", "new Write.Delete(key(), Condition.NONE)",
            () -> Scenarios.holdExpired(0, Set.of())),
    HOLD_ENDED_BY_OLD_KNOWLEDGE("Holds",
            "handBack.itemWith(account, hold.origin(), unused, now)", "ledger.known(account, now)",
            () -> Scenarios.holdExpired(0, Set.of()));

    private static final String PACKAGE = "com.cloudnestle.marketplace.quota.internal.";
    private static final Path SOURCES = Path.of("../../core-bundles/quota/src/main/java");

    private final String file;
    private final String search;
    private final String replacement;
    private final Supplier<Scenario> scenario;

    SeededDefect(String file, String search, String replacement, Supplier<Scenario> scenario) {
        this.file = file;
        this.search = search;
        this.replacement = replacement;
        this.scenario = scenario;
    }

    Scenario scenario() {
        return scenario.get();
    }

    /** The engine with this mistake in it; fails if the text to be changed does not stand in the source exactly once. */
    EngineMaker engine() throws ReflectiveOperationException {
        return (EngineMaker) PatchedClasses.of(SOURCES, PACKAGE + file, search, replacement)
                .loadClass(PACKAGE + "exactness.RealEngine")
                .getConstructor()
                .newInstance();
    }
}
