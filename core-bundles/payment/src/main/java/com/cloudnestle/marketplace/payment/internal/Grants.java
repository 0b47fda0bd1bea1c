package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payment.Term;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.payment.internal.Credits.Share;
import com.cloudnestle.marketplace.payment.internal.PaymentBook.Note;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a payment that is paid gives: from when until when, in place of what, and at whose cost. All of it is worked out from what is
 * read here and written on condition that it still is so.
 */
final class Grants {

    static final String CREDIT_TAKEN = "credit.taken";

    /** Days that are credited are used while somebody keeps an order open, and there are providers whose orders never end. */
    private static final Duration CREDIT_HOLDS = Duration.ofDays(1);

    private final PaymentBook book;
    private final Ownership ownership;
    private final Terms terms;

    Grants(PaymentBook book, Ownership ownership, Terms terms) {
        this.book = book;
        this.ownership = ownership;
        this.terms = terms;
    }

    /**
     * What stands in the way of a payment, or what makes it the one that gives the tier; of one moment, so that nobody comes between.
     *
     * @param obstacle why the payment cannot give what it was for; empty if it can
     */
    record Look(Optional<String> obstacle, Grant grant) {}

    /**
     * @param at the moment for which it was worked out
     * @param term what is paid for; empty: it does not end with a term
     * @param anchor day of the month that terms keep
     * @param replaced the payments that gave a tier until now
     * @param writes fail if something changed since
     */
    record Grant(Instant at, Optional<Term> term, int anchor, List<String> replaced, List<Write> writes) {

        static final Grant NOTHING = new Grant(Instant.EPOCH, Optional.empty(), 0, List.of(), List.of());

        Grant {
            replaced = List.copyOf(replaced);
            writes = List.copyOf(writes);
        }

        StoredPayment.Draft on(StoredPayment.Draft draft) {
            term.ifPresent(paidFor -> draft.term(paidFor, anchor));
            return draft.replaced(replaced);
        }
    }

    Look look(StoredPayment payment, Instant now) {
        Optional<String> gone = ownership.gone(payment);
        if (gone.isPresent()) {
            return refused(gone.get());
        }
        Optional<Owned> owned = ownership.owned(payment);
        Optional<Owned.Part> running = owned.flatMap(item -> item.running(now));
        if (running.isEmpty()) {
            return payment.quote().credit().isPresent() ? refused("credit_gone") : given(payment, owned, now, List.of(), List.of());
        }
        return owned.orElseThrow().tier().equals(payment.tier())
                ? same(payment, owned.get(), running.get(), now)
                : other(payment, owned.get(), running.get(), now);
    }

    private static Look refused(String why) {
        return new Look(Optional.of(why), Grant.NOTHING);
    }

    /** The customer has the tier: it can be paid for once more if the payment is for what comes then. */
    private Look same(StoredPayment payment, Owned owned, Owned.Part running, Instant now) {
        Optional<Instant> startsAt = payment.quote().startsAt();
        boolean next = startsAt.isPresent() && startsAt.equals(running.until()) && owned.ahead(now).isEmpty();
        if (!next) {
            return refused("bought_twice");
        }
        StoredPayment before = book.require(running.payment());
        if (!byTerm(payment)) {
            return given(payment, Optional.of(owned), now, before.replaced(), List.of());
        }
        int anchor = before.anchor();
        Term term = terms.term(startsAt.get(), payment.quote().period(), anchor);
        Owned base = Owned.by(owned.item().key(), owned.tier(), running, true);
        Owned longer = base.then(new Owned.Part(payment.id(), Optional.of(term.until())));
        List<Write> writes = new ArrayList<>(List.of(new Write.Put(longer.item(), owned.unchanged())));
        writes.addAll(tasks(payment.id(), term));
        return new Look(Optional.empty(), new Grant(now, Optional.of(term), anchor, before.replaced(), writes));
    }

