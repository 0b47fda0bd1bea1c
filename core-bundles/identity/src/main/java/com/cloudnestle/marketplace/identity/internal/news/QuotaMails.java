package com.cloudnestle.marketplace.identity.internal.news;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.PersonalData;
import com.cloudnestle.marketplace.identity.PersonalJson;
import com.cloudnestle.marketplace.identity.internal.IdentityConfig;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.identity.internal.account.AccountItems;
import com.cloudnestle.marketplace.identity.internal.account.PersonMails;
import com.cloudnestle.marketplace.identity.internal.account.StoredAccount;
import com.cloudnestle.marketplace.quota.QuotaListener;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Warns people by mail when most of a window is used: one mail for each window and limit. That there was one is remembered
 * until the window ends; between the mail and the mark the mail's key keeps a crash from sending another.
 */
@Component(service = {QuotaListener.class, PersonalData.class}, configurationPid = "com.cloudnestle.marketplace.identity")
public final class QuotaMails implements QuotaListener, PersonalData {

    private static final String MARK = "warned#";
    /** Longer than any difference of clocks. */
    private static final Duration KEPT_AFTER_END = Duration.ofDays(1);

    private final Store store;
    private final AccountItems accounts;
    private final CatalogService catalog;
    private final PersonMails mails;
    private final InstantSource clock;
    private final boolean wanted;

    @Activate
    public QuotaMails(@Reference Store store, @Reference AccountItems accounts, @Reference CatalogService catalog,
            @Reference PersonMails mails, @Reference InstantSource clock, IdentityConfig config) {
        this(store, accounts, catalog, mails, clock, config.quota__warning__mails());
    }

    QuotaMails(Store store, AccountItems accounts, CatalogService catalog, PersonMails mails, InstantSource clock, boolean wanted) {
        this.store = store;
        this.accounts = accounts;
        this.catalog = catalog;
        this.mails = mails;
        this.clock = clock;
        this.wanted = wanted;
    }

    @Override
    public void nearlyUsedUp(Warning warning) {
        Optional<Account> account = accounts.find(warning.customerId()).map(StoredAccount::account);
        if (!wanted || account.filter(person -> !person.suspended()).isEmpty()) {
            return;
        }
        Key mark = mark(warning);
        if (store.get(mark).isPresent()) {
            return;
        }
        String solution = catalog.find(warning.solutionId()).map((CatalogEntry entry) -> entry.descriptor().name())
                .orElse(warning.solutionId());
        mails.quotaWarning(account.get(), mark.pk() + " " + mark.sk(), solution, warning);
        Map<String, Object> attributes = new HashMap<>(Map.of("at", Stored.now(clock).toString(), "solution_id",
                warning.solutionId(), "action", warning.action(), "window", warning.window().window()));
        warning.window().resetsAt().ifPresent(end -> attributes.put(Item.TTL, end.plus(KEPT_AFTER_END).getEpochSecond()));
        store.put(new Item(mark, attributes), Condition.NONE);
    }

    private static Key mark(Warning warning) {
        String window = warning.solutionId() + "#" + warning.action() + "#" + warning.window().window() + "#"
                + warning.windowStart().toEpochMilli() + "#" + warning.window().limit();
        return new Key(Table.USERS, partition(warning.customerId()), MARK + window);
    }

    private static String partition(String customerId) {
        return "user#" + Stored.uuid(customerId).orElseThrow();
    }

    @Override
    public String name() {
        return "quota_warnings";
    }

    @Override
    public String export(String customerId) {
        return PersonalJson.array(marks(customerId).stream()
                .map(item -> new PersonalJson()
                        .text("at", Stored.text(item, "at"))
                        .text("solution_id", Stored.text(item, "solution_id"))
                        .text("action", Stored.text(item, "action"))
                        .text("window", Stored.text(item, "window"))
                        .toString())
                .toList());
    }

    @Override
    public void erase(String customerId, String actor) {
        marks(customerId).forEach(item -> store.delete(item.key(), Condition.NONE));
    }

    private List<Item> marks(String customerId) {
        List<Item> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.query(Table.USERS, partition(customerId), MARK, false, Store.MAX_PAGE, cursor.orElse(null));
            found.addAll(page.items());
            cursor = page.cursor();
        } while (cursor.isPresent());
        return found;
    }
}
