package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How solutions lie in the store: {@code solution#<id>} with the items {@code descriptor} and, if assigned, {@code profile}. */
final class SolutionItems {

    private static final Logger LOG = LoggerFactory.getLogger(SolutionItems.class);
    /** All descriptors are found under it in the index. */
    private static final String ALL = "solutions";
    private static final String JSON = "json";
    private static final String PROFILE = "profile";

    private final Store store;

    SolutionItems(Store store) {
        this.store = store;
    }

    /** Everything that was ever published, not available and without tiers. A damaged one is left out and left alone. */
    List<Listing> load() {
        List<Listing> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.index(Table.SOLUTIONS, ALL, "", Store.MAX_PAGE, cursor.orElse(null));
            page.items().forEach(item -> listing(item).ifPresent(found::add));
            cursor = page.cursor();
        } while (cursor.isPresent());
        return found;
    }

    /** One of those, asked for by its key: the index may be a moment behind. */
    Optional<Listing> find(String id) {
        return store.get(descriptorKey(id)).flatMap(this::listing);
    }

    /** Whether other processes may change the items. */
    boolean shared() {
        return store.shared();
    }

    CatalogVersion version() {
        return CatalogVersion.read(store);
    }

    private Optional<Listing> listing(Item item) {
        try {
            SolutionDescriptor descriptor = DescriptorFormat.read(item.string(JSON).orElse(""));
            if (!item.key().equals(descriptorKey(descriptor.id()))) {
                throw new FormatException("id", "does not belong to this item");
            }
            Optional<String> assigned = store.get(profileKey(descriptor.id())).flatMap(p -> p.string(PROFILE));
            return Optional.of(new Listing(descriptor, assigned, false, List.of()));
        } catch (FormatException e) {
            LOG.error("remembered solution refused item={} reason=\"{}\"", item.key().pk(), e.getMessage());
            return Optional.empty();
        }
    }

    /** The profile that was assigned to a solution, also to one that is not published yet. */
    Optional<String> assigned(String id) {
        return store.get(profileKey(id)).flatMap(item -> item.string(PROFILE));
    }

    /** Writes only if it is not remembered like that already: every start publishes the same again. */
    void save(SolutionDescriptor descriptor, Instant now) {
        String json = DescriptorFormat.write(descriptor);
        Key key = descriptorKey(descriptor.id());
        Optional<Item> present = store.get(key);
        if (present.flatMap(item -> item.string(JSON)).filter(json::equals).isPresent()) {
            return;
        }
        Update.Builder update = Update.builder()
                .set(JSON, json)
                .set("solution_id", descriptor.id())
                .set("updatedAt", now.toString())
                .set(Item.G1, ALL)
                .set(Item.G1_SORT, descriptor.id());
        if (present.isEmpty()) {
            update.set("createdAt", now.toString());
        }
        store.transact(List.of(new Write.Change(key, update.build(), Condition.NONE), CatalogVersion.next()));
    }

    void assign(String id, Optional<String> profile, Instant now) {
        Key key = profileKey(id);
        Write write = profile.isPresent()
                ? new Write.Put(new Item(key, Map.of(PROFILE, profile.get(), "updatedAt", now.toString())), Condition.NONE)
                : new Write.Delete(key, Condition.NONE);
        store.transact(List.of(write, CatalogVersion.next()));
    }

    private static Key descriptorKey(String id) {
        return new Key(Table.SOLUTIONS, "solution#" + id, "descriptor");
    }

    private static Key profileKey(String id) {
        return new Key(Table.SOLUTIONS, "solution#" + id, "profile");
    }
}