    /** The customer has another tier, which ends with this. */
    private Look other(StoredPayment payment, Owned owned, Owned.Part running, Instant now) {
        List<StoredPayment> before = new ArrayList<>(List.of(book.require(running.payment())));
        owned.ahead(now).ifPresent(part -> before.add(book.require(part.payment())));
        List<String> ids = before.stream().map(StoredPayment::id).toList();
        List<Share> shares = payment.shares();
        if (shares.isEmpty()) {
            return owned.byTerm() && costsNoMore(payment.quote(), before.get(0).quote())
                    ? refused("has_higher")
                    : given(payment, Optional.of(owned), now, ids, List.of());
        }
        boolean asThen = now.isBefore(payment.createdAt().plus(CREDIT_HOLDS))
                && shares.stream().map(Share::payment).toList().equals(ids);
        for (int i = 0; asThen && i < shares.size(); i++) {
            asThen = before.get(i).is(State.PAID) && Credits.spent(before.get(i)).minor() <= shares.get(i).spentMinor();
        }
        if (!asThen) {
            return refused("credit_gone");
        }
        List<Write> taken = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            taken.addAll(locked(before.get(i), shares.get(i), payment));
        }
        return given(payment, Optional.of(owned), now, ids, taken);
    }

    private static boolean costsNoMore(Quote quote, Quote present) {
        return quote.price().currency().equals(present.price().currency()) && quote.price().compareTo(present.price()) <= 0;
    }

    private List<Write> locked(StoredPayment payment, Share share, StoredPayment by) {
        Money lock = Credits.locked(payment, new Money(share.minor(), payment.total().currency()));
        StoredPayment next = payment.change().set(StoredPayment.CREDITED, payment.credited().plus(lock).minor()).done();
        return List.of(new Write.Put(next.item(), payment.unchanged()),
                book.event(next, new Note(CREDIT_TAKEN, Cause.SYSTEM, Map.of("by", by.id(), "amount", lock.toString()))));
    }

    private Look given(StoredPayment payment, Optional<Owned> owned, Instant now, List<String> replaced, List<Write> more) {
        boolean byTerm = byTerm(payment);
        int anchor = terms.day(now);
        Optional<Term> term = byTerm ? Optional.of(terms.term(now, payment.quote().period(), anchor)) : Optional.empty();
        Optional<Duration> validity = byTerm ? Optional.empty() : ownership.validity(payment.solutionId(), payment.tier());
        Owned.Part part = new Owned.Part(payment.id(), term.map(Term::until).or(() -> validity.map(now::plus)));
        Key key = Keys.owned(payment.customerId(), payment.solutionId());
        List<Write> writes = new ArrayList<>(more);
        writes.add(new Write.Put(Owned.by(key, payment.tier(), part, byTerm).item(), Owned.unchanged(owned)));
        term.ifPresent(paidFor -> writes.addAll(tasks(payment.id(), paidFor)));
        return new Look(Optional.empty(), new Grant(now, term, anchor, replaced, writes));
    }

    private boolean byTerm(StoredPayment payment) {
        return Terms.ends(payment.quote().period()) && ownership.validity(payment.solutionId(), payment.tier()).isEmpty();
    }

    private List<Write> tasks(String paymentId, Term term) {
        return List.of(Tasks.written(Task.of(Task.Kind.TERM_END, paymentId, term.until(), Map.of())),
                Tasks.written(Task.of(Task.Kind.TERM_REMINDER, paymentId, terms.remindAt(term), Map.of())));
    }

    /**
     * What follows when all that was paid goes back: what it had as credit is free again, and what gave the tier before gives it again
     * if it still lasts. Nothing if the payment never gave anything.
     */
    List<Write> ended(StoredPayment payment, Instant now) {
        if (!payment.is(State.PAID) || !payment.booked().equals(StoredPayment.SALE)) {
            return List.of();
        }
        List<Write> writes = new ArrayList<>();
        payment.shares().forEach(share -> writes.addAll(freed(share, payment)));
        Optional<Owned> owned = ownership.owned(payment).filter(item -> item.concerns(payment.id()));
        if (owned.isEmpty()) {
            return writes;
        }
        Optional<Owned.Part> ahead = owned.get().ahead(now);
        if (ahead.filter(part -> part.payment().equals(payment.id())).isPresent()) {
            writes.add(new Write.Put(owned.get().withoutNext().item(), owned.get().unchanged()));
        } else if (ahead.isPresent()) {
            writes.addAll(earlier(owned.get(), book.require(ahead.get().payment()), now));
        } else if (owned.get().running(now).filter(part -> !part.payment().equals(payment.id())).isEmpty()) {
            writes.addAll(succession(owned.get(), heirs(payment, now, true)));
        }
        return writes;
    }

    private List<Write> freed(Share share, StoredPayment by) {
        StoredPayment payment = book.require(share.payment());
        Money lock = payment.credited();
        StoredPayment next = payment.change().remove(StoredPayment.CREDITED).done();
        return List.of(new Write.Put(next.item(), payment.unchanged()),
                book.event(next, new Note("credit.freed", Cause.SYSTEM, Map.of("by", by.id(), "amount", lock.toString()))));
    }

    /** The next term begins now, since the one before it was given back: nobody pays for days without the tier. */
    private List<Write> earlier(Owned owned, StoredPayment next, Instant now) {
        int anchor = terms.day(now);
        Term term = terms.term(now, next.quote().period(), anchor);
        StoredPayment begun = next.change().term(term, anchor).done();
        Owned.Part part = new Owned.Part(next.id(), Optional.of(term.until()));
        List<Write> writes = new ArrayList<>(List.of(
                new Write.Put(begun.item(), next.unchanged()),
                book.event(begun, new Note("term.moved", Cause.SYSTEM, Map.of("until", term.until().toString()))),
                new Write.Put(Owned.by(owned.item().key(), owned.tier(), part, true).item(), owned.unchanged())));
        writes.addAll(tasks(next.id(), term));
        return writes;
    }

    /** What is written when the payment's term is over and nothing follows it; empty: something else gives the tier, or nothing did. */
    List<Write> over(StoredPayment payment, Instant now) {
        return ownership.owned(payment).filter(owned -> owned.concerns(payment.id()) && owned.running(now).isEmpty())
                .map(owned -> succession(owned, heirs(payment, now, false))).orElse(List.of());
    }

    private List<Write> succession(Owned owned, List<StoredPayment> heirs) {
        if (heirs.isEmpty()) {
            return List.of(new Write.Delete(owned.item().key(), owned.unchanged()));
        }
        StoredPayment first = heirs.get(0);
        Owned after = Owned.by(owned.item().key(), first.tier(), part(first), first.term().isPresent());
        List<Write> writes = new ArrayList<>();
        for (StoredPayment next : heirs.subList(1, heirs.size())) {
            after = after.then(part(next));
        }
        heirs.forEach(heir -> heir.term().ifPresent(term -> writes.addAll(tasks(heir.id(), term))));
        writes.add(new Write.Put(after.item(), owned.unchanged()));
        return writes;
    }

    private static Owned.Part part(StoredPayment payment) {
        return new Owned.Part(payment.id(), payment.term().map(Term::until));
    }

    /**
     * The payments that gave a tier before this one and still last; those that were used up by going on to this one only if it
     * gives them free.
     */
    private List<StoredPayment> heirs(StoredPayment payment, Instant now, boolean freed) {
        List<StoredPayment> before = payment.replaced().stream().flatMap(id -> book.find(id).stream()).toList();
        List<StoredPayment> left = before.stream().filter(each -> each.is(State.PAID) && (freed || each.credited().isZero()))
                .filter(each -> lasts(each, now)).toList();
        return !left.isEmpty() ? left : before.stream().map(each -> heirs(each, now, false))
                .filter(found -> !found.isEmpty()).findFirst().orElse(List.of());
    }

    private boolean lasts(StoredPayment payment, Instant now) {
        boolean ends = ownership.validity(payment.solutionId(), payment.tier()).isPresent();
        return ownership.sold(payment.solutionId(), payment.tier())
                && payment.term().map(term -> term.until().isAfter(now)).orElse(!ends);
    }
}
