package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * What a table has to look like.
 *
 * @param group decides on the settings that cost or protect
 */
record ExpectedTable(Table table, String name, Group group) {

    /** Tables split by load: a storm on one group must not starve another. */
    enum Group {
        /** The slow-moving truth. */
        MAIN,
        /** Hot counters: no index, for each would cost a write more. */
        QUOTA,
        /** Only appended to, hardly read. */
        LOG
    }

    static final String TTL = Item.TTL;

    static ExpectedTable of(Table table, TableNames names) {
        Group group = switch (table) {
            case USAGE -> Group.QUOTA;
            case AUDIT -> Group.LOG;
            default -> Group.MAIN;
        };
        return new ExpectedTable(table, names.of(table), group);
    }

    TableClass tableClass() {
        return group == Group.LOG ? TableClass.STANDARD_INFREQUENT_ACCESS : TableClass.STANDARD;
    }

    /** Each difference as one line that begins with the table's name; empty if the table will do. */
    List<String> differences(TableDescription actual) {
        List<String> differences = new ArrayList<>();
        Map<String, String> types = new LinkedHashMap<>();
        actual.attributeDefinitions().forEach(one -> types.put(one.attributeName(), one.attributeTypeAsString()));
        keys(actual.keySchema(), types, "", Attributes.PK, Attributes.SK, differences);
        if (table.indexed()) {
            actual.globalSecondaryIndexes().stream().filter(index -> index.indexName().equals(Reads.INDEX)).findFirst()
                    .ifPresentOrElse(index -> index(index, types, differences), () -> differences.add(name + ": index "
                            + Reads.INDEX + " is missing; expected " + Item.G1 + " (S), " + Item.G1_SORT + " (S), KEYS_ONLY"));
        }
        if (!usable(actual)) {
            differences.add(name + ": status " + actual.tableStatusAsString() + ", not ACTIVE");
        }
        return differences;
    }

    /** Whether it answers: also while its settings are changed. */
    static boolean usable(TableDescription actual) {
        return actual.tableStatus() == TableStatus.ACTIVE || actual.tableStatus() == TableStatus.UPDATING;
    }

    private void index(GlobalSecondaryIndexDescription index, Map<String, String> types, List<String> differences) {
        keys(index.keySchema(), types, "index " + Reads.INDEX + ": ", Item.G1, Item.G1_SORT, differences);
        if (index.projection().projectionType() != ProjectionType.KEYS_ONLY) {
            differences.add(name + ": index " + Reads.INDEX + ": projection is " + index.projection().projectionTypeAsString()
                    + "; expected KEYS_ONLY");
        }
        if (index.indexStatus() != IndexStatus.ACTIVE && index.indexStatus() != IndexStatus.UPDATING) {
            differences.add(name + ": index " + Reads.INDEX + ": status " + index.indexStatusAsString() + ", not ACTIVE");
        }
    }

    private void keys(List<KeySchemaElement> actual, Map<String, String> types, String where, String hash, String range,
            List<String> differences) {
        key(actual, types, KeyType.HASH, where + "partition key", hash, differences);
        key(actual, types, KeyType.RANGE, where + "sort key", range, differences);
    }

    private void key(List<KeySchemaElement> actual, Map<String, String> types, KeyType kind, String what, String expected,
            List<String> differences) {
        String found = actual.stream().filter(key -> key.keyType() == kind).findFirst()
                .map(key -> key.attributeName() + " (" + types.get(key.attributeName()) + ")").orElse("");
        if (!found.equals(expected + " (S)")) {
            differences.add(name + ": " + what + (found.isEmpty() ? " is missing" : " is " + found)
                    + "; expected " + expected + " (S)");
        }
    }

    CreateTableRequest creation() {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .tableClass(tableClass())
                .keySchema(schema(Attributes.PK, Attributes.SK));
        List<AttributeDefinition> attributes = new ArrayList<>(texts(Attributes.PK, Attributes.SK));
        if (table.indexed()) {
            attributes.addAll(texts(Item.G1, Item.G1_SORT));
            request.globalSecondaryIndexes(index -> index
                    .indexName(Reads.INDEX)
                    .keySchema(schema(Item.G1, Item.G1_SORT))
                    .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY)));
        }
        return request.attributeDefinitions(attributes).build();
    }

    private static List<KeySchemaElement> schema(String hash, String range) {
        return List.of(
                KeySchemaElement.builder().attributeName(hash).keyType(KeyType.HASH).build(),
                KeySchemaElement.builder().attributeName(range).keyType(KeyType.RANGE).build());
    }

    private static List<AttributeDefinition> texts(String... names) {
        return Stream.of(names)
                .map(name -> AttributeDefinition.builder()
                        .attributeName(name).attributeType(ScalarAttributeType.S).build())
                .toList();
    }
}
