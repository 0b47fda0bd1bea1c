package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads: strong, but for the index, whose entries are looked up strongly once they are found. */
final class Reads {

    static final String INDEX = "gi1";

    private static final int MAX_BATCH = 100;

    private final DynamoDbClient client;
    private final TableNames tables;
    private final Calls calls;
    private final Pauses pauses;

    Reads(DynamoDbClient client, TableNames tables, Calls calls, Pauses pauses) {
        this.client = client;
        this.tables = tables;
        this.calls = calls;
        this.pauses = pauses;
    }

    /** The item, expired or not. */
    Optional<Item> get(Key key) {
        GetItemResponse response = calls.make(Calls.Repetition.READS, () -> client.getItem(request -> request
                .tableName(tables.of(key.table())).key(Attributes.key(key)).consistentRead(true)));
        return Attributes.item(key.table(), response.hasItem() ? response.item() : Map.of());
    }

    /** @param now expired items are left out, in epoch seconds */
    Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor, long now) {
        checkPage(table, pk, prefix, limit);
        if (cursor != null && !cursor.startsWith(prefix)) {
            throw new IllegalArgumentException("the cursor does not belong to this query");
        }
        List<Item> found = new ArrayList<>();
        Map<String, AttributeValue> from = cursor == null ? null : Attributes.key(new Key(table, pk, cursor));
        do { // one item more than the page, to know whether it is the last
            QueryResponse response = ask(table, null, pk, prefix, reverse, limit + 1 - found.size(), from);
            response.items().stream()
                    .map(attributes -> Attributes.existing(table, attributes))
                    .filter(item -> !item.expiredAt(now))
                    .forEach(found::add);
            from = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
        } while (from != null && found.size() <= limit);
        if (found.size() <= limit) {
            return new Page(found, Optional.empty());
        }
        return new Page(found.subList(0, limit), Optional.of(found.get(limit - 1).key().sk()));
    }

    Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor, long now) {
        if (!table.indexed()) {
            throw new IllegalArgumentException("table " + table.tableName() + " has no index");
        }
        checkPage(table, g1, prefix, limit);
        Map<String, AttributeValue> from = cursor == null ? null : start(g1, Place.parse(table, cursor));
        List<Place> places = new ArrayList<>();
        List<Item> found = new ArrayList<>();
        do {
            QueryResponse response = ask(table, INDEX, g1, prefix, false, limit + 1 - found.size(), from);
            List<Place> entries = response.items().stream()
                    .map(entry -> new Place(entry.get(Item.G1_SORT).s(), Attributes.key(table, entry))).toList();
            Map<Key, Item> present = get(table, entries.stream().map(Place::key).toList());
            for (Place entry : entries) {
                Item item = present.get(entry.key());
                if (item != null && !item.expiredAt(now) && stillThere(item, g1, prefix)) {
                    places.add(entry);
                    found.add(item);
                }
            }
            from = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
        } while (from != null && found.size() <= limit);
        if (found.size() <= limit) {
            return new Page(found, Optional.empty());
        }
        return new Page(found.subList(0, limit), Optional.of(places.get(limit - 1).text()));
    }

    /** The index lags behind: what it names may have moved or changed since. */
    private static boolean stillThere(Item item, String g1, String prefix) {
        return item.string(Item.G1).filter(g1::equals).isPresent()
                && item.string(Item.G1_SORT).filter(sort -> sort.startsWith(prefix)).isPresent();
    }

    Page scan(Table table, int limit, @Nullable String cursor) {
        checkPage(table, "any", "", limit);
        Map<String, AttributeValue> from = cursor == null ? null : Attributes.key(Place.parse(table, cursor).key());
        ScanResponse response = calls.make(Calls.Repetition.READS, () -> client.scan(request -> request
                .tableName(tables.of(table)).limit(limit).exclusiveStartKey(from).consistentRead(true)));
        List<Item> items =
                response.items().stream().map(attributes -> Attributes.existing(table, attributes)).toList();
        return new Page(items, response.hasLastEvaluatedKey()
                ? Optional.of(new Place("scan", Attributes.key(table, response.lastEvaluatedKey())).text())
                : Optional.empty());
    }

    private QueryResponse ask(Table table, @Nullable String index, String partition, String prefix, boolean reverse,
            int limit, @Nullable Map<String, AttributeValue> from) {
        Expressions expressions = new Expressions();
        String pk = expressions.name(index == null ? Attributes.PK : Item.G1);
        String sk = expressions.name(index == null ? Attributes.SK : Item.G1_SORT);
        String which = pk + " = " + expressions.value(partition)
                + (prefix.isEmpty() ? "" : " AND begins_with(" + sk + ", " + expressions.value(prefix) + ")");
        Map<String, String> names = prefix.isEmpty() ? Map.of(pk, index == null ? Attributes.PK : Item.G1) : expressions.names();
        return calls.make(Calls.Repetition.READS, () -> client.query(request -> request
                .tableName(tables.of(table))
                .indexName(index)
                .keyConditionExpression(which)
                .expressionAttributeNames(names)
                .expressionAttributeValues(expressions.values())
                .scanIndexForward(!reverse)
                .consistentRead(index == null)
                .limit(limit)
                .exclusiveStartKey(from)));
    }

    private static Map<String, AttributeValue> start(String g1, Place place) {
        Map<String, AttributeValue> start = new HashMap<>(Attributes.key(place.key()));
        start.put(Item.G1, AttributeValue.fromS(g1));
        start.put(Item.G1_SORT, AttributeValue.fromS(place.sort()));
        return start;
    }

    /** Those of the keys that hold an item now. */
    private Map<Key, Item> get(Table table, List<Key> keys) {
        Map<Key, Item> found = new HashMap<>();
        for (int i = 0; i < keys.size(); i += MAX_BATCH) {
            get(table, keys.subList(i, Math.min(keys.size(), i + MAX_BATCH)), found);
        }
        return found;
    }

    private void get(Table table, List<Key> keys, Map<Key, Item> found) {
        String name = tables.of(table);
        long began = pauses.now();
        List<Map<String, AttributeValue>> left = keys.stream().map(Attributes::key).toList();
        for (int number = 0; ; number++) {
            Map<String, KeysAndAttributes> wanted =
                    Map.of(name, KeysAndAttributes.builder().keys(left).consistentRead(true).build());
            BatchGetItemResponse response =
                    calls.make(Calls.Repetition.READS, () -> client.batchGetItem(request -> request.requestItems(wanted)));
            for (Map<String, AttributeValue> attributes : response.responses().getOrDefault(name, List.of())) {
                Item item = Attributes.existing(table, attributes);
                found.put(item.key(), item);
            }
            KeysAndAttributes unprocessed = response.unprocessedKeys().get(name);
            if (unprocessed == null || unprocessed.keys().isEmpty()) {
                return;
            }
            left = unprocessed.keys();
            if (!pauses.before(number, began)) {
                throw calls.busy("BatchGetItem leaves " + left.size() + " keys of " + name + " unprocessed");
            }
        }
    }

    private static void checkPage(Table table, String partition, String prefix, int limit) {
        if (limit < 1 || limit > Store.MAX_PAGE) {
            throw new IllegalArgumentException("limit must be 1 to " + Store.MAX_PAGE + ", was " + limit);
        }
        new Key(table, partition, prefix.isEmpty() ? "any" : prefix); // refuses what can be no key
    }
}
