package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Engine;
import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Surroundings;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.DenialReason;
import com.cloudnestle.marketplace.quota.Hold;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.Reservation;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.StoreException.OutcomeUnknown;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simplest counter there is, right and wrong, to see whether the explorer tells the two apart. */
final class SampleQuota implements QuotaService, UsageHistory {

    enum Kind {
        RIGHT,
        /** Two nodes may both see the last unit. */
        LOOKS_BEFORE_IT_TAKES,
        /** Answers yes when it does not know. */
        TAKES_UNKNOWN_FOR_YES
    }

    private final Surroundings surroundings;
    private final Kind kind;

    private SampleQuota(Surroundings surroundings, Kind kind) {
        this.surroundings = surroundings;
        this.kind = kind;
    }

    static EngineMaker maker(Kind kind) {
        return surroundings -> {
            SampleQuota sample = new SampleQuota(surroundings, kind);
            return new Engine() {
                @Override
                public QuotaService quotas() {
                    return sample;
                }

                @Override
                public UsageHistory history() {
                    return sample;
                }

                @Override
                public void tick() {}

                @Override
                public void stop() {}
            };
        };
    }

    private static Key key(Subject subject) {
        return new Key(Table.USAGE, "quota#" + subject.key() + "#finder", "meter#search");
    }

    @Override
    public Decision decide(AccessRequest request) {
        Limit limit = surroundings.catalog().require("finder").tier("registered").orElseThrow().limits("search").get(0);
        Key key = key(request.subject());
        long start = limit.window().start(surroundings.clock().instant(), surroundings.clock().instant()).toEpochMilli();
        Update update = Update.builder()
                .set("tier", "registered").set("era", 1L).set("w:day", start).add("u:day", request.units()).build();
        Condition room = Condition.any(Condition.absent("u:day"), Condition.atMost("u:day", limit.amount() - request.units()));
        if (kind == Kind.LOOKS_BEFORE_IT_TAKES) {
            long used = surroundings.store().get(key).map(item -> item.number("u:day", 0)).orElse(0L);
            return used + request.units() > limit.amount()
                    ? denied(limit, used, start)
                    : answer(surroundings.store().update(key, update, Condition.NONE), limit, start);
        }
        try {
            return answer(surroundings.store().update(key, update, room), limit, start);
        } catch (OutcomeUnknown e) {
            if (kind == Kind.TAKES_UNKNOWN_FOR_YES) {
                return new Decision.Allowed(state(limit, 1, start), Optional.empty(), false);
            }
            throw e;
        }
    }

    private Decision answer(WriteResult result, Limit limit, long start) {
        long used = result.item().map(item -> item.number("u:day", 0)).orElse(0L);
        return result.applied()
                ? new Decision.Allowed(state(limit, used, start), Optional.empty(), false)
                : denied(limit, used, start);
    }

    private Decision denied(Limit limit, long used, long start) {
        return new Decision.Denied(DenialReason.DAILY_LIMIT, state(limit, used, start), "", Optional.empty());
    }

    private static QuotaState state(Limit limit, long used, long start) {
        Instant begin = Instant.ofEpochMilli(start);
        return new QuotaState("finder", "search", "registered",
                List.of(new WindowState("day", limit.amount(), used, limit.window().end(begin, begin))), Optional.empty());
    }

    @Override
    public UsagePage usage(Subject subject, LocalDate from, LocalDate to, @Nullable String solutionId, int limit,
            @Nullable String cursor) {
        Optional<Item> item = surroundings.store().get(key(subject));
        return new UsagePage(item.map(i -> new DailyUsage(from, "finder", "search", i.number("u:day", 0))).stream().toList(),
                Optional.empty());
    }

    @Override
    public void giveBack(Decision.Receipt receipt) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Reservation reserve(AccessRequest request, Duration lifetime) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Hold> hold(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public QuotaState state(Subject subject, String solutionId, String action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<QuotaState> states(Subject subject, String solutionId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<QuotaState> reset(Subject subject, String solutionId, String actor) {
        throw new UnsupportedOperationException();
    }
}
