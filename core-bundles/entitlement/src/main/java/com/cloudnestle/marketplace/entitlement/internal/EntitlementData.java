package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.PersonalData;
import com.cloudnestle.marketplace.identity.PersonalJson;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * A person's entitlements with their tokens and codes. Erased before the usage, of which a little is remembered without the
 * person ({@link FormerEntitlements}). Tokens go first and the entitlement only if none was made meanwhile, so at no moment is
 * there a token that works and is not found again.
 */
@Component(service = PersonalData.class)
public final class EntitlementData implements PersonalData {

    private static final int TURN = 10;

    private final Store store;
    private final CatalogService catalog;
    private final EntitlementService entitlements;
    private final CustomerDirectory customers;
    private final QuotaService quota;
    private final AuditLog audit;
    private final InstantSource clock;
    private final FormerEntitlements former;

    @Activate
    public EntitlementData(
            @Reference CacheSettings settings,
            @Reference CatalogService catalog,
            @Reference EntitlementService entitlements,
            @Reference CustomerDirectory customers,
            @Reference QuotaService quota,
            @Reference ServerSecrets secrets,
            @Reference AuditLog audit,
            @Reference InstantSource clock) {
        this.store = settings.store();
        this.catalog = catalog;
        this.entitlements = entitlements;
        this.customers = customers;
        this.quota = quota;
        this.audit = audit;
        this.clock = clock;
        this.former = new FormerEntitlements(store, secrets);
    }

    @Override
    public String name() {
        return "entitlements";
    }

    @Override
    public int turn() {
        return TURN;
    }

    @Override
    public String export(String customerId) {
        return new PersonalJson()
                .json("solutions", PersonalJson.array(
                        entitlements.ofCustomer(customerId).stream().map(this::exported).toList()))
                .json("codes", PersonalJson.array(codes(customerId).stream()
                        .map(item -> new PersonalJson()
                                .text("solution_id", EntitlementItem.text(item, "solution_id"))
                                .text("expires_at", EntitlementItem.text(item, "expires_at"))
                                .toString())
                        .toList()))
                .toString();
    }

    private String exported(Entitlement entitlement) {
        return new PersonalJson()
                .text("id", entitlement.id())
                .text("solution_id", entitlement.solutionId())
                .text("tier", entitlement.tier())
                .text("status", EntitlementItem.wire(entitlement.status()))
                .text("created_at", entitlement.createdAt().toString())
                .text("since", entitlement.since().toString())
                .text("updated_at", entitlement.updatedAt().toString())
                .json("tokens", PersonalJson.array(tokens(entitlement.customerId(), entitlement.solutionId()).stream()
                        .map(item -> exported(TokenItem.read(item)))
                        .toList()))
                .toString();
    }

    private String exported(TokenItem token) {
        TokenHolder holder = token.holder();
        PersonalJson json = new PersonalJson()
                .text("id", holder.tokenId())
                .text("issued_at", holder.issuedAt().toString())
                .text("state", token.state(clock.instant()).name());
        holder.expiresAt().ifPresent(end -> json.text("expires_at", end.toString()));
        return json.toString();
    }

    @Override
    public void erase(String customerId, String actor) {
        Optional<String> partition = EntitlementItem.partition(customerId);
        if (partition.isEmpty()) {
            return;
        }
        entitlements.ofCustomer(customerId); // brings those of older software into the present form, where that can be done
        items(partition.get()).forEach(item -> erase(customerId, item.key(), actor));
        customers.find(customerId).ifPresent(customer ->
                items(EntitlementItem.USER + customer.email().value()).forEach(item -> eraseOld(item.key())));
        catalog.entries().forEach(solution -> tokens(customerId, solution.id()).forEach(this::delete));
        codes(customerId).forEach(this::delete);
    }

    private void erase(String customerId, Key key, String actor) {
        boolean[] erased = {false};
        Races.untilWon(() -> {
            Optional<Item> seen = store.get(key);
            if (seen.isPresent() && LegacyEntitlement.isOld(seen.get())) {
                eraseOld(key);
            } else if (seen.isPresent()) {
                TokenPlace place = TokenPlace.read(seen.get());
                place.hashes().forEach(hash -> store.delete(TokenItem.key(hash), Condition.NONE));
                tokens(customerId, place.entitlement().solutionId()).forEach(this::delete);
                if (!store.transact(goodbye(place)).applied()) {
                    return Optional.empty();
                }
                erased[0] = true;
            }
            return Optional.of(key);
        });
        if (erased[0]) {
            String solutionId = key.sk().substring(EntitlementItem.SOLUTION.length());
            audit.append(actor, "entitlement.erased", customerId, Map.of("solution", solutionId));
        }
    }

    private List<Write> goodbye(TokenPlace place) {
        Entitlement entitlement = place.entitlement();
        List<Write> writes = new ArrayList<>();
        writes.add(place.end());
        Optional<CatalogEntry> solution = catalog.find(entitlement.solutionId());
        solution.flatMap(known -> former.remembrance(entitlement, known,
                        quota.states(new Subject.User(entitlement.customerId()), known.id()), clock.instant()))
                .ifPresent(writes::add);
        return writes;
    }

    /** One that could not be brought into the present form, and the note that says so. */
    private void eraseOld(Key key) {
        store.delete(key, Condition.NONE);
        store.delete(LegacyKeys.quarantine(key), Condition.NONE);
    }

    private void delete(Item item) {
        store.delete(item.key(), Condition.NONE);
    }

    private List<Item> items(String partition) {
        return all(cursor -> store.query(Table.ENTITLEMENTS, partition, "", false, Store.MAX_PAGE, cursor.orElse(null)));
    }

    /** All that the index knows, also those that ended long ago. */
    private List<Item> tokens(String customerId, String solutionId) {
        String place = TokenItem.place(customerId, solutionId);
        return all(cursor -> store.index(Table.TOKENS, place, "", Store.MAX_PAGE, cursor.orElse(null)));
    }

    /** The index may lag; a code that is missed works no longer without an entitlement, and ends by itself within the hour. */
    private List<Item> codes(String customerId) {
        return all(cursor -> store.index(
                Table.SESSIONS, HandoverCode.ofCustomer(customerId), "", Store.MAX_PAGE, cursor.orElse(null)));
    }

    private static List<Item> all(Function<Optional<String>, Page> pages) {
        List<Item> items = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = pages.apply(cursor);
            items.addAll(page.items());
            cursor = page.cursor();
        } while (cursor.isPresent());
        return items;
    }
}
