package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.testing.PatchedClasses;
import java.nio.file.Path;

/** Mistakes the adapter could make, each with the test that must find it. */
enum SeededDefect {
    TRANSACTION_WITHOUT_TOKEN("Writes", "request.transactItems(items).clientRequestToken(token)", "request.transactItems(items)",
            "TransactionFaultTest#isRepeatedAndAppliedOnceWhateverHappensToTheFirstRequest"),
    ONE_TOKEN_FOR_ALL_TRANSACTIONS("Writes", "UUID.randomUUID().toString()", "new UUID(0, 0).toString()",
            "TransactionFaultTest#hasATokenOfItsOwnThoughItSaysTheSame"),
    UNKNOWN_TRANSACTION_SAID_TO_BE_REFUSED("Calls", "throw unknown == null ? e : unknown;", "throw e;",
            "TransactionFaultTest#isUnknownWhenAnEarlierRequestMayStillBeOnItsWay"),
    UNKNOWN_TRANSACTION_SAID_TO_BE_NOT_APPLIED("Calls",
            "throw unknown == null ? failure.notApplied() : unknown;", "throw failure.notApplied();",
            "TransactionFaultTest#isUnknownButAppliedOnceAtMostWhenNoReplyEverComes"),
    CONFLICT_SAID_TO_BE_A_REFUSAL("Calls", "noneMatch(reason -> PASSING.contains(reason.code()))",
            "anyMatch(reason -> !PASSING.contains(reason.code()))",
            "TransactionFaultTest#isNotRefusedByHalfWhenOneWriteFailedItsConditionAndTheOtherWasInConflict"),
    PUT_WITHOUT_CONDITION("Writes",
            ".item(Attributes.of(put.item()))\n                .conditionExpression(condition)",
            ".item(Attributes.of(put.item()))\n                .conditionExpression(condition == null ? null : expressions.always())",
            "DynamoDbStoreTest#guardsPutUpdateAndDeleteAlike"),
    WRITE_REPEATED_THOUGH_ITS_OUTCOME_IS_UNKNOWN("Calls", "repetition != Repetition.UNSAFE;", "true;",
            "WriteFaultTest#isSentOnceWhenItsReplyIsLostAndTheOutcomeIsUnknown"),
    SENT_TAKEN_FOR_NOT_SENT("Wire", "return reached == null ? Reach.SENT : reached;",
            "return reached == null || reached == Reach.SENT ? Reach.CONNECTING : reached;",
            "WriteFaultTest#isSentOnceWhenItsReplyIsLostAndTheOutcomeIsUnknown"),
    REFUSED_CONNECTION_TAKEN_FOR_SENT("Wire", "reach.set(Reach.CONNECTING);", "reach.set(Reach.SENT);",
            "WriteFaultTest#isNotAppliedWhenNobodyListens"),
    FAILURE_OF_THE_SERVICE_TAKEN_FOR_A_REFUSAL("Failure", "answer.statusCode() >= 500", "answer.statusCode() > 600",
            "WriteFaultTest#isSentOnceWhenTheServiceFailsAndTheOutcomeIsUnknown"),
    THROTTLED_AT_ONCE_GIVEN_UP("Calls", "case BUSY, UNREACHABLE -> true;", "case BUSY, UNREACHABLE -> false;",
            "WriteFaultTest#isRepeatedWhenTheServiceIsBusyForAMoment"),
    WATCHERS_NOT_TOLD_OF_AN_UNKNOWN_WRITE("DynamoDbStore", "watchers.written(one);\n            throw e;", "throw e;",
            "WriteFaultTest#isToldToWatchersWhenItMayHaveBeenApplied"),
    WEAK_READ("Reads", ".key(Attributes.key(key)).consistentRead(true)", ".key(Attributes.key(key))",
            "ReadFaultTest#areStrongWhereTheServiceAllowsIt"),
    WEAK_LOOK_UP_AFTER_THE_INDEX("Reads", ".keys(left).consistentRead(true)", ".keys(left)",
            "ReadFaultTest#areStrongWhereTheServiceAllowsIt"),
    QUERY_ENDS_WITH_THE_FIRST_REPLY("Reads",
            ".forEach(found::add);\n            from = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;",
            ".forEach(found::add);\n            from = null;",
            "ReadFaultTest#bringAPageThatIsTooLargeForOneReply"),
    KEYS_THAT_A_BATCH_LEFT_OUT_ARE_FORGOTTEN("Reads", "unprocessed == null || unprocessed.keys().isEmpty()", "true",
            "ReadFaultTest#askAgainForWhatABatchLeftOut"),
    INDEX_BELIEVED_THOUGH_IT_LAGS_BEHIND("Reads", "&& stillThere(item, g1, prefix)", "",
            "ReadFaultTest#doNotBelieveAnIndexThatLagsBehind"),
    CREDENTIALS_NEVER_FETCHED_ANEW("Calls", "case CREDENTIALS -> renewCredentials.getAsBoolean();", "case CREDENTIALS -> false;",
            "CredentialFaultTest#expiredOnesAreFetchedAnewBeforeAnybodyNotices"),
    HALF_MADE_TABLE_TAKEN_FOR_GOOD("ExpectedTable", "return actual.tableStatus() == TableStatus.ACTIVE ||",
            "return actual.tableStatus() != null ||", "OpeningTest#namesATableOrIndexThatIsNotActiveYet"),
    TIME_TO_LIVE_NOT_LOOKED_AT("Provisioning", "timeToLive(table).ifPresent(differences::add);", "",
            "OpeningTest#namesTheOtherAttributeThatTimeToLiveIsOn"),
    CLOCK_NOT_LOOKED_AT("Opening", "if (skew.isPresent())", "if (skew.isPresent() && differences.isEmpty() != true)",
            "OpeningTest#refusesToStartWithAClockThatIsWrong"),
    EXPIRED_ITEM_STILL_SEEN("DynamoDbStore", ".filter(item -> !item.expiredAt(now()))", "",
            "DynamoDbStoreTest#hidesAnItemFromTheSecondOfItsExpiryOn"),
    EXPIRED_ITEM_STILL_FOUND("Reads", ".filter(item -> !item.expiredAt(now))\n", "\n",
            "DynamoDbStoreTest#hidesExpiredItemsFromQueriesWithoutShorteningThePages"),
    SUM_BEYOND_64_BITS("UpdateExpression",
            "update.add().forEach((name, amount) -> guards.add(noOverflow(name, amount, expressions)));", "",
            "DynamoDbStoreTest#refusesAnOverflowAndChangesNothing"),
    UNEQUAL_TO_WHAT_IS_MISSING("Expressions", "comparison = isType(name, type) + \" AND \" + comparison;", "",
            "DynamoDbStoreTest#isFalseForEveryComparisonWithAMissingAttribute"),
    TRANSACTION_WITH_CHECKS_LEFT_OUT("Writes", "condition != null ? condition : expressions.always()", "expressions.always()",
            "DynamoDbStoreTest#failsTheWholeForAFailedCheck");

    private static final String PACKAGE = SeededDefect.class.getPackageName() + ".";
    private static final Path SOURCES = Path.of("src/main/java");

    private final String file;
    private final String search;
    private final String replacement;
    private final String test;

    SeededDefect(String file, String search, String replacement, String test) {
        this.file = file;
        this.search = search;
        this.replacement = replacement;
        this.test = test;
    }

    /** The package with the mistake, tests included. */
    ClassLoader classes() {
        return PatchedClasses.of(SOURCES, PACKAGE + file, search, replacement);
    }

    String testClass() {
        return PACKAGE + test.substring(0, test.indexOf('#'));
    }

    String testMethod() {
        return test.substring(test.indexOf('#') + 1);
    }
}
