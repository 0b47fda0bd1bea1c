package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shipped profiles and the operator's, who may also replace a shipped one. The last good version of each of the
 * operator's is remembered in the store, so that a file that is damaged or gone takes no solution's tiers away, not even
 * over a restart. Not thread-safe.
 */
final class TierProfiles {

    private static final Logger LOG = LoggerFactory.getLogger(TierProfiles.class);
    private static final List<String> SHIPPED = List.of("daily", "trial");
    private static final String JSON = "json";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private final Map<String, TierProfile> shipped = new TreeMap<>();
    private final Map<String, TierProfile> own = new HashMap<>();
    /** The operator's as they were when a change was last reported; a look that failed in between has reported nothing. */
    private Map<String, TierProfile> told = Map.of();
    private final Set<String> unremembered = new HashSet<>();
    /** Those of the operator's that were read from a file here. */
    private final Set<String> fromFiles = new HashSet<>();
    private final ProfileFolder folder;
    private final Store store;

    TierProfiles(Store store, ProfileFolder folder) {
        this.store = store;
        this.folder = folder;
        SHIPPED.forEach(name -> shipped.put(name, readShipped(name)));
    }

    Optional<TierProfile> find(String name) {
        return Optional.ofNullable(own.get(name)).or(() -> Optional.ofNullable(shipped.get(name)));
    }

    /** All of them, ordered by name. */
    List<TierProfile> all() {
        Map<String, TierProfile> all = new TreeMap<>(shipped);
        all.putAll(own);
        return List.copyOf(new ArrayList<>(all.values()));
    }

    /**
     * Looks at the operator's files.
     *
     * @param inUse tells whether a solution uses the profile of this name
     * @return whether anything is different from the last time this returned
     */
    boolean reload(Predicate<String> inUse) throws IOException {
        ProfileFolder.Look look = folder.look();
        own.putAll(look.changed());
        fromFiles.addAll(look.changed().keySet());
        fromFiles.retainAll(look.present());
        unremembered.addAll(look.changed().keySet());
        unremembered.removeIf(name -> remember(own.get(name))); // stays in the set, for the next time, if the store fails
        look.refused().stream().filter(name -> !own.containsKey(name)).forEach(this::recall);
        own.keySet().removeIf(name -> !look.present().contains(name) && mayGo(name, inUse));
        boolean changed = !own.equals(told);
        if (changed) {
            told = Map.copyOf(own);
            LOG.info("tier profiles loaded own={}", own.keySet().stream().sorted().toList());
        }
        return changed;
    }

    /** Takes the remembered version of a profile whose file is gone or damaged; false if there is none. */
    boolean recall(String name) {
        if (!NAME.matcher(name).matches()) {
            return false; // a refused file may be named anything
        }
        Optional<TierProfile> remembered = store.get(key(name))
                .flatMap(item -> item.string(JSON))
                .map(json -> ProfileFormat.read(json.getBytes(StandardCharsets.UTF_8), name));
        remembered.filter(profile -> !profile.equals(own.put(name, profile))).ifPresent(profile ->
                LOG.warn("tier profile taken from memory, its file is missing or refused profile={}", name));
        return remembered.isPresent();
    }

    /** Takes the remembered versions of those that have no file here: another node may have changed them. */
    void recallAgain() {
        List.copyOf(own.keySet()).stream().filter(name -> !fromFiles.contains(name)).forEach(this::recall);
    }

    /** A profile whose file was deleted goes, unless a solution would be left without tiers. */
    private boolean mayGo(String name, Predicate<String> inUse) {
        return shipped.containsKey(name) || !inUse.test(name);
    }

    private boolean remember(@Nullable TierProfile profile) {
        if (profile == null) {
            return true; // it went away meanwhile
        }
        String json = ProfileFormat.write(profile);
        Key key = key(profile.name());
        if (store.get(key).flatMap(item -> item.string(JSON)).filter(json::equals).isEmpty()) {
            store.transact(List.of(
                    new Write.Put(new Item(key, Map.of(JSON, json)), Condition.NONE), CatalogVersion.next()));
        }
        return true;
    }

    private static Key key(String name) {
        return new Key(Table.SOLUTIONS, "profiles", name);
    }

    private static TierProfile readShipped(String name) {
        try (InputStream in = TierProfiles.class.getResourceAsStream("/profiles/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("the bundle lacks its profile " + name);
            }
            return ProfileFormat.read(in.readAllBytes(), name);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the shipped profile " + name, e);
        }
    }
}
