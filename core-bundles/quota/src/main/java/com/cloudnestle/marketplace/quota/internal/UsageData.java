package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.identity.PersonalData;
import com.cloudnestle.marketplace.identity.PersonalJson;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory.DailyUsage;
import com.cloudnestle.marketplace.quota.UsageHistory.UsagePage;
import com.cloudnestle.marketplace.store.Store;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a customer used per day. Counters, days, idempotency keys and marks of warnings all go with the person. */
@Component(service = PersonalData.class)
public final class UsageData implements PersonalData {

    /** After the entitlements, which look at the counters once more. */
    private static final int TURN = 20;

    /** No history is longer. */
    private static final int YEARS = 20;

    private final QuotaEngine engine;
    private final CatalogService catalog;
    private final InstantSource clock;

    @Activate
    public UsageData(@Reference QuotaComponent component, @Reference CatalogService catalog, @Reference InstantSource clock) {
        this(component.engine(), catalog, clock);
    }

    UsageData(QuotaEngine engine, CatalogService catalog, InstantSource clock) {
        this.engine = engine;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "usage";
    }

    @Override
    public int turn() {
        return TURN;
    }

    @Override
    public String export(String customerId) {
        List<String> days = new ArrayList<>();
        LocalDate to = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        LocalDate from = to.minusYears(YEARS).plusDays(1);
        @Nullable String cursor = null;
        do {
            UsagePage page = engine.history().usage(new Subject.User(customerId), from, to, null, Store.MAX_PAGE, cursor);
            page.rows().forEach(row -> days.add(exported(row)));
            cursor = page.cursor().orElse(null);
        } while (cursor != null);
        return PersonalJson.array(days);
    }

    private static String exported(DailyUsage row) {
        return new PersonalJson()
                .text("day", row.day().toString())
                .text("solution_id", row.solutionId())
                .text("action", row.action())
                .number("units", row.units())
                .toString();
    }

    @Override
    public void erase(String customerId, String actor) {
        Subject subject = new Subject.User(customerId);
        for (CatalogEntry solution : catalog.entries()) {
            engine.forgetting().counters(subject, solution.id());
        }
        LocalDate last = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusMonths(1);
        engine.forgetting().history(subject, last.minusYears(YEARS).minusMonths(1), last);
    }
}
