package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.ledger.Ledger;
import com.cloudnestle.marketplace.notification.Mailer;
import com.cloudnestle.marketplace.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The parts of the bundle, put together. */
final class Parts {

    /**
     * What payments need of the rest of the platform.
     *
     * @param node this process
     */
    record Platform(
            Store store, Ledger ledger, CatalogService catalog, CustomerDirectory customers, EntitlementService entitlements,
            AuditLog audit, InstantSource clock, String node, Mailer mailer, Accounts accounts) {}

    final PaymentBook book;
    final Quotes quotes;
    final Holdings holdings;
    final Offers offers;
    final Purchases purchases;
    final Checkouts checkouts;
    final Inquiries inquiries;
    final RecentAsks asks;
    final Refunds refunds;
    final Ownership ownership;
    final Progress progress;
    final Inbox inbox;
    final Searches searches;
    final Worker worker;
    final Lease lease;
    final AuditLog audit;

    Parts(Platform platform, InstalledGateways gateways, PaymentSettings settings, PublicAddress address, Executor threads) {
        InstantSource clock = platform.clock();
        book = new PaymentBook(platform.store(), clock);
        offers = new Offers(gateways, settings, clock);
        ownership = new Ownership(book, platform.catalog(), platform.customers(), platform.entitlements());
        Terms terms = new Terms(settings.taxes().zone());
        holdings = new Holdings(book, ownership, terms);
        quotes = new Quotes(book, platform.catalog(), settings.taxes(), ownership, holdings);
        Grants grants = new Grants(book, ownership, terms);
        Tasks tasks = new Tasks(platform.store(), clock);
        audit = platform.audit();
        lease = new Lease(platform.store(), clock, platform.node());
        Map<Task.Kind, Function<Task, Optional<Instant>>> work = new EnumMap<>(Task.Kind.class);
        progress = new Progress(book, new DocumentNumbers(book), this::begin);
        Returns returns = new Returns(book, platform.ledger(), grants, tasks, settings.documents());
        refunds = new Refunds(book, returns, tasks, offers);
        Settlements settlements = new Settlements(book, grants, platform.ledger(), tasks, settings);
        asks = new RecentAsks(clock);
        inquiries = new Inquiries(book, offers, settlements, refunds, returns, progress, asks);
        Effects effects = new Effects(book, ownership, audit);
        PollWork polls = new PollWork(book, offers, inquiries, refunds);
        work.put(Task.Kind.POLL, polls::payment);
        work.put(Task.Kind.REFUND, polls::refund);
        work.put(Task.Kind.EFFECT, effects::work);
        work.put(Task.Kind.WEBHOOK, new WebhookWork(book, inquiries, refunds, effects)::work);
        TermWork ends = new TermWork(book, ownership, grants, tasks, progress, new TermMails(
                platform.mailer(), platform.customers(), platform.accounts(), platform.catalog(), address, terms));
        work.put(Task.Kind.TERM_END, ends::end);
        work.put(Task.Kind.TERM_REMINDER, ends::remind);
        work.put(Task.Kind.BUYER_END, new BuyerWork(book, progress)::end);
        worker = new Worker(tasks, lease, threads, work);
        checkouts = new Checkouts(book, offers, platform.catalog(), platform.customers(), address, inquiries, progress);
        purchases = new Purchases(book, quotes, offers, platform.catalog(), platform.customers(), address, settings.checkoutFor());
        inbox = new Inbox(book, offers, tasks, this::begin);
        searches = new Searches(book, settings.documents());
    }

    /** The worker needs the work, and the work gives the worker more. */
    private void begin(Task task) {
        worker.begin(task);
    }
}
