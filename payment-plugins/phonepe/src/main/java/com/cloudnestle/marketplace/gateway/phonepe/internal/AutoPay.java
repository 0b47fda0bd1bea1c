package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayException.Retry;
import com.cloudnestle.marketplace.payment.Mandates;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/**
 * UPI AutoPay by Standard Checkout. The merchant asks for each charge, at least 24 hours after the buyer was told of it and at the
 * times of day that the network allows; both, and the limits, are checked here before anything is sent. A mandate that the buyer took
 * back is seen before the charge, too.
 */
final class AutoPay implements Mandates {

    static final Duration NOTICE = Duration.ofHours(24);
    private static final Duration TO_COLLECT = Duration.ofHours(24);
    private static final int LONGEST_YEARS = 30;
    private static final Set<String> ANNOUNCED = Set.of("NOTIFICATION_IN_PROGRESS", "NOTIFIED");
    private static final Set<String> OVER = Set.of("CANCELLED", "REVOKED", "EXPIRED", "FAILED", "CANCEL_IN_PROGRESS", "REVOKE_IN_PROGRESS");

    private final PhonePeApi api;
    private final Orders orders;
    private final Opening opening;
    private final long maximum;
    private final InstantSource clock;

    /** Opens an order of some kind. */
    @FunctionalInterface
    interface Opening {
        Checkout open(CheckoutRequest request, ObjectNode flow) throws GatewayException;
    }

    /** @param maximum of one later charge, in paise */
    AutoPay(PhonePeApi api, Orders orders, Opening opening, long maximum, InstantSource clock) {
        this.api = api;
        this.orders = orders;
        this.opening = opening;
        this.maximum = maximum;
        this.clock = clock;
    }

    @Override
    public boolean providerCharges() {
        return false;
    }

    @Override
    public Checkout setUp(MandateRequest request) throws GatewayException {
        long most = Identity.paise(request.maximum(), maximum);
        Identity.paise(request.first().amount(), most);
        Instant now = clock.instant();
        if (!request.until().isAfter(now) || request.until().isAfter(now.atOffset(ZoneOffset.UTC).plusYears(LONGEST_YEARS).toInstant())) {
            throw new GatewayException(Kind.LIMIT, "a mandate ends in the future, within " + LONGEST_YEARS + " years");
        }
        ObjectNode flow = PhonePeApi.object().put("type", "SUBSCRIPTION_CHECKOUT_SETUP");
        flow.putObject("subscriptionDetails")
                .put("subscriptionType", "RECURRING")
                .put("merchantSubscriptionId", Identity.key(request.mandateId()))
                .put("authWorkflowType", "TRANSACTION")
                .put("amountType", "VARIABLE") // so that a later charge may be lower than the first
                .put("maxAmount", most)
                .put("frequency", request.every().name())
                .put("productType", "UPI_MANDATE")
                .put("expireAt", request.until().toEpochMilli());
        return opening.open(request.first(), flow);
    }

    @Override
    public MandateSnapshot fetch(MandateRequest request, Optional<String> providerMandateId) throws GatewayException {
        JsonNode mandate = look(request.mandateId());
        if (providerMandateId.isPresent()) {
            Identity.same(mandate, "subscriptionId", providerMandateId.get());
        }
        return snapshot(request.mandateId(), mandate);
    }

    private JsonNode look(String mandateId) throws GatewayException {
        JsonNode mandate = api.look("/checkout/v2/subscriptions/" + Identity.key(mandateId) + "/status");
        Identity.same(mandate, "merchantSubscriptionId", mandateId);
        return mandate;
    }

    private static MandateSnapshot snapshot(String mandateId, JsonNode mandate) throws GatewayException {
        State state = switch (mandate.path("state").asText("")) {
            case "ACTIVATION_IN_PROGRESS", "PENDING" -> State.PENDING;
            case "ACTIVE" -> State.ACTIVE;
            case "PAUSE_IN_PROGRESS", "PAUSED", "UNPAUSE_IN_PROGRESS" -> State.PAUSED;
            // On the way to its end nothing is collected any more; a set-up that failed never began.
            case "CANCEL_IN_PROGRESS", "CANCELLED", "REVOKE_IN_PROGRESS", "REVOKED", "FAILED" -> State.CANCELLED;
            case "EXPIRED" -> State.EXPIRED;
            default -> State.UNKNOWN;
        };
        return new MandateSnapshot(mandateId, Identity.providerKey(mandate, "subscriptionId"), state, Identity.failure(mandate));
    }

