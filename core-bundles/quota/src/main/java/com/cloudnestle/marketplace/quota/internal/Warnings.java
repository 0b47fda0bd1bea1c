package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.quota.QuotaListener;
import com.cloudnestle.marketplace.quota.QuotaListener.Warning;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a customer has used most of a limit, and tells it later on another thread. What a decision pays is one comparison:
 * each block knows at how many units left somebody is to be told. What is told is remembered in the account; when that was
 * forgotten, it is told again.
 */
final class Warnings {

    private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);

    /** While so many wait to be told, later ones are noticed with a later decision. */
    private static final int WAITING = 10_000;

    private static final int PERCENT = 100;

    private final Queue<Due> due = new ArrayBlockingQueue<>(WAITING);

    /** A window in which a limit was nearly used up. */
    record Place(String window, long start, long limit) {}

    private record Due(Account account, Subject.User user, List<Place> places, List<Warning> warnings) {}

    /** Units used from which on a limit is nearly used up; -1 if it is not warned of. */
    static long threshold(long limit) {
        long above = limit * (PERCENT - QuotaListener.NEARLY_PERCENT) / PERCENT;
        return above < 1 ? -1 : limit - above;
    }

    /** A decision has reached what the block says; called by it, with or without the account's lock. */
    void reached(Account account, Block block, long left) {
        if (account.warning || !(account.subject instanceof Subject.User user)) {
            return;
        }
        List<Place> places = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        List<WindowState> states = block.state(left).windows();
        for (int i = 0; i < states.size(); i++) {
            collect(account, block.rules.tier(), block.place(i), states.get(i), places, warnings);
        }
        offer(new Due(account, user, places, warnings));
    }

    /** Units were taken without a block, and the counter is as it is now. */
    void taken(Account account, Counter counter, long own) {
        if (account.warning || !(account.subject instanceof Subject.User user)) {
            return;
        }
        List<Place> places = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        List<WindowState> states = counter.state(own, account.rest).windows();
        for (int i = 0; i < states.size(); i++) {
            Counter.Slot slot = counter.slots().get(i);
            Place place = new Place(slot.name(), slot.start(), slot.limit().amount());
            collect(account, counter.terms().tier(), place, states.get(i), places, warnings);
        }
        offer(new Due(account, user, places, warnings));
    }

    private static void collect(
            Account account, String tier, Place place, WindowState state, List<Place> places, List<Warning> warnings) {
        long threshold = threshold(place.limit);
        if (threshold >= 0 && state.used() >= threshold && !account.warned.contains(place)) {
            places.add(place);
            warnings.add(new Warning(account.subject.key(), account.id.solution, account.id.action, tier,
                    Instant.ofEpochMilli(place.start), state));
        }
    }

    private void offer(Due next) {
        if (!next.warnings.isEmpty()) {
            next.account.warning = true;
            next.account.warning = due.offer(next);
        }
    }

    /** Tells what is due. What a listener could not take is told it again next time. Calls must not overlap. */
    void tell(List<QuotaListener> listeners) {
        if (listeners.isEmpty()) {
            return;
        }
        List<Due> again = new ArrayList<>();
        for (Due next = due.poll(); next != null; next = due.poll()) {
            if (told(next, listeners)) {
                settled(next);
            } else {
                again.add(next);
            }
        }
        for (Due next : again) {
            next.account.warning = due.offer(next);
        }
    }

    private static boolean told(Due next, List<QuotaListener> listeners) {
        try {
            for (Warning warning : next.warnings) {
                listeners.forEach(listener -> listener.nearlyUsedUp(warning));
            }
            return true;
        } catch (RuntimeException e) { // listeners are anybody's
            LOG.warn("event=quota_warning_not_told solution={} next=later", next.account.id.solution, e);
            return false;
        }
    }

    private static void settled(Due next) {
        Account account = next.account;
        account.lock.lock();
        try {
            List<Place> warned = new ArrayList<>(account.warned);
            // of a window only the latest counts
            warned.removeIf(old -> next.places.stream()
                    .anyMatch(place -> place.window.equals(old.window) && place.limit == old.limit));
            warned.addAll(next.places);
            account.warned = List.copyOf(warned);
            account.warning = false;
            Block block = account.block;
            if (block != null) {
                block.warnOf(account);
            }
        } finally {
            account.lock.unlock();
        }
    }
}
