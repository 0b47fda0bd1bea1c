package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Mandates;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Standing consents as subscriptions: Razorpay charges by the plan, tells buyers before and tries again after a failure. A plan
 * is shared by all subscriptions of the same price; the platform's key is in the notes of a subscription.
 */
final class Subscriptions implements Mandates {

    private static final String PATH = "/subscriptions";
    private static final int PAGE = 100;
    private static final int MOST_LISTED = 10_000;
    private static final int MOST_CYCLES = 1200;
    /** A repetition of the opening comes within this time of the first. */
    private static final Duration LOOK_BACK = Duration.ofDays(2);

    private final AccountSettings settings;
    private final RazorpayApi api;
    private final Orders pages;
    private final InstantSource clock;

    Subscriptions(AccountSettings settings, RazorpayApi api, Orders pages, InstantSource clock) {
        this.settings = settings;
        this.api = api;
        this.pages = pages;
        this.clock = clock;
    }

    @Override
    public boolean providerCharges() {
        return true;
    }

    @Override
    public Checkout setUp(MandateRequest request) throws GatewayException {
        Money each = request.first().amount();
        if (each.compareTo(request.maximum()) > 0) {
            throw new GatewayException(Kind.INVALID_REQUEST, "each charge of a subscription is as much as the first, which is more than the maximum");
        }
        Optional<Entity> before = byNote(request.mandateId());
        Entity subscription = before.isPresent() ? before.get() : create(request);
        String id = Ids.require(Ids.SUBSCRIPTION, subscription.require("id"));
        return new Checkout(id, settings.links() ? new Checkout.Redirect(URI.create(subscription.require("short_url")))
                : pages.page(request.first(), "subscription_id", id), request.first().expiresAt());
    }

    private Entity create(MandateRequest request) throws GatewayException {
        int cycles = cycles(request);
        ObjectNode body = RazorpayApi.body().put("plan_id", plan(request)).put("total_count", cycles).put("quantity", 1)
                .put("customer_notify", true).put("expire_by", request.first().expiresAt().getEpochSecond());
        body.putObject("notes").put("mandate_id", request.mandateId()).put("payment_id", request.first().paymentId());
        return Repeats.orFind(() -> api.post(PATH, body), () -> byNote(request.mandateId()));
    }

    /** How many charges until the end of the consent, the first included. */
    private int cycles(MandateRequest request) throws GatewayException {
        Period every = switch (request.every()) {
            case MONTHLY -> Period.ofMonths(1);
            case QUARTERLY -> Period.ofMonths(3);
            case YEARLY -> Period.ofYears(1);
        };
        int cycles = 0;
        Instant now = clock.instant();
        while (cycles <= MOST_CYCLES && now.atOffset(ZoneOffset.UTC).plus(every.multipliedBy(cycles)).toInstant().isBefore(request.until())) {
            cycles++;
        }
        if (cycles == 0 || cycles > MOST_CYCLES) {
            throw new GatewayException(Kind.INVALID_REQUEST, "a subscription has 1 to " + MOST_CYCLES + " charges");
        }
        return cycles;
    }

    /** Plans cannot be changed, so one with the same key is the same; a second one of the same price would do no harm. */
    private String plan(MandateRequest request) throws GatewayException {
        Money each = request.first().amount();
        String period = switch (request.every()) {
            case MONTHLY -> "monthly";
            case QUARTERLY -> "quarterly";
            case YEARLY -> "yearly";
        };
        String key = each.currency() + "-" + each.minor() + "-" + period;
        Optional<Entity> known = find("/plans", Map.of(), "plan_key", key);
        if (known.isPresent()) {
            return Ids.require("plan_", known.get().require("id"));
        }
        ObjectNode body = RazorpayApi.body().put("period", period).put("interval", 1);
        body.putObject("item").put("name", request.first().description()).put("amount", each.minor()).put("currency", each.currency());
        body.putObject("notes").put("plan_key", key);
        Entity made = Repeats.orFind(() -> api.post("/plans", body), () -> find("/plans", Map.of(), "plan_key", key));
        return Ids.require("plan_", made.require("id"));
    }

