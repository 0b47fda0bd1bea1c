package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Payments as links: the buyer is sent to a page at Razorpay. The platform's key is the link's reference, of which Razorpay takes
 * each once.
 */
final class PaymentLinks implements Flow {

    private static final String PATH = "/payment_links";
    private static final Set<String> STATUSES = Set.of("created", "partially_paid", "paid", "cancelled", "expired");
    /** Razorpay refuses links that end within 15 minutes. */
    private static final Duration SHORTEST = Duration.ofMinutes(16);

    private final AccountSettings settings;
    private final RazorpayApi api;
    private final Attempts attempts;
    private final InstantSource clock;

    PaymentLinks(AccountSettings settings, RazorpayApi api, Attempts attempts, InstantSource clock) {
        this.settings = settings;
        this.api = api;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** Finds what was opened under the platform's key before, or opens it. */
    Checkout open(CheckoutRequest request) throws GatewayException {
        Optional<Entity> before = byReference(request.paymentId());
        Entity link = before.isPresent() ? before.get() : create(request);
        if (!link.textOr("reference_id", "").equals(request.paymentId()) || !link.money("amount").equals(request.amount())) {
            throw new GatewayException(Kind.MISMATCH, "Razorpay's payment link is not the one that was asked for");
        }
        Instant ends = Instant.ofEpochSecond(link.number("expire_by").orElse(request.expiresAt().getEpochSecond()));
        return new Checkout(Ids.require(Ids.LINK, link.require("id")), new Checkout.Redirect(page(link)), ends);
    }

    private static URI page(Entity link) throws GatewayException {
        try {
            URI page = URI.create(link.require("short_url"));
            if (page.getHost() != null && Set.of("https", "http").contains(page.getScheme())) {
                return page;
            }
        } catch (IllegalArgumentException e) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "", "the payment link has no address", e);
        }
        throw new GatewayException(Kind.OUTCOME_UNKNOWN, "the payment link has no address");
    }

    private Entity create(CheckoutRequest request) throws GatewayException {
        Instant earliest = clock.instant().plus(SHORTEST);
        Instant ends = request.expiresAt().isBefore(earliest) ? earliest : request.expiresAt();
        ObjectNode body = RazorpayApi.body().put("amount", request.amount().minor()).put("currency", request.amount().currency())
                .put("reference_id", request.paymentId()).put("description", request.description()).put("expire_by", ends.getEpochSecond())
                .put("callback_url", request.returnUrl().toString()).put("callback_method", "get").put("reminder_enable", false);
        ObjectNode customer = body.putObject("customer");
        if (!request.email().isEmpty()) {
            customer.put("email", request.email());
        }
        if (!request.buyerName().isEmpty()) {
            customer.put("name", request.buyerName());
        }
        body.putObject("notify").put("sms", false).put("email", false); // the buyer is here already
        body.putObject("notes").put("payment_id", request.paymentId());
        return Repeats.orFind(() -> api.post(PATH, body), () -> byReference(request.paymentId()));
    }

    private Optional<Entity> byReference(String paymentId) throws GatewayException {
        return api.get(PATH, Map.of("reference_id", paymentId)).items("payment_links").stream()
                .filter(link -> link.textOr("reference_id", "").equals(paymentId)).findFirst();
    }

    @Override
    public String proven(Proof proof, Expected expected) throws GatewayException {
        Entity link = known(expected);
        String id = link.require("id");
        proof.refuseOther("payment_link_id", id);
        proof.refuseOther("payment_link_reference_id", expected.paymentId());
        String status = proof.value("payment_link_status").filter(STATUSES::contains).orElse("");
        proof.requireSignature(
                Signatures.ofLink(id, expected.paymentId(), status, proof.paymentId(), settings.keySecret().value()));
        return proof.paymentId();
    }

    @Override
    public PaymentSnapshot find(Expected expected) throws GatewayException {
        Entity link = known(expected);
        String id = link.require("id");
        Money amount = link.money("amount");
        List<Entity> payments = new ArrayList<>();
        for (Entity listed : link.items("payments")) {
            payments.add(attempts.fetch(Ids.require(Ids.PAYMENT, listed.require("payment_id"))));
        }
        Optional<Entity> best = Attempts.best(payments);
        boolean ended = Set.of("expired", "cancelled").contains(link.textOr("status", ""));
        if (best.isPresent() && !(ended && Attempts.state(best.get()) == State.FAILED)) {
            return Attempts.snapshot(expected, id, attempts.collected(best.get(), expected));
        }
        return Attempts.untried(expected, id, state(link), amount);
    }

    private Entity known(Expected expected) throws GatewayException {
        Optional<String> id = expected.providerOrderId();
        Entity link = id.isPresent() ? api.get(PATH + "/" + Ids.require(Ids.LINK, id.get()), Map.of())
                : byReference(expected.paymentId())
                        .orElseThrow(() -> new GatewayException(Kind.NOT_FOUND, "Razorpay has no payment link of this payment"));
        boolean same = Ids.is(Ids.LINK, link.require("id")) && (id.isEmpty() || id.get().equals(link.require("id")))
                && link.textOr("reference_id", "").equals(expected.paymentId());
        if (!same) {
            throw new GatewayException(Kind.MISMATCH, "asked for one payment link, Razorpay answers with another");
        }
        return link;
    }

    private static State state(Entity link) {
        return switch (link.textOr("status", "")) {
            case "created" -> State.CREATED;
            case "partially_paid" -> State.PENDING;
            case "expired" -> State.EXPIRED;
            case "cancelled" -> State.FAILED;
            default -> State.UNKNOWN; // also paid: by what is told by its payments
        };
    }
}
