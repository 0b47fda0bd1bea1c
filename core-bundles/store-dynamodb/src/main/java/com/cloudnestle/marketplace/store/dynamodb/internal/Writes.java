package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes: each is one request, and its refusal brings the item it was refused on. */
final class Writes {

    private static final ReturnValuesOnConditionCheckFailure OLD = ReturnValuesOnConditionCheckFailure.ALL_OLD;
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";
    private static final String MALFORMED = "ValidationError";

    private final DynamoDbClient client;
    private final TableNames tables;
    private final Calls calls;

    Writes(DynamoDbClient client, TableNames tables, Calls calls) {
        this.client = client;
        this.tables = tables;
        this.calls = calls;
    }

    WriteResult apply(Write write) {
        Table table = write.key().table();
        try {
            if (write instanceof Write.Put put) {
                put(put);
                return new WriteResult(true, Optional.of(new Item(put.key(), put.item().attributes())));
            } else if (write instanceof Write.Change change) {
                return new WriteResult(true, Optional.of(written(table, change(change))));
            }
            delete((Write.Delete) write);
            return new WriteResult(true, Optional.empty());
        } catch (ConditionalCheckFailedException e) {
            return new WriteResult(false, refusedOn(write, e.hasItem() ? e.item() : Map.of()));
        }
    }

    /** An update can make an item that we cannot read, such as one that only we find too large. It is applied then. */
    private static Item written(Table table, Map<String, AttributeValue> attributes) {
        try {
            return Attributes.existing(table, attributes);
        } catch (StoreException.Unavailable e) {
            throw new StoreException.OutcomeUnknown("the item that was written cannot be read", e);
        }
    }

    private void put(Write.Put put) {
        Expressions expressions = new Expressions();
        String condition = expressions.condition(put.condition());
        calls.make(Calls.Repetition.UNSAFE, () -> client.putItem(request -> request
                .tableName(tables.of(put.key().table()))
                .item(Attributes.of(put.item()))
                .conditionExpression(condition)
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValuesOnConditionCheckFailure(OLD)));
    }

    private Map<String, AttributeValue> change(Write.Change change) {
        Expressions expressions = new Expressions();
        UpdateExpression update = UpdateExpression.of(change, expressions);
        String condition = Expressions.both(expressions.condition(change.condition()), update.guard());
        return calls.make(Calls.Repetition.UNSAFE, () -> client.updateItem(request -> request
                .tableName(tables.of(change.key().table()))
                .key(Attributes.key(change.key()))
                .updateExpression(update.text())
                .conditionExpression(condition)
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(OLD))).attributes();
    }

    private void delete(Write.Delete delete) {
        Expressions expressions = new Expressions();
        String condition = expressions.condition(delete.condition());
        calls.make(Calls.Repetition.UNSAFE, () -> client.deleteItem(request -> request
                .tableName(tables.of(delete.key().table()))
                .key(Attributes.key(delete.key()))
                .conditionExpression(condition)
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValuesOnConditionCheckFailure(OLD)));
    }

    TransactResult apply(List<Write> writes) {
        String token = UUID.randomUUID().toString(); // one for all repetitions: the service applies it once
        List<TransactWriteItem> items = writes.stream().map(this::item).toList();
        try {
            calls.make(Calls.Repetition.KNOWN_BY_TOKEN, () -> client.transactWriteItems(
                    request -> request.transactItems(items).clientRequestToken(token)));
            return new TransactResult(true, List.of());
        } catch (TransactionCanceledException e) {
            return refused(writes, e);
        }
    }

    private static TransactResult refused(List<Write> writes, TransactionCanceledException refusal) {
        List<CancellationReason> reasons = refusal.cancellationReasons();
        List<TransactResult.Failure> failures = new ArrayList<>();
        IllegalArgumentException malformed = null;
        for (int i = 0; i < reasons.size(); i++) {
            CancellationReason reason = reasons.get(i);
            try {
                if (CONDITION_FAILED.equals(reason.code())) {
                    Map<String, AttributeValue> old = reason.hasItem() ? reason.item() : Map.of();
                    failures.add(new TransactResult.Failure(i, refusedOn(writes.get(i), old)));
                } else if (MALFORMED.equals(reason.code())) {
                    malformed = new IllegalArgumentException(reason.message(), refusal);
                }
            } catch (IllegalArgumentException e) {
                malformed = e;
            }
        }
        if (failures.isEmpty()) {
            throw malformed != null ? malformed : new IllegalArgumentException(refusal.getMessage(), refusal);
        }
        return new TransactResult(false, failures);
    }

    /** @throws IllegalArgumentException if the condition held and the update itself is what cannot be */
    private static Optional<Item> refusedOn(Write write, Map<String, AttributeValue> old) {
        Optional<Item> before = Attributes.item(write.key().table(), old);
        if (write instanceof Write.Change change) {
            LocalCheck.blame(change, before);
        }
        return before;
    }

    private TransactWriteItem item(Write write) {
        Key key = write.key();
        String table = tables.of(key.table());
        Expressions expressions = new Expressions();
        String condition = expressions.condition(write.condition());
        TransactWriteItem.Builder item = TransactWriteItem.builder();
        if (write instanceof Write.Put put) {
            item.put(part -> part.tableName(table).item(Attributes.of(put.item())).conditionExpression(condition)
                    .expressionAttributeNames(expressions.names()).expressionAttributeValues(expressions.values())
                    .returnValuesOnConditionCheckFailure(OLD));
        } else if (write instanceof Write.Change change) {
            UpdateExpression update = UpdateExpression.of(change, expressions);
            item.update(part -> part.tableName(table).key(Attributes.key(key)).updateExpression(update.text())
                    .conditionExpression(Expressions.both(condition, update.guard()))
                    .expressionAttributeNames(expressions.names()).expressionAttributeValues(expressions.values())
                    .returnValuesOnConditionCheckFailure(OLD));
        } else if (write instanceof Write.Delete) {
            item.delete(part -> part.tableName(table).key(Attributes.key(key)).conditionExpression(condition)
                    .expressionAttributeNames(expressions.names()).expressionAttributeValues(expressions.values())
                    .returnValuesOnConditionCheckFailure(OLD));
        } else {
            String check = condition != null ? condition : expressions.always();
            item.conditionCheck(part -> part.tableName(table).key(Attributes.key(key)).conditionExpression(check)
                    .expressionAttributeNames(expressions.names()).expressionAttributeValues(expressions.values())
                    .returnValuesOnConditionCheckFailure(OLD));
        }
        return item.build();
    }
}