    private Optional<Entity> byNote(String mandateId) throws GatewayException {
        return find(PATH, Map.of("from", Long.toString(clock.instant().minus(LOOK_BACK).getEpochSecond())), "mandate_id", mandateId);
    }

    private Optional<Entity> find(String path, Map<String, String> filter, String note, String value) throws GatewayException {
        for (int skip = 0; skip < MOST_LISTED; skip += PAGE) {
            Map<String, String> query = new HashMap<>(filter);
            query.put("count", Integer.toString(PAGE));
            query.put("skip", Integer.toString(skip));
            List<Entity> page = api.get(path, query).items("items");
            Optional<Entity> found = page.stream().filter(item -> item.note(note).filter(value::equals).isPresent()).findFirst();
            if (found.isPresent() || page.size() < PAGE) {
                return found;
            }
        }
        throw new GatewayException(Kind.OUTCOME_UNKNOWN, "looked through " + MOST_LISTED + " of " + path + " in vain");
    }

    @Override
    public MandateSnapshot fetch(MandateRequest request, Optional<String> providerMandateId) throws GatewayException {
        return snapshot(request, known(request, providerMandateId));
    }

    private Entity known(MandateRequest request, Optional<String> id) throws GatewayException {
        Entity subscription = id.isPresent() ? api.get(PATH + "/" + Ids.require(Ids.SUBSCRIPTION, id.get()), Map.of())
                : byNote(request.mandateId()).orElseThrow(() -> new GatewayException(Kind.NOT_FOUND, "Razorpay has no such subscription"));
        if (id.filter(asked -> !asked.equals(subscription.textOr("id", ""))).isPresent()
                || subscription.note("mandate_id").filter(request.mandateId()::equals).isEmpty()) {
            throw new GatewayException(Kind.MISMATCH, "asked for one subscription, Razorpay answers with another");
        }
        return subscription;
    }

    private static MandateSnapshot snapshot(MandateRequest request, Entity subscription) throws GatewayException {
        State state = switch (subscription.textOr("status", "")) {
            case "created" -> State.CREATED;
            case "authenticated" -> State.PENDING; // consent is there, the first charge is still to come
            case "active" -> State.ACTIVE;
            case "pending" -> State.PAST_DUE;
            case "halted" -> State.HALTED;
            case "paused" -> State.PAUSED;
            case "cancelled" -> State.CANCELLED;
            case "expired" -> State.EXPIRED;
            case "completed" -> State.COMPLETED;
            default -> State.UNKNOWN;
        };
        return new MandateSnapshot(request.mandateId(), Ids.require(Ids.SUBSCRIPTION, subscription.require("id")), state, "");
    }

    /** Razorpay tells the buyer itself. */
    @Override
    public Instant announce(Charge charge) {
        return charge.dueAt();
    }

    @Override
    public PaymentSnapshot charge(Charge charge) throws GatewayException {
        throw new GatewayException(Kind.UNSUPPORTED, "Razorpay charges subscriptions by their plan");
    }

    @Override
    public MandateSnapshot cancel(MandateRequest request, Optional<String> providerMandateId, boolean atPeriodEnd) throws GatewayException {
        Entity before = known(request, providerMandateId);
        MandateSnapshot snapshot = snapshot(request, before);
        if (snapshot.state() == State.CANCELLED || snapshot.state() == State.EXPIRED || snapshot.state() == State.COMPLETED) {
            return snapshot;
        }
        return snapshot(request, api.post(PATH + "/" + snapshot.providerMandateId() + "/cancel",
                RazorpayApi.body().put("cancel_at_cycle_end", atPeriodEnd)));
    }
}
