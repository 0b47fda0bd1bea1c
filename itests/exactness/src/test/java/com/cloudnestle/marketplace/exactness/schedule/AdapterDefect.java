package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.PatchedClasses;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Mistakes the store's adapter for DynamoDB could make, each with the scenario whose schedules must find it. */
enum AdapterDefect {
    UPDATE_WITHOUT_CONDITION("Writes",
            "String condition = Expressions.both(expressions.condition(change.condition()), update.guard());",
            "String condition = update.guard();",
            () -> Scenarios.overDynamoDb(0, Set.of())),
    AT_MOST_TAKEN_FOR_LESS_THAN("Expressions", "Condition.Operator.LE, \"<=\"", "Condition.Operator.LE, \"<\"",
            () -> Scenarios.overDynamoDb(0, Set.of())),
    LOST_REPLY_TOLD_AS_NOT_APPLIED("Calls",
            "throw unknown == null ? failure.notApplied() : unknown;", "throw failure.notApplied();",
            () -> Scenarios.overDynamoDb(1, Set.of(Fault.REPLY_LOST))),
    ANSWER_500_TAKEN_FOR_A_REFUSAL("Failure", "answer.statusCode() >= 500 || ", "",
            () -> Scenarios.overDynamoDb(1, Set.of(Fault.REPLY_LOST))),
    UNANSWERED_PUT_SENT_AGAIN("Writes",
            "calls.make(Calls.Repetition.UNSAFE, () -> client.putItem(", "calls.make(Calls.Repetition.READS, () -> client.putItem(",
            () -> Scenarios.oneKeyOverDynamoDb(1, Set.of(Fault.REPLY_LOST))),
    HOLD_DELETED_WITHOUT_CONDITION("Writes",
            "item.delete(part -> part.tableName(table).key(Attributes.key(key)).conditionExpression(condition)",
            "item.delete(part -> part.tableName(table).key(Attributes.key(key)).conditionExpression(expressions.always())",
            () -> Scenarios.holdOverDynamoDb(0, Set.of()));

    private static final String PACKAGE = "com.cloudnestle.marketplace.store.dynamodb.internal.";
    private static final Path SOURCES = Path.of("../../core-bundles/store-dynamodb/src/main/java");

    private final String file;
    private final String search;
    private final String replacement;
    private final Supplier<Scenario> scenario;

    AdapterDefect(String file, String search, String replacement, Supplier<Scenario> scenario) {
        this.file = file;
        this.search = search;
        this.replacement = replacement;
        this.scenario = scenario;
    }

    Scenario scenario() {
        return scenario.get();
    }

    /** The adapter with this mistake in it; fails if the text to be changed does not stand in the source exactly once. */
    BiFunction<URI, InstantSource, Store> adapter() throws ReflectiveOperationException {
        @SuppressWarnings("unchecked")
        BiFunction<URI, InstantSource, Store> adapter = (BiFunction<URI, InstantSource, Store>)
                PatchedClasses.of(SOURCES, PACKAGE + file, search, replacement)
                        .loadClass(PACKAGE + "Adapter")
                        .getConstructor()
                        .newInstance();
        return adapter;
    }
}