    /**
     * Announced twice it is announced once: the provider knows the key of the charge.
     *
     * @throws GatewayException {@code DECLINED} if there is no consent, {@code LIMIT}
     */
    @Override
    public Instant announce(Charge charge) throws GatewayException {
        long paise = Identity.paise(charge.amount(), maximum);
        Instant earliest = clock.instant().plus(NOTICE);
        requireActive(charge.mandateId());
        Instant collected = charge.dueAt().isAfter(earliest) ? charge.dueAt() : earliest;
        ObjectNode body = PhonePeApi.object()
                .put("merchantOrderId", Identity.key(charge.paymentId()))
                .put("amount", paise)
                .put("expireAt", collected.plus(TO_COLLECT).toEpochMilli());
        body.putObject("paymentFlow")
                .put("type", "SUBSCRIPTION_CHECKOUT_REDEMPTION")
                .put("merchantSubscriptionId", charge.mandateId())
                .put("redemptionRetryStrategy", "STANDARD")
                .put("autoDebit", false); // nothing is collected that the platform did not ask for then
        try {
            api.make("/checkout/v2/subscriptions/notify", body);
        } catch (GatewayException e) {
            if (e.kind() != Kind.DUPLICATE || !ANNOUNCED.contains(order(charge).path("state").asText(""))) {
                throw e;
            }
        }
        return earliest;
    }

    private void requireActive(String mandateId) throws GatewayException {
        JsonNode mandate = look(mandateId);
        String state = mandate.path("state").asText("");
        if (!state.equals("ACTIVE")) {
            throw new GatewayException(OVER.contains(state) ? Kind.DECLINED : Kind.LIMIT, Answer.text(mandate, "state"),
                    "the mandate is not active", null);
        }
    }

    @Override
    public PaymentSnapshot charge(Charge charge) throws GatewayException {
        long paise = Identity.paise(charge.amount(), maximum);
        requireNoticeAndWindow(charge);
        JsonNode order = order(charge);
        if (Identity.amount(order).minor() != paise) {
            throw new GatewayException(Kind.MISMATCH, "another amount was announced");
        }
        String state = order.path("state").asText("");
        if (!ANNOUNCED.contains(state)) {
            return collecting(charge, order); // it was asked for before
        }
        if (!state.equals("NOTIFIED")) {
            throw notYet("the buyer has not been told yet", Duration.ofMinutes(30));
        }
        requireActive(charge.mandateId());
        JsonNode answer = api.make("/checkout/v2/subscriptions/redeem", PhonePeApi.object().put("merchantOrderId", charge.paymentId()));
        Identity.same(answer, "merchantOrderId", charge.paymentId());
        return collecting(charge, order(charge));
    }

    /** Between the request to collect and the first attempt the order looks as if nobody had begun. */
    private PaymentSnapshot collecting(Charge charge, JsonNode order) throws GatewayException {
        PaymentSnapshot now = orders.snapshot(charge.paymentId(), order);
        return now.state() != PaymentSnapshot.State.CREATED ? now
                : new PaymentSnapshot(now.paymentId(), now.providerOrderId(), now.providerPaymentId(), PaymentSnapshot.State.PENDING,
                        now.amount(), now.account(), now.refunded(), now.fee(), now.method(), now.failure());
    }

    private JsonNode order(Charge charge) throws GatewayException {
        return orders.look(charge.paymentId());
    }

    private void requireNoticeAndWindow(Charge charge) throws GatewayException {
        Instant now = clock.instant();
        Instant earliest = charge.announcedAt().map(at -> at.plus(NOTICE))
                .orElseThrow(() -> new GatewayException(Kind.LIMIT, "a charge is announced first"));
        if (now.isBefore(earliest)) {
            throw notYet("a charge is collected 24 hours after it was announced at the earliest", Duration.between(now, earliest));
        }
        Duration wait = DebitWindows.untilOpen(now);
        if (!wait.isZero()) {
            throw notYet("nothing is collected at this time of day", wait);
        }
    }

    private static GatewayException notYet(String message, Duration wait) {
        return new GatewayException(Kind.LIMIT, Retry.SAME_KEY, "", message, null, wait);
    }

    /** PhonePe ends a mandate at once or not at all. One that is over stays so: that is no error. */
    @Override
    public MandateSnapshot cancel(MandateRequest request, Optional<String> providerMandateId, boolean atPeriodEnd)
            throws GatewayException {
        if (atPeriodEnd) {
            throw new GatewayException(Kind.UNSUPPORTED, "a mandate ends at once here");
        }
        MandateSnapshot before = fetch(request, providerMandateId);
        if (before.state() == State.CANCELLED || before.state() == State.EXPIRED) {
            return before;
        }
        api.make("/checkout/v2/subscriptions/" + Identity.key(request.mandateId()) + "/cancel");
        return fetch(request, providerMandateId);
    }
}
